package io.gatewatch.job.config;

import io.gatewatch.job.source.ClockSettings;
import io.gatewatch.traffic.session.SessionSettings;
import java.io.Serializable;
import java.time.Duration;

/**
 * What the graph of every command needs to know.
 *
 * @param sessions rules of session assembly
 * @param gatewayGrace how far a gateway may lag behind the newest clock without being late
 * @param maxNames answers of DNS that every subtask remembers
 */
public record JobSettings(SessionSettings sessions, Duration gatewayGrace, int maxNames)
        implements Serializable {
    public static final Duration DEFAULT_GATEWAY_GRACE = Duration.ofSeconds(60);
    public static final int DEFAULT_MAX_NAMES = 500_000;

    public static JobSettings defaults() {
        return new JobSettings(
                SessionSettings.defaults(), DEFAULT_GATEWAY_GRACE, DEFAULT_MAX_NAMES);
    }

    /** How capture clocks become watermarks. */
    public ClockSettings clock() {
        return new ClockSettings(gatewayGrace.toNanos(), sessions.longestHold().toNanos());
    }
}
