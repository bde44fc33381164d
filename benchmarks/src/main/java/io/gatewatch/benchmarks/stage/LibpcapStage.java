package io.gatewatch.benchmarks.stage;

import io.gatewatch.benchmarks.measure.ProcessUse;
import io.gatewatch.benchmarks.report.Figure;
import io.gatewatch.benchmarks.report.Report;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What other programs take for the same capture: tcpdump, which does nothing but read and write it
 * through libpcap, is the yardstick of the other stages. None of them is required.
 */
public final class LibpcapStage implements Stage {
    private static final int RUNS = 3;

    @Override
    public String name() {
        return "libpcap";
    }

    @Override
    public String description() {
        return "other programs on the same capture: tcpdump (the yardstick), ndpiReader, argus, tshark";
    }

    @Override
    public void run(Bench bench, Report report) throws Exception {
        long packets = bench.plan().packetsOr(200_000, 1_000_000);
        String file = bench.capture(packets).toString();
        Map<String, List<String>> programs = new LinkedHashMap<>();
        programs.put("tcpdump", List.of("-n", "-r", file, "-w", "/dev/null"));
        programs.put("ndpiReader", List.of("-q", "-i", file));
        programs.put("argus", List.of("-r", file, "-w", "/dev/null"));
        if (!bench.plan().quick()) {
            programs.put("tshark", List.of("-q", "-z", "conv,tcp", "-r", file));
        }
        for (Map.Entry<String, List<String>> program : programs.entrySet()) {
            measure(bench, report, program.getKey(), program.getValue(), packets);
        }
    }

    private void measure(
            Bench bench, Report report, String program, List<String> arguments, long packets)
            throws IOException, InterruptedException {
        if (!isInstalled(program)) {
            report.remark(name() + ": " + program + " is not installed");
            return;
        }
        boolean yardstick = program.equals("tcpdump");
        // The best of several: the first one finds the file not in memory yet.
        double cpuNs = Double.MAX_VALUE;
        double seconds = Double.MAX_VALUE;
        for (int i = 0; i < (yardstick ? RUNS : 1); i++) {
            long startCpuNs = ProcessUse.endedChildrenCpuNs();
            long startNs = System.nanoTime();
            if (!succeeds(program, arguments)) {
                report.remark(name() + ": " + program + " failed");
                return;
            }
            seconds = Math.min(seconds, (System.nanoTime() - startNs) / 1e9);
            cpuNs =
                    Math.min(
                            cpuNs,
                            (double) (ProcessUse.endedChildrenCpuNs() - startCpuNs) / packets);
        }
        if (yardstick) {
            bench.yardstick(cpuNs);
            report.add(new Figure(name(), "CPU of tcpdump", cpuNs, "ns/packet", packets, seconds));
        } else {
            bench.cpu(report, name(), program, cpuNs, packets, seconds);
        }
        report.add(
                new Figure(
                        name(),
                        "rate of " + program,
                        packets / seconds,
                        "packets/s",
                        packets,
                        seconds));
    }

    private static boolean succeeds(String program, List<String> arguments)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(Stream.concat(Stream.of(program), arguments.stream()).toList())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            return process.waitFor(Bench.LIMIT.toSeconds(), TimeUnit.SECONDS)
                    && process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
        }
    }

    static boolean isInstalled(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Stream.of(path.split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
