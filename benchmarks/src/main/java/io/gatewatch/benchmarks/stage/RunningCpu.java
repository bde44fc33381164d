package io.gatewatch.benchmarks.stage;

import io.gatewatch.benchmarks.measure.ProcessUse;
import io.gatewatch.benchmarks.measure.Sample;
import io.gatewatch.benchmarks.measure.Series;
import java.io.IOException;

/** CPU time of a process and its children beside another's progress, even when it has ended. */
final class RunningCpu {
    private final String name;
    private final long pid;
    private final Series series = new Series();
    private long lastNs;

    RunningCpu(String name, long pid) {
        this.name = name;
        this.pid = pid;
    }

    String name() {
        return name;
    }

    Series series() {
        return series;
    }

    /** Notes what it has used, at another's progress. */
    void sample(Sample progress) {
        try {
            lastNs = ProcessUse.treeCpuNs(pid);
        } catch (IOException e) {
            // It has ended: what it had used last is all.
            if (lastNs == 0) {
                throw new IllegalStateException(name + " is not there", e);
            }
        }
        series.add(new Sample(progress.timeNs(), progress.packets(), lastNs, 0));
    }
}
