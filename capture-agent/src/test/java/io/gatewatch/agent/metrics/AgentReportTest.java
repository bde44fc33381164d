package io.gatewatch.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.agent.Reports;
import io.gatewatch.wire.BatchHead;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentReportTest {
    @Test
    void shouldSayEverythingInOneLine() {
        assertThat(json(Reports.of(AgentReport.Type.HEARTBEAT)))
                .isEqualTo(
                        "{\"type\":\"heartbeat\",\"site\":\"site\",\"gateway\":\"gw\",\"version\":\"1.2.3\","
                                + "\"boot\":\"0000000000000abc\",\"time\":\"2026-01-02T03:04:05Z\","
                                + "\"clock\":\"2026-01-02T03:04:04.000000001Z\","
                                + "\"interfaces\":[{\"name\":\"eth0\",\"link_type\":1}],"
                                + "\"counters\":{\"captured\":100,\"decapsulated\":1,\"shipped\":80,"
                                + "\"shipped_batches\":7,\"shipped_bytes\":4096,\"kernel_dropped\":2,"
                                + "\"queue_dropped\":3,\"own_traffic\":4,"
                                + "\"flows\":30,\"evicted_flows\":20,\"evicted_datagrams\":10,"
                                + "\"undecodable\":{\"truncated_tcp_header\":5},"
                                + "\"ignored\":{\"not_ip\":12}}}");
    }

    @Test
    void shouldNameTheMinuteAndItsLastBatches() {
        assertThat(json(Reports.minute(Instant.parse("2026-01-02T03:03:00Z"))))
                .startsWith("{\"type\":\"minute\"")
                .endsWith(
                        "\"minute\":\"2026-01-02T03:03:00Z\","
                                + "\"in_minute\":{\"captured\":20,\"decapsulated\":1,"
                                + "\"shipped\":9,\"kernel_dropped\":5,\"queue_dropped\":4,"
                                + "\"own_traffic\":3,"
                                + "\"undecodable\":{\"truncated_tcp_header\":2},"
                                + "\"ignored\":{\"not_ip\":3}},"
                                + "\"last_sequences\":{\"gatewatch.packets\":[4,-1]}}");
    }

    @Test
    void shouldHaveNoClockBeforeTheFirstPacket() {
        AgentReport report =
                new AgentReport(
                        AgentReport.Type.END_OF_CAPTURE,
                        Reports.AGENT,
                        Instant.EPOCH,
                        BatchHead.NO_CLOCK,
                        List.of(),
                        Reports.COUNTERS,
                        null);

        assertThat(json(report))
                .startsWith("{\"type\":\"end_of_capture\"")
                .contains("\"clock\":null");
    }

    private static String json(AgentReport report) {
        return new String(report.toJson(), StandardCharsets.UTF_8);
    }
}
