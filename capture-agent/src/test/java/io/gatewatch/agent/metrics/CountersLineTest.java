package io.gatewatch.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.agent.Reports;
import org.junit.jupiter.api.Test;

class CountersLineTest {
    @Test
    void shouldSayEveryCounterAndReason() {
        assertThat(CountersLine.format(Reports.COUNTERS, 50, new Backlog(6, 1000, 1, 0, 0)))
                .isEqualTo(
                        "captured=100 decapsulated=1 packets_per_s=50 shipped=80 bytes=4096 batches=7"
                                + " undelivered=6"
                                + " kernel_dropped=2 queue_dropped=3 own_traffic=4 evicted_flows=20 evicted_datagrams=10"
                                + " undecodable=5(truncated_tcp_header=5) ignored=12(not_ip=12)");
    }
}
