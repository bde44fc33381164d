package io.gatewatch.job.session;

import io.gatewatch.job.deadletter.Refusals;
import io.gatewatch.job.source.PartitionClock;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** What the cut counts: batches, packets, what did not count, and how far behind its clocks are. */
final class CutMetrics {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long UNKNOWN_LAG = -1;

    private final Counter batches;
    private final Counter packets;
    private final Refusals refusals;
    private final Counter repeatedBatches;
    private final Counter repeatedPackets;
    private final Counter missingBatches;

    CutMetrics(MetricGroup group, PartitionClocks clocks) {
        batches = group.counter("batches");
        packets = group.counter("packets");
        refusals = new Refusals(group, "refusedBatches");
        repeatedBatches = group.counter("repeatedBatches");
        repeatedPackets = group.counter("repeatedPackets");
        missingBatches = group.counter("missingBatches");
        Gauge<Long> lag = () -> lagMs(clocks, System.currentTimeMillis());
        group.gauge("watermarkLagMs", lag);
    }

    void batch(int packetCount, long missingBefore) {
        batches.inc();
        packets.inc(packetCount);
        missingBatches.inc(missingBefore);
    }

    void repeat(int packetCount) {
        repeatedBatches.inc();
        repeatedPackets.inc(packetCount);
    }

    /** Batches that cannot be read. */
    Refusals refusals() {
        return refusals;
    }

    private static long lagMs(PartitionClocks clocks, long nowMs) {
        long watermarkNs = clocks.slowestWatermarkNs();
        return watermarkNs == PartitionClock.NO_WATERMARK
                ? UNKNOWN_LAG
                : nowMs - watermarkNs / NANOS_PER_MILLI;
    }
}
