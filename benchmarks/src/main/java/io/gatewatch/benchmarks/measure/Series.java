package io.gatewatch.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * Samples of work that goes on, and what it cost between two of them: start-up and warm-up are left
 * out by beginning late. Not thread safe.
 */
public final class Series {
    private final List<Sample> samples = new ArrayList<>();

    public void add(Sample sample) {
        samples.add(sample);
    }

    public Sample last() {
        return samples.get(samples.size() - 1);
    }

    /**
     * The cost between the first sample with at least {@code fromPackets} and the last one of the
     * work: the first with at least {@code toPackets}, or the one before it where the work may have
     * ended between the two.
     *
     * @throws IllegalStateException if no time lies between them: too few packets to measure
     */
    public Span between(long fromPackets, long toPackets, boolean endsThere) {
        int from = firstWith(fromPackets);
        int reached = Math.min(firstWith(toPackets), samples.size() - 1);
        // Better a little idle time in it than nothing to measure.
        int to = endsThere && reached - 1 > from ? reached - 1 : reached;
        if (from >= to || samples.get(to).packets() <= samples.get(from).packets()) {
            throw new IllegalStateException(
                    "over before it could be measured: more --packets are needed");
        }
        return new Span(samples.get(from), samples.get(to));
    }

    private int firstWith(long packets) {
        int i = 0;
        while (i < samples.size() && samples.get(i).packets() < packets) {
            i++;
        }
        return i;
    }
}
