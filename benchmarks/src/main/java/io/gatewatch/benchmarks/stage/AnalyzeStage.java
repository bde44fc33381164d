package io.gatewatch.benchmarks.stage;

import io.gatewatch.benchmarks.report.Figure;
import io.gatewatch.benchmarks.report.Report;
import io.gatewatch.demo.Launcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code analyze}: until it has answered on a small capture, and what more packets take. */
public final class AnalyzeStage implements Stage {
    private static final int SMALL = 5_000;
    private static final int RUNS = 3;

    @Override
    public String name() {
        return "analyze";
    }

    @Override
    public String description() {
        return "gatewatch analyze: start-up, and what more packets take; ndpiReader likewise";
    }

    @Override
    public void run(Bench bench, Report report) throws Exception {
        Path folder = bench.folder(name());
        try {
            double answer = Double.MAX_VALUE;
            for (int i = 0; i < (bench.plan().quick() ? 1 : RUNS); i++) {
                TwoSizes.Run run =
                        TwoSizes.run(name(), folder, command(folder, bench.capture(SMALL)));
                answer = Math.min(answer, run.seconds());
            }
            report.add(new Figure(name(), "answer on a small capture", answer, "s", SMALL, answer));
            marginal(bench, report, name(), folder, capture -> command(folder, capture));
            if (LibpcapStage.isInstalled("ndpiReader")) {
                marginal(
                        bench,
                        report,
                        "ndpiReader",
                        folder,
                        capture -> List.of("ndpiReader", "-q", "-i", capture.toString()));
            }
        } finally {
            Folders.delete(folder);
        }
    }

    private static List<String> command(Path folder, Path capture) {
        return Launcher.find()
                .command(
                        List.of(
                                "analyze",
                                capture.toString(),
                                "--output",
                                folder.resolve("out-" + System.nanoTime()).toString()));
    }

    private void marginal(
            Bench bench, Report report, String of, Path folder, TwoSizes.Program program)
            throws IOException, InterruptedException {
        long packets = bench.plan().packetsOr(400_000, 2_000_000);
        bench.capture(packets / 4);
        bench.capture(packets);
        TwoSizes sizes = TwoSizes.measure(bench, of, folder, packets, program);
        bench.cpu(report, name(), of, sizes.cpuNsPerPacket(), sizes.packets(), sizes.seconds());
        report.add(
                new Figure(
                        name(),
                        "marginal rate of " + of,
                        sizes.packetsPerSecond(),
                        "packets/s",
                        sizes.packets(),
                        sizes.seconds()));
        report.add(
                new Figure(
                        name(),
                        "a million packets more, " + of,
                        1e6 / sizes.packetsPerSecond(),
                        "s",
                        sizes.packets(),
                        sizes.seconds()));
    }
}
