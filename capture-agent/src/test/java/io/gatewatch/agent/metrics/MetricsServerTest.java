package io.gatewatch.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatewatch.capture.batch.CaptureCounters;
import io.gatewatch.settings.CommandFailure;
import io.gatewatch.settings.ExitCode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class MetricsServerTest {
    private final CaptureCounters counters = new CaptureCounters();

    @Test
    void shouldServeTheCounters() throws Exception {
        counters.kernelDropped(7);

        String text;
        try (MetricsServer server =
                MetricsServer.start(
                        "127.0.0.1", 0, counters, () -> new Backlog(3, 4096, 0, 2, 10))) {
            text = get(server.port());
        }

        assertThat(text)
                .contains("gatewatch_agent_captured_packets_total 0.0")
                .contains("gatewatch_agent_dropped_packets_total{reason=\"kernel\"} 7.0")
                .contains("gatewatch_agent_ignored_packets_total{reason=\"own_traffic\"} 0.0")
                .contains("gatewatch_agent_evicted_flows_total 0.0")
                .contains("gatewatch_agent_evicted_datagrams_total 0.0")
                .contains("gatewatch_agent_remembered_flows 0.0")
                .contains("gatewatch_agent_waiting_fragments 0.0")
                .contains("gatewatch_agent_undelivered_batches 3.0")
                .contains("gatewatch_agent_queued_bytes 4096.0")
                .contains("gatewatch_agent_failed_batches_total 2.0");
    }

    @Test
    void shouldSayThatThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();

            assertThatThrownBy(
                            () ->
                                    MetricsServer.start(
                                            "127.0.0.1", port, counters, () -> Backlog.NONE))
                    .isInstanceOfSatisfying(
                            CommandFailure.class,
                            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE))
                    .hasMessageContaining("--metrics-port is " + port);
        }
    }

    @Test
    void shouldSayThatTheAddressIsNotOfThisMachine() {
        // RFC 5737: for documentation, nobody's.
        assertThatThrownBy(() -> MetricsServer.start("192.0.2.1", 0, counters, () -> Backlog.NONE))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("192.0.2.1 (--metrics-listen)");
    }

    @Test
    void shouldSayWhereItListens() {
        try (MetricsServer server =
                MetricsServer.start("127.0.0.1", 0, counters, () -> Backlog.NONE)) {
            assertThat(server.address()).isEqualTo("127.0.0.1:" + server.port());
        }
    }

    private static String get(int port) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
