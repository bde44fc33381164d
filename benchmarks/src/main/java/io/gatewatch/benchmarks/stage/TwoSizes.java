package io.gatewatch.benchmarks.stage;

import io.gatewatch.benchmarks.measure.ProcessUse;
import io.gatewatch.demo.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program over a smaller and a larger capture: what a packet costs is the difference of the two,
 * and start-up is what is left.
 *
 * @param packets by which they differ
 * @param seconds by which the larger one took longer
 * @param cpuNs likewise, of CPU time
 * @param smallSeconds of the smaller one, start-up included
 */
record TwoSizes(long packets, double seconds, long cpuNs, double smallSeconds) {
    /** The command line for a capture. */
    interface Program {
        List<String> command(Path capture);
    }

    /** What one run took. */
    record Run(double seconds, long cpuNs) {}

    /** The larger capture has four times as many packets as the smaller one. */
    static TwoSizes measure(Bench bench, String name, Path logs, long packets, Program program)
            throws IOException, InterruptedException {
        Run small = run(name, logs, program.command(bench.capture(packets / 4)));
        Run large = run(name, logs, program.command(bench.capture(packets)));
        return new TwoSizes(
                packets - packets / 4,
                large.seconds() - small.seconds(),
                large.cpuNs() - small.cpuNs(),
                small.seconds());
    }

    /** Runs a command to its good end. */
    static Run run(String name, Path logs, List<String> command)
            throws IOException, InterruptedException {
        long startCpuNs = ProcessUse.endedChildrenCpuNs();
        long startNs = System.nanoTime();
        try (ChildProcess process = ChildProcess.start(name, command, Map.of(), logs)) {
            process.awaitSuccess(Bench.LIMIT);
        }
        return new Run(
                (System.nanoTime() - startNs) / 1e9, ProcessUse.endedChildrenCpuNs() - startCpuNs);
    }

    double cpuNsPerPacket() {
        return (double) cpuNs / packets;
    }

    double packetsPerSecond() {
        return packets / seconds;
    }
}
