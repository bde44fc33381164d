package io.gatewatch.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentTotalsTest {
    @TempDir Path dir;

    @Test
    void shouldTakeEveryReasonOffWhatWasCaptured() throws IOException {
        Path file = dir.resolve("totals.json");
        Files.writeString(
                file,
                """
                {"type":"end_of_capture","gateway":"counters","interfaces":[{"name":"eth0","link_type":1}],
                 "counters":{"captured":100,"decapsulated":7,"shipped":80,"shipped_batches":9,"shipped_bytes":5000,
                 "kernel_dropped":3,"queue_dropped":5,"own_traffic":4,
                 "undecodable":{"bad_ipv4_header":2},"ignored":{"not_ip":10,"fragment":6}},"minute":null}
                """);

        AgentTotals totals = AgentTotals.read(file);

        assertThat(totals.captured()).isEqualTo(100);
        assertThat(totals.decapsulated()).isEqualTo(7);
        assertThat(totals.shipped()).isEqualTo(80);
        assertThat(totals.setAside())
                .containsExactly(
                        entry("queue_dropped", 5L),
                        entry("own_traffic", 4L),
                        entry("undecodable bad_ipv4_header", 2L),
                        entry("ignored not_ip", 10L),
                        entry("ignored fragment", 6L));
        assertThat(totals.expectedInSessions()).isEqualTo(80);
    }
}
