package io.gatewatch.benchmarks.stage;

import io.gatewatch.benchmarks.measure.ProcessUse;
import io.gatewatch.benchmarks.report.Figure;
import io.gatewatch.benchmarks.report.Report;
import io.gatewatch.demo.Launcher;
import io.gatewatch.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The agent's process: a capture file to a real broker, two sizes differenced. */
public final class AgentStage implements Stage {
    @Override
    public String name() {
        return "agent";
    }

    @Override
    public String description() {
        return "the agent's process, a capture file to a Kafka broker";
    }

    @Override
    public void run(Bench bench, Report report) throws Exception {
        long packets = bench.plan().packetsOr(400_000, 2_000_000);
        bench.capture(packets / 4);
        bench.capture(packets);
        Path folder = bench.folder(name());
        Path kafka = folder.resolve("kafka");
        try (Broker broker = Broker.start(kafka)) {
            long brokerCpuNs = ProcessUse.cpuNs(broker.pid());
            TwoSizes agent =
                    TwoSizes.measure(
                            bench,
                            name(),
                            folder,
                            packets,
                            capture -> command(broker.address(), capture));
            brokerCpuNs = ProcessUse.cpuNs(broker.pid()) - brokerCpuNs;
            long all = packets + packets / 4;
            bench.cpu(
                    report,
                    name(),
                    "agent",
                    agent.cpuNsPerPacket(),
                    agent.packets(),
                    agent.seconds());
            add(report, "rate", agent.packetsPerSecond(), "packets/s", agent);
            bench.cpu(
                    report,
                    name(),
                    "broker",
                    (double) brokerCpuNs / all,
                    all,
                    agent.seconds() + 2 * agent.smallSeconds());
            report.add(
                    new Figure(
                            name(),
                            "on the wire and on Kafka's disk",
                            (double) bytes(kafka) / all,
                            "bytes/packet",
                            all,
                            0));
        } finally {
            Folders.delete(folder);
        }
    }

    private static List<String> command(String kafka, Path capture) {
        return Launcher.find()
                .command(
                        List.of(
                                "agent",
                                "--kafka",
                                kafka,
                                "--gateway",
                                "bench",
                                "--read",
                                capture.toString()));
    }

    private void add(Report report, String name, double value, String unit, TwoSizes of) {
        report.add(new Figure(name(), name, value, unit, of.packets(), of.seconds()));
    }

    /** What the broker holds of packets, compressed by the agent as it was sent. */
    private static long bytes(Path kafka) throws IOException {
        try (Stream<Path> files = Files.walk(kafka)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .filter(file -> file.toString().contains(Topics.PACKETS + "-"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
