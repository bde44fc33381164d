package io.gatewatch.scenarios;

import static io.gatewatch.scenarios.NetworkNamespaces.INSIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.demo.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The gateway's interface towards the client, seen from inside the gateway's namespace. */
final class InsideInterface {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String CAPTURED = "gatewatch_agent_captured_packets_total";
    private static final String KERNEL_DROPPED =
            "gatewatch_agent_dropped_packets_total{reason=\"kernel\"}";

    private InsideInterface() {}

    /** Frames that the kernel has counted on it, both ways. */
    static long frames() throws IOException {
        Path statistics = Path.of("/sys/class/net", INSIDE, "statistics");
        long sum = 0;
        for (String counter : List.of("rx_packets", "tx_packets")) {
            sum += Long.parseLong(Files.readString(statistics.resolve(counter)).strip());
        }
        return sum;
    }

    /** The metrics of an agent that serves them. */
    static MetricsPage metrics(ChildProcess agent) throws InterruptedException {
        String line = agent.awaitLine("metrics on ", LIMIT);
        return new MetricsPage(line.substring(line.indexOf("on ") + 3));
    }

    /** What the kernel has counted may still be on its way through buffers and FIFO. */
    static void awaitCaptured(ChildProcess agent, long frames) throws Exception {
        MetricsPage page = metrics(agent);
        long deadlineNs = System.nanoTime() + LIMIT.toNanos();
        while (page.value(CAPTURED) + page.value(KERNEL_DROPPED) < frames) {
            assertThat(System.nanoTime()).as("time").isLessThan(deadlineNs);
            TimeUnit.MILLISECONDS.sleep(20); // another process works
        }
    }
}
