package io.gatewatch.job.ledger;

import io.gatewatch.wire.BatchHead;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The counters in the head of a batch: cumulative over a boot, as of that batch. Never negative.
 *
 * @param captured frames read
 * @param decapsulated packets found in tunnels, beside the frames
 * @param kernelDropped frames that the kernel dropped before they could be read
 * @param queueDropped packets dropped in front of the producer
 * @param undecodable packets that could not be decoded, all reasons
 * @param ignored packets left out on purpose, all reasons
 */
public record HeadCounters(
        long captured,
        long decapsulated,
        long kernelDropped,
        long queueDropped,
        long undecodable,
        long ignored) {
    /** Where a boot begins. */
    public static final HeadCounters ZERO = new HeadCounters(0, 0, 0, 0, 0, 0);

    /** What a batch's head says. */
    public static HeadCounters of(BatchHead head) {
        return new HeadCounters(
                head.captured,
                head.decapsulated,
                head.kernelDropped,
                head.queueDropped,
                head.undecodable,
                head.ignored);
    }

    /** Each counter as far as either has come. */
    HeadCounters max(HeadCounters other) {
        return new HeadCounters(
                Math.max(captured, other.captured),
                Math.max(decapsulated, other.decapsulated),
                Math.max(kernelDropped, other.kernelDropped),
                Math.max(queueDropped, other.queueDropped),
                Math.max(undecodable, other.undecodable),
                Math.max(ignored, other.ignored));
    }

    /** What was counted since {@code base}. */
    HeadCounters since(HeadCounters base) {
        HeadCounters end = max(base);
        return new HeadCounters(
                end.captured - base.captured,
                end.decapsulated - base.decapsulated,
                end.kernelDropped - base.kernelDropped,
                end.queueDropped - base.queueDropped,
                end.undecodable - base.undecodable,
                end.ignored - base.ignored);
    }

    void write(DataOutput target) throws IOException {
        target.writeLong(captured);
        target.writeLong(decapsulated);
        target.writeLong(kernelDropped);
        target.writeLong(queueDropped);
        target.writeLong(undecodable);
        target.writeLong(ignored);
    }

    static HeadCounters read(DataInput source) throws IOException {
        return new HeadCounters(
                source.readLong(),
                source.readLong(),
                source.readLong(),
                source.readLong(),
                source.readLong(),
                source.readLong());
    }

    static void writeOrNull(HeadCounters counters, DataOutput target) throws IOException {
        target.writeBoolean(counters != null);
        if (counters != null) {
            counters.write(target);
        }
    }

    static HeadCounters readOrNull(DataInput source) throws IOException {
        return source.readBoolean() ? read(source) : null;
    }
}
