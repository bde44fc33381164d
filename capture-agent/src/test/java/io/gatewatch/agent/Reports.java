package io.gatewatch.agent;

import io.gatewatch.agent.metrics.AgentIdentity;
import io.gatewatch.agent.metrics.AgentReport;
import io.gatewatch.agent.metrics.CaptureMinute;
import io.gatewatch.agent.metrics.CounterSnapshot;
import io.gatewatch.agent.metrics.MinuteCounts;
import io.gatewatch.wire.CaptureInterface;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Reports for tests. */
public final class Reports {
    public static final AgentIdentity AGENT = new AgentIdentity("site", "gw", "1.2.3", 0xABCL);
    public static final CounterSnapshot COUNTERS =
            new CounterSnapshot(
                    100,
                    1,
                    80,
                    7,
                    4096,
                    2,
                    3,
                    4,
                    30,
                    20,
                    10,
                    Map.of("truncated_tcp_header", 5L),
                    Map.of("not_ip", 12L));

    private static final MinuteCounts COUNTS =
            new MinuteCounts(
                    20, 1, 9, 5, 4, 3, Map.of("truncated_tcp_header", 2L), Map.of("not_ip", 3L));
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    private static final long CLOCK_NS = 1_767_323_044_000_000_001L; // 2026-01-02T03:04:04

    private Reports() {}

    public static AgentReport of(AgentReport.Type type) {
        return new AgentReport(
                type,
                AGENT,
                TIME,
                CLOCK_NS,
                List.of(new CaptureInterface("eth0", 1)),
                COUNTERS,
                null);
    }

    public static AgentReport minute(Instant minute) {
        return new AgentReport(
                AgentReport.Type.MINUTE,
                AGENT,
                TIME,
                CLOCK_NS,
                List.of(),
                COUNTERS,
                new CaptureMinute(minute, COUNTS, Map.of("gatewatch.packets", new long[] {4, -1})));
    }
}
