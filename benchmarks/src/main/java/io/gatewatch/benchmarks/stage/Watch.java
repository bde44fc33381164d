package io.gatewatch.benchmarks.stage;

import io.gatewatch.benchmarks.measure.Sample;
import io.gatewatch.benchmarks.measure.Series;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Looks at a process again and again until it has done so many packets. */
final class Watch {
    private static final long INTERVAL_MS = 250;

    /** What tells how far a process is. */
    interface Source {
        Sample sample() throws IOException;
    }

    private Watch() {}

    /**
     * Samples until {@code packets} are done.
     *
     * @throws IllegalStateException if that takes longer than a step may take
     */
    static Series until(long packets, Source source) throws IOException, InterruptedException {
        Series series = new Series();
        long deadlineNs = System.nanoTime() + Bench.LIMIT.toNanos();
        do {
            if (System.nanoTime() > deadlineNs) {
                throw new IllegalStateException(
                        series.last().packets() + " of " + packets + " packets are done in time");
            }
            series.add(source.sample());
            TimeUnit.MILLISECONDS.sleep(INTERVAL_MS);
        } while (series.last().packets() < packets);
        return series;
    }
}
