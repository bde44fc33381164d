package io.gatewatch.job.source;

import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.wire.BatchHead;
import io.gatewatch.wire.PacketBatch;
import io.gatewatch.wire.WireFormatException;

/**
 * One record of the packets or the DNS topic: an encoded batch and where it came from. It is read
 * from end to end once, where it enters the job; one that is no batch carries the reason and is
 * counted by the operator that cuts slices. Immutable; the bytes are not copied and never changed.
 */
public final class BatchRecord {
    /** The record came from a capture file, not from a broker. */
    public static final long NO_APPEND_TIME = Long.MIN_VALUE;

    private final BatchTopic topic;
    private final int partition;
    private final long appendTimeMs;
    private final byte[] bytes;
    private final long clockNs;
    private final boolean lastOfAll;
    private final String refusal;
    private final BatchLabel label;

    private BatchRecord(
            BatchTopic topic,
            int partition,
            long appendTimeMs,
            byte[] bytes,
            long clockNs,
            boolean lastOfAll,
            String refusal,
            BatchLabel label) {
        this.topic = topic;
        this.partition = partition;
        this.appendTimeMs = appendTimeMs;
        this.bytes = bytes;
        this.clockNs = clockNs;
        this.lastOfAll = lastOfAll;
        this.refusal = refusal;
        this.label = label;
    }

    /**
     * Checks the bytes and takes from the head what time needs.
     *
     * @param reader used for reading, its content is lost
     */
    public static BatchRecord of(
            BatchTopic topic, int partition, long appendTimeMs, byte[] bytes, PacketBatch reader) {
        try {
            reader.check(bytes, 0, bytes.length);
        } catch (WireFormatException e) {
            return new BatchRecord(
                    topic,
                    partition,
                    appendTimeMs,
                    bytes,
                    BatchHead.NO_CLOCK,
                    false,
                    e.getMessage(),
                    null);
        }
        BatchHead head = reader.head();
        boolean lastOfAll = head.has(BatchHead.FLAG_LAST_OF_ALL);
        return new BatchRecord(
                topic, partition, appendTimeMs, bytes, head.clockNs, lastOfAll, null, null);
    }

    /** The same record with what its headers say, for one whose bytes do not. */
    BatchRecord labelled(BatchLabel headers) {
        return new BatchRecord(
                topic, partition, appendTimeMs, bytes, clockNs, lastOfAll, refusal, headers);
    }

    public BatchTopic topic() {
        return topic;
    }

    public int partition() {
        return partition;
    }

    /** When the broker appended it, milliseconds, or {@link #NO_APPEND_TIME}. */
    public long appendTimeMs() {
        return appendTimeMs;
    }

    public byte[] bytes() {
        return bytes;
    }

    /** The capture clock, meaningful where {@link #tellsTime}. */
    long clockNs() {
        return clockNs;
    }

    boolean tellsTime() {
        return clockNs != BatchHead.NO_CLOCK;
    }

    /** Nothing follows from any gateway. */
    boolean lastOfAll() {
        return lastOfAll;
    }

    /** Why the bytes are no batch, or null if they are one. */
    public String refusal() {
        return refusal;
    }

    /** What the headers say of a record that was refused, or null if nothing that can be used. */
    public BatchLabel label() {
        return label;
    }
}
