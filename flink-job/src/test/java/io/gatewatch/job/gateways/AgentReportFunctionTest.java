package io.gatewatch.job.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.job.OperatorHarness;
import io.gatewatch.job.deadletter.DeadLetter;
import io.gatewatch.job.source.TopicRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;

class AgentReportFunctionTest {
    private static final String REPORT = "{\"gateway\":\"attic\",\"site\":\"home\"}";

    @Test
    void shouldSetAsideWhatIsNoReportAndGoOn() throws Exception {
        List<String> poison =
                List.of(
                        "",
                        "}{",
                        "[1]",
                        "{\"gateway\":\"\"}",
                        "{\"gateway\":\"attic\",\"boot\":\"no number\"}",
                        "{\"gateway\":\"attic\",\"time\":\"+1000000000-12-31T23:59:59Z\"}",
                        "{\"gateway\":\"attic\",\"counters\":{\"captured\":99999999999999999999}}",
                        "{\"gateway\":\"attic\",\"counters\":[");
        try (var harness = harness()) {
            harness.open();
            long offset = 0;
            for (String value : poison) {
                harness.processElement(record(offset++, value));
            }
            harness.processElement(record(offset++, null));
            harness.processElement(record(offset, REPORT));

            assertThat(harness.extractOutputValues()).hasSize(1);
            assertThat(harness.getSideOutput(AgentReportFunction.DEAD_LETTERS))
                    .extracting(letter -> letter.getValue().key())
                    .containsExactly(
                            "gatewatch.agents-0-0",
                            "gatewatch.agents-0-1",
                            "gatewatch.agents-0-2",
                            "gatewatch.agents-0-3",
                            "gatewatch.agents-0-4",
                            "gatewatch.agents-0-5",
                            "gatewatch.agents-0-6",
                            "gatewatch.agents-0-7",
                            "gatewatch.agents-0-8");
        }
    }

    @Test
    void shouldKeepTheBytesThatCouldNotBeRead() throws Exception {
        try (var harness = harness()) {
            harness.open();
            harness.processElement(record(5, "}{"));

            DeadLetter letter =
                    harness.getSideOutput(AgentReportFunction.DEAD_LETTERS).element().getValue();
            assertThat(letter.value()).isEqualTo("}{".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static StreamRecord<TopicRecord> record(long offset, String value) {
        byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        return new StreamRecord<>(
                new TopicRecord("gatewatch.agents", 0, offset, 1_000, bytes, List.of()));
    }

    private static OperatorHarness<TopicRecord, GatewayRow> harness() throws Exception {
        return new OperatorHarness<>(new ProcessOperator<>(new AgentReportFunction()));
    }
}
