package io.gatewatch.benchmarks.stage;

import io.gatewatch.benchmarks.load.CaptureCopies;
import io.gatewatch.benchmarks.report.Figure;
import io.gatewatch.benchmarks.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What the stages of a run share: its plan, its folder and the captures in it. Not thread safe. */
public final class Bench {
    /** How long any one step may take: nothing is waited for without end. */
    public static final Duration LIMIT = Duration.ofMinutes(10);

    private final Plan plan;
    private final Path folder;
    private final PrintWriter progress;
    private final Map<Long, Path> captures = new HashMap<>();
    private double yardstickCpuNs;

    public Bench(Plan plan, Path folder, PrintWriter progress) {
        this.plan = plan;
        this.folder = folder;
        this.progress = progress;
    }

    public Plan plan() {
        return plan;
    }

    /** A new folder of this name. */
    public Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    /** Says what goes on. */
    public void say(String line) {
        progress.println("gatewatch bench: " + line);
    }

    /** A capture of so many packets, made when it is first asked for. */
    public Path capture(long packets) throws IOException {
        Path known = captures.get(packets);
        if (known == null) {
            known = folder.resolve("bench-" + packets + ".pcap");
            CaptureCopies.write(known, packets);
            captures.put(packets, known);
        }
        return known;
    }

    /** What libpcap takes of CPU time for a packet of the same capture. */
    public void yardstick(double cpuNs) {
        yardstickCpuNs = cpuNs;
    }

    /** Adds CPU time per packet, and its ratio to libpcap's if that is known. */
    public void cpu(
            Report report, String stage, String of, double cpuNs, long packets, double seconds) {
        report.add(new Figure(stage, "CPU of " + of, cpuNs, "ns/packet", packets, seconds));
        if (yardstickCpuNs > 0) {
            report.add(
                    new Figure(
                            stage,
                            "CPU of " + of + " to libpcap's",
                            cpuNs / yardstickCpuNs,
                            "ratio",
                            packets,
                            seconds));
        }
    }
}
