package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a user runs it. */
class DemoIT {
    private static final long START_SECONDS = 240;
    private static final long END_SECONDS = 60;

    @TempDir Path dir;

    @Test
    void shouldAccountForEveryPacketWhileAnotherDemoRuns() throws Exception {
        Process other = startDemo();
        List<ProcessHandle> children = awaitFourChildren(other);

        Gatewatch.Result result = Gatewatch.run("demo", "--once");

        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.out())
                .contains("home.pcap.gz are")
                .contains("Who talks most")
                .contains("What was asked for")
                .containsPattern("\n +shop\\.example +dns +\\d")
                .contains("Every packet is accounted for.")
                .contains("Against the sessions");
        assertThat(result.err().lines()).allMatch(line -> line.startsWith("gatewatch demo: "));

        // As kill -9 does it: nothing of the demo gets to run any more.
        other.destroyForcibly();

        for (ProcessHandle child : children) {
            CompletableFuture<ProcessHandle> end = child.onExit();
            end.get(END_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldSayThatAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            Gatewatch.Result result =
                    Gatewatch.run("demo", "--once", "--dir", dir.toString(), "--kafka-port", port);

            assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
            assertThat(result.err())
                    .contains("port " + port + " is taken")
                    .contains(dir.resolve("logs/kafka.log").toString())
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void shouldSayThatTheCaptureCannotBeRead() throws Exception {
        Path missing = dir.resolve("missing.pcap");

        Gatewatch.Result result = Gatewatch.run("demo", "--read", missing.toString());

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err())
                .isEqualTo("gatewatch demo: " + missing + ": no such file, or not readable\n");
    }

    private Process startDemo() throws IOException {
        return new ProcessBuilder(
                        Checkout.root().resolve("bin/gatewatch").toString(),
                        "demo",
                        "--dir",
                        dir.resolve("other").toString())
                .redirectOutput(dir.resolve("other.out").toFile())
                .redirectError(dir.resolve("other.err").toFile())
                .start();
    }

    /** Broker, database, its server and the job. */
    private List<ProcessHandle> awaitFourChildren(Process demo) throws Exception {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!Files.readString(dir.resolve("other.err")).contains("the job is running")) {
            assertThat(demo.isAlive()).as(Files.readString(dir.resolve("other.err"))).isTrue();
            assertThat(System.nanoTime()).as("time").isLessThan(deadlineNs);
            TimeUnit.MILLISECONDS.sleep(50);
        }
        List<ProcessHandle> children = demo.descendants().toList();
        assertThat(children).hasSizeGreaterThanOrEqualTo(4);
        return children;
    }
}
