package io.gatewatch.job.deadletter;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts what is refused, and keeps a broken sender from filling the log. Not thread safe. */
public final class Refusals {
    private final Counter counter;

    /**
     * @param metric name of the counter
     */
    public Refusals(MetricGroup group, String metric) {
        counter = group.counter(metric);
    }

    /**
     * Counts one more.
     *
     * @return whether it is to be said: at powers of ten
     */
    public boolean count() {
        counter.inc();
        long rest = counter.getCount();
        while (rest >= 10 && rest % 10 == 0) {
            rest /= 10;
        }
        return rest == 1;
    }

    /** How many there were. */
    public long total() {
        return counter.getCount();
    }
}
