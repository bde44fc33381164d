package io.gatewatch.job.source;

import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.topics.Topics;
import io.gatewatch.wire.BatchHead;
import io.gatewatch.wire.PacketBatch;
import io.gatewatch.wire.WireFormatException;
import java.util.List;

/**
 * One record of the packets or the DNS topic: an encoded batch and where it came from. It is read
 * from end to end once, where it enters the job; one that is no batch carries the reason and is
 * counted by the operator that cuts slices. Immutable; the bytes are not copied and never changed.
 *
 * <p>Before its first record a partition is announced to the subtask that reads it, by a record
 * that is no batch, see {@link #assigned}.
 */
public final class BatchRecord {
    /** The record came from a capture file, not from a broker. */
    public static final long NO_APPEND_TIME = Long.MIN_VALUE;

    private static final byte[] NO_BYTES = new byte[0];
    private static final String NO_VALUE = "record without a value";

    private final BatchTopic topic;
    private final TopicRecord origin;
    private final long clockNs;
    private final boolean lastOfAll;
    private final String refusal;

    private BatchRecord(
            BatchTopic topic, TopicRecord origin, long clockNs, boolean lastOfAll, String refusal) {
        this.topic = topic;
        this.origin = origin;
        this.clockNs = clockNs;
        this.lastOfAll = lastOfAll;
        this.refusal = refusal;
    }

    /**
     * As {@link #of(TopicRecord, PacketBatch)}, for a batch that no broker has given an offset or
     * headers.
     *
     * @param reader used for reading, its content is lost
     */
    public static BatchRecord of(
            BatchTopic topic, int partition, long appendTimeMs, byte[] bytes, PacketBatch reader) {
        String name = topic == BatchTopic.DNS ? Topics.DNS : Topics.PACKETS;
        return of(
                new TopicRecord(
                        name, partition, TopicRecord.NO_OFFSET, appendTimeMs, bytes, List.of()),
                reader);
    }

    /**
     * Checks the bytes and takes from the head what time needs.
     *
     * @param reader used for reading, its content is lost
     */
    public static BatchRecord of(TopicRecord record, PacketBatch reader) {
        BatchTopic topic = topic(record.topic());
        if (record.value() == null) {
            return new BatchRecord(topic, record, BatchHead.NO_CLOCK, false, NO_VALUE);
        }
        try {
            reader.check(record.value(), 0, record.value().length);
        } catch (WireFormatException e) {
            return new BatchRecord(topic, record, BatchHead.NO_CLOCK, false, e.getMessage());
        }
        BatchHead head = reader.head();
        boolean lastOfAll = head.has(BatchHead.FLAG_LAST_OF_ALL);
        return new BatchRecord(topic, record, head.clockNs, lastOfAll, null);
    }

    private static BatchTopic topic(String name) {
        return name.equals(Topics.DNS) ? BatchTopic.DNS : BatchTopic.PACKETS;
    }

    /** Says that this subtask reads the partition, whether or not a record ever comes of it. */
    public static BatchRecord assigned(String topic, int partition) {
        TopicRecord nothing =
                new TopicRecord(
                        topic,
                        partition,
                        TopicRecord.NO_OFFSET,
                        NO_APPEND_TIME,
                        NO_BYTES,
                        List.of());
        return new BatchRecord(topic(topic), nothing, BatchHead.NO_CLOCK, false, null);
    }

    /** Whether it only announces its partition: nothing was refused, and a batch has bytes. */
    public boolean isAssignment() {
        return refusal == null && origin.value().length == 0;
    }

    /** The record as it was found, with its offset and headers. */
    public TopicRecord origin() {
        return origin;
    }

    public BatchTopic topic() {
        return topic;
    }

    public int partition() {
        return origin.partition();
    }

    /** When the broker appended it, milliseconds, or {@link #NO_APPEND_TIME}. */
    public long appendTimeMs() {
        return origin.appendTimeMs();
    }

    /** The batch, where {@link #refusal} is null. */
    public byte[] bytes() {
        return origin.value();
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
        return refusal == null ? null : BatchLabel.of(origin);
    }
}
