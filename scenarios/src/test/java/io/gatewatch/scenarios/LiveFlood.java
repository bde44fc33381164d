package io.gatewatch.scenarios;

import static io.gatewatch.scenarios.NetworkNamespaces.INSIDE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatewatch.demo.ChildProcess;
import io.gatewatch.demo.EmbeddedBroker;
import io.gatewatch.demo.Launcher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What {@link LiveCaptureIT} runs inside the gateway's namespace for floods of flows: a broker on
 * its loopback and agents on its inside interface. Ends with an error if an agent takes more memory
 * than it may, or if a packet is not accounted for: with Kafka there, and with Kafka stopped for a
 * while.
 */
final class LiveFlood {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long MOST_RESIDENT_KB = 160 * 1024;
    private static final int OUTAGE_PER_SECOND = 20_000;
    private static final int MAX_FLOWS = 131_072;
    private static final String SHIPPED = "gatewatch_agent_shipped_packets_total";
    private static final String QUEUE_DROPPED =
            "gatewatch_agent_dropped_packets_total{reason=\"queue\"}";

    private final String client;
    private final Path folder;
    private final Path script;

    private LiveFlood(String client, Path folder) throws IOException {
        this.client = client;
        this.folder = folder;
        script = folder.resolve("syn_source.py");
        try (InputStream source = LiveFlood.class.getResourceAsStream("syn_source.py")) {
            Files.copy(source, script);
        }
    }

    public static void main(String[] arguments) throws Exception {
        LiveFlood flood = new LiveFlood(arguments[0], Path.of(arguments[1]));
        long packets = Long.parseLong(arguments[2]);
        long perSecond = Long.parseLong(arguments[3]);
        long outageSeconds = Long.parseLong(arguments[4]);
        try (EmbeddedBroker broker = EmbeddedBroker.start(flood.folder.resolve("kafka"))) {
            flood.flood(broker, packets, perSecond);
            flood.outage(broker, OUTAGE_PER_SECOND, outageSeconds);
        }
    }

    private void flood(EmbeddedBroker broker, long packets, long perSecond) throws Exception {
        JsonNode totals =
                run(
                        broker,
                        "flood",
                        List.of(),
                        page -> {
                            Process source = source(packets, perSecond);
                            try {
                                assertThat(source.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                                        .isTrue();
                                assertThat(source.exitValue()).isZero();
                            } finally {
                                source.destroy();
                            }
                        });

        assertThat(totals.get("queue_dropped").longValue()).isZero();
        assertThat(totals.get("evicted_flows").longValue())
                .isEqualTo(Math.max(0, totals.get("flows").longValue() - MAX_FLOWS));
    }

    /** With a queue that is soon full, so that it need not take long. */
    private void outage(EmbeddedBroker broker, long perSecond, long seconds) throws Exception {
        JsonNode totals =
                run(
                        broker,
                        "outage",
                        List.of(
                                "--queue-bytes",
                                "1m",
                                "--kafka-property",
                                "buffer.memory=1048576",
                                "--stop-timeout",
                                "2m"),
                        page -> {
                            Process source = source(Integer.MAX_VALUE, perSecond);
                            try {
                                awaitMore(page, SHIPPED);
                                Processes.signal(broker.process(), "STOP");
                                try {
                                    TimeUnit.SECONDS.sleep(seconds); // without Kafka
                                    awaitMore(page, QUEUE_DROPPED);
                                } finally {
                                    Processes.signal(broker.process(), "CONT");
                                }
                                awaitMore(page, SHIPPED);
                            } finally {
                                source.destroy();
                                source.waitFor();
                            }
                        });

        assertThat(totals.get("queue_dropped").longValue()).isPositive();
    }

    private static void awaitMore(MetricsPage page, String metric) throws Exception {
        long before = page.value(metric);
        long deadlineNs = System.nanoTime() + LIMIT.toNanos();
        while (page.value(metric) == before) {
            assertThat(System.nanoTime()).as(metric).isLessThan(deadlineNs);
            TimeUnit.MILLISECONDS.sleep(20); // another process works
        }
    }

    /** What happens while an agent captures. */
    private interface Events {
        void happen(MetricsPage page) throws Exception;
    }

    private JsonNode run(EmbeddedBroker broker, String gateway, List<String> options, Events events)
            throws Exception {
        Path totalsFile = folder.resolve(gateway + ".json");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "agent",
                                "--kafka",
                                broker.address(),
                                "--interface",
                                INSIDE,
                                "--gateway",
                                gateway,
                                "--metrics-port",
                                "0",
                                "--totals",
                                totalsFile.toString()));
        command.addAll(options);
        long beforeAgent = InsideInterface.frames();
        long atStart;
        long atStop;
        long memoryKb;
        try (ChildProcess agent =
                ChildProcess.start(gateway, Launcher.find().command(command), Map.of(), folder)) {
            agent.awaitLine("capturing on " + INSIDE, LIMIT);
            atStart = InsideInterface.frames();
            events.happen(InsideInterface.metrics(agent));
            atStop = InsideInterface.frames();
            InsideInterface.awaitCaptured(agent, atStop - atStart);
            memoryKb = Processes.peakResidentKb(agent);
            Processes.signal(agent, "TERM");
            assertThat(agent.awaitExit(LIMIT)).as(agent.log()).isZero();
            System.out.println(
                    gateway + ": resident at most " + memoryKb + " kB, " + last(agent.log()));
        }
        long afterAgent = InsideInterface.frames();
        assertThat(memoryKb).as("resident kB at most").isLessThanOrEqualTo(MOST_RESIDENT_KB);
        JsonNode totals = MinuteAccounts.requireExact(broker.address(), gateway, totalsFile);
        assertThat(totals.get("captured").longValue() + totals.get("kernel_dropped").longValue())
                .isBetween(atStop - atStart, afterAgent - beforeAgent);
        return totals;
    }

    private static String last(String log) {
        return log.lines().reduce((before, line) -> line).orElse("");
    }

    private Process source(long packets, long perSecond) throws IOException {
        return new ProcessBuilder(
                        NetworkNamespaces.commandIn(
                                client,
                                List.of(
                                        "python3",
                                        script.toString(),
                                        "eth0",
                                        Long.toString(packets),
                                        Long.toString(perSecond))))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("syn-source.log").toFile())
                .start();
    }
}
