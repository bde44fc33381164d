package io.gatewatch.topics;

import java.util.List;

/** Names of the topics; part of the interface. */
public final class Topics {
    public static final String PACKETS = "gatewatch.packets";
    public static final String DNS = "gatewatch.dns";
    public static final String AGENTS = "gatewatch.agents";
    public static final String FEATURES = "gatewatch.features";
    public static final String DEAD_LETTERS = "gatewatch.dead-letters";

    public static final List<String> ALL = List.of(PACKETS, DNS, AGENTS, FEATURES, DEAD_LETTERS);

    private Topics() {}
}
