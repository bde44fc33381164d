package io.gatewatch.benchmarks.measure;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** CPU time and allocation of the current thread since it was made. */
public final class ThreadUse {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long startNs = System.nanoTime();
    private final long startCpuNs = THREADS.getCurrentThreadCpuTime();
    private final long startBytes = allocated();

    private static long allocated() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    public double seconds() {
        return (System.nanoTime() - startNs) / 1e9;
    }

    public long cpuNs() {
        return THREADS.getCurrentThreadCpuTime() - startCpuNs;
    }

    public long allocatedBytes() {
        return allocated() - startBytes;
    }
}
