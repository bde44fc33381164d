package io.gatewatch.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process has used, as {@code /proc} says. CPU time is counted by the kernel in ticks of 10
 * ms: exact enough for what runs for a second and more.
 */
public final class ProcessUse {
    private static final long TICK_NS = 10_000_000;

    // Of proc(5), counted from the field behind the name of the program.
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final int CHILDREN_USER_TICKS = 13;
    private static final int CHILDREN_SYSTEM_TICKS = 14;

    private ProcessUse() {}

    /** CPU time of a process that runs, all threads, user and system. */
    public static long cpuNs(long pid) throws IOException {
        return cpuNs(Files.readString(stat(Long.toString(pid))), USER_TICKS, SYSTEM_TICKS);
    }

    /** As {@link #cpuNs}, with all processes that it has started and that run. */
    public static long treeCpuNs(long pid) throws IOException {
        long sum = cpuNs(pid);
        List<ProcessHandle> started =
                ProcessHandle.of(pid)
                        .map(process -> process.descendants().toList())
                        .orElse(List.of());
        for (ProcessHandle process : started) {
            sum += cpuNs(process.pid());
        }
        return sum;
    }

    /** CPU time of those children of this process that have ended, and theirs. */
    public static long endedChildrenCpuNs() throws IOException {
        return cpuNs(Files.readString(stat("self")), CHILDREN_USER_TICKS, CHILDREN_SYSTEM_TICKS);
    }

    private static Path stat(String process) {
        return Path.of("/proc", process, "stat");
    }

    static long cpuNs(String stat, int user, int system) {
        // The name is in parentheses and may hold anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[user]) + Long.parseLong(fields[system])) * TICK_NS;
    }

    /** The most memory that was resident at any time so far, kB. */
    public static long peakResidentKb(long pid) throws IOException {
        return peakResidentKb(Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")));
    }

    static long peakResidentKb(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
