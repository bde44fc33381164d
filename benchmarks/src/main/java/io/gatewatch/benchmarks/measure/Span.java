package io.gatewatch.benchmarks.measure;

/** What was done between two samples, and what it cost. */
public record Span(Sample from, Sample to) {
    private static final double NANOS_PER_SECOND = 1e9;

    public long packets() {
        return to.packets() - from.packets();
    }

    public double seconds() {
        return (to.timeNs() - from.timeNs()) / NANOS_PER_SECOND;
    }

    public double packetsPerSecond() {
        return packets() / seconds();
    }

    public double cpuNsPerPacket() {
        return (double) (to.cpuNs() - from.cpuNs()) / packets();
    }

    /**
     * Part of the time that garbage collectors had, in percent; more than 100 where several run.
     */
    public double gcPercent() {
        return (to.gcMs() - from.gcMs()) / (seconds() * 10);
    }
}
