package io.gatewatch.agent.metrics;

import java.util.HexFormat;

/**
 * Which agent speaks, and in which of its runs.
 *
 * @param version the program's version
 */
public record AgentIdentity(String site, String gateway, String version, long bootId) {
    /** The boot id as 16 hexadecimal digits. */
    public String boot() {
        return HexFormat.of().toHexDigits(bootId);
    }
}
