package io.gatewatch.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.agent.metrics.AgentReport;
import io.gatewatch.agent.metrics.Backlog;
import io.gatewatch.capture.batch.CaptureCounters;
import io.gatewatch.capture.batch.FlowBatcher;
import io.gatewatch.wire.CaptureInterface;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReporterTest {
    private final CaptureCounters counters = new CaptureCounters();
    private final List<AgentReport> reports = new ArrayList<>();
    private final Reporter reporter =
            new Reporter(
                    Reports.AGENT,
                    counters,
                    new NoRun(),
                    reports::add,
                    () -> Backlog.NONE,
                    new PrintWriter(new StringWriter()));

    @Test
    void shouldSayTheSameTotalsToKafkaAndToPeople() {
        counters.kernelDropped(7);
        AgentReport totals = reporter.end(AgentReport.Type.END_OF_CAPTURE);
        counters.kernelDropped(9);

        assertThat(reports).containsExactly(totals);
        assertThat(totals.counters().kernelDropped()).isEqualTo(7);
        assertThat(reporter.totalsLine(totals)).contains(" kernel_dropped=7 ");
    }

    @Test
    void shouldSendNoHeartbeatAfterTheLastReport() {
        AgentReport totals = reporter.end(AgentReport.Type.HEARTBEAT);

        reporter.heartbeat();

        assertThat(reports).containsExactly(totals);
    }

    @Test
    void shouldSendHeartbeatsBeforeTheLastReport() {
        reporter.heartbeat();

        assertThat(reports)
                .singleElement()
                .extracting(AgentReport::type)
                .isEqualTo(AgentReport.Type.HEARTBEAT);
    }

    private static final class NoRun implements CaptureRun {
        @Override
        public void run(FlowBatcher batcher) {}

        @Override
        public List<CaptureInterface> interfaces() {
            return List.of();
        }
    }
}
