package io.gatewatch.benchmarks.stage;

import io.gatewatch.benchmarks.load.DatagramSource;
import io.gatewatch.benchmarks.measure.ProcessUse;
import io.gatewatch.benchmarks.report.Figure;
import io.gatewatch.benchmarks.report.Report;
import io.gatewatch.demo.AgentTotals;
import io.gatewatch.demo.ChildProcess;
import io.gatewatch.demo.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An agent captures what a generator sends over a veth pair, and ships it to a broker. */
public final class LiveStage implements Stage {
    private static final int PER_SECOND = 300_000;
    private static final int WARM_UP_SECONDS = 3;
    private static final int SECONDS = 15;
    private static final int QUICK_SECONDS = 3;
    private static final String READY = "READY ";

    @Override
    public String name() {
        return "live";
    }

    @Override
    public String description() {
        return "an agent captures from a veth pair in namespaces of its own (root)";
    }

    @Override
    public void run(Bench bench, Report report) throws Exception {
        String missing = missing();
        if (missing != null) {
            report.remark(name() + ": " + missing);
            return;
        }
        Path folder = bench.folder(name());
        try (VethPair network = new VethPair();
                ChildProcess broker =
                        inside(
                                network,
                                folder,
                                "kafka",
                                "demo-broker",
                                "--dir",
                                folder.resolve("kafka").toString(),
                                "--port",
                                "0")) {
            String kafka = broker.awaitLine(READY, Bench.LIMIT).substring(READY.length());
            measure(bench, report, network, folder, kafka);
        } finally {
            Folders.delete(folder);
        }
    }

    private static String missing() throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return "not root: live capture is not measured";
        }
        if (!LibpcapStage.isInstalled("ip")) {
            return "iproute2 is not installed: live capture is not measured";
        }
        try (Stream<Path> libraries = Files.walk(Path.of("/usr/lib"), 2)) {
            return libraries.anyMatch(f -> f.getFileName().toString().startsWith("libpcap.so"))
                    ? null
                    : "libpcap is not installed: live capture is not measured";
        }
    }

    private static ChildProcess inside(
            VethPair network, Path folder, String name, String... arguments) throws IOException {
        return ChildProcess.start(
                name,
                VethPair.commandIn(network.receiver, Launcher.find().command(List.of(arguments))),
                Map.of(),
                folder);
    }

    private void measure(Bench bench, Report report, VethPair network, Path folder, String kafka)
            throws Exception {
        Path totalsFile = folder.resolve("totals.json");
        long all;
        try (ChildProcess agent =
                inside(
                        network,
                        folder,
                        "agent",
                        "agent",
                        "--interface",
                        VethPair.INSIDE,
                        "--kafka",
                        kafka,
                        "--gateway",
                        "bench",
                        "--totals",
                        totalsFile.toString())) {
            agent.awaitLine("capturing on", Bench.LIMIT);
            long warm = send(network, folder, WARM_UP_SECONDS);
            long cpuNs = ProcessUse.cpuNs(agent.pid());
            long startNs = System.nanoTime();
            long sent = send(network, folder, bench.plan().quick() ? QUICK_SECONDS : SECONDS);
            double seconds = (System.nanoTime() - startNs) / 1e9;
            cpuNs = ProcessUse.cpuNs(agent.pid()) - cpuNs;
            long residentKb = ProcessUse.peakResidentKb(agent.pid());
            bench.cpu(report, name(), "agent", (double) cpuNs / sent, sent, seconds);
            add(report, "rate of the generator", sent / seconds, "packets/s", sent, seconds);
            add(report, "resident at most", residentKb / 1024.0, "MB", sent, seconds);
            all = warm + sent;
        }
        // Once it has ended, it has delivered what it had and written what it counted.
        AgentTotals totals = AgentTotals.read(totalsFile);
        long dropped =
                Math.max(0, all - totals.captured())
                        + totals.setAside().getOrDefault("queue_dropped", 0L);
        add(report, "dropped", dropped, "packets", all, 0);
    }

    private void add(
            Report report, String name, double value, String unit, long packets, double seconds) {
        report.add(new Figure(name(), name, value, unit, packets, seconds));
    }

    /** Returns how many packets were sent. */
    private static long send(VethPair network, Path folder, int seconds)
            throws IOException, InterruptedException {
        List<String> command =
                VethPair.commandIn(
                        network.sender,
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                DatagramSource.class.getName(),
                                VethPair.TARGET,
                                Integer.toString(PER_SECOND),
                                Integer.toString(seconds)));
        try (ChildProcess source = ChildProcess.start("source", command, Map.of(), folder)) {
            source.awaitSuccess(Bench.LIMIT);
            return Long.parseLong(source.output().strip());
        }
    }
}
