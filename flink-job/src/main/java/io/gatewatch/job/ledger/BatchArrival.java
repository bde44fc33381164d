package io.gatewatch.job.ledger;

import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.wire.BatchHead;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What the job did with the packets of a batch, or with some of them.
 *
 * @param kind what that was
 * @param minute the capture minute of the packets, counted from 1970
 * @param sequence number of the batch in its topic-partition
 * @param packets how many
 * @param counters of the batch's head; null where nobody read it
 */
public record BatchArrival(
        Kind kind,
        LedgerKey key,
        long minute,
        BatchTopic topic,
        int partition,
        long sequence,
        long packets,
        HeadCounters counters) {
    /** The last minute that begins within 64 bits of nanoseconds. */
    public static final long MAX_MINUTE = Long.MAX_VALUE / 60_000_000_000L;

    private static final Kind[] KINDS = Kind.values();
    private static final BatchTopic[] TOPICS = BatchTopic.values();
    private static final long NO_SEQUENCE = -1;

    /** What became of packets. */
    public enum Kind {
        /** They were cut into slices and go into sessions. */
        COUNTED,
        /** They had been counted before. */
        REPEATED,
        /** Their batch's bytes cannot be read. */
        UNREADABLE,
        /** Counted, then left out by {@code --ignore-midstream}; beside their batch's arrival. */
        MIDSTREAM
    }

    /** A batch that was read. */
    public static BatchArrival read(Kind kind, BatchTopic topic, int partition, BatchHead head) {
        return new BatchArrival(
                kind,
                new LedgerKey(head.site, head.gateway, head.bootId),
                possible(head.minute),
                topic,
                partition,
                head.sequence,
                head.packetCount,
                HeadCounters.of(head));
    }

    /** Packets left out by {@code --ignore-midstream}. */
    public static BatchArrival midstream(LedgerKey key, long minute, long packets) {
        return new BatchArrival(
                Kind.MIDSTREAM,
                key,
                possible(minute),
                BatchTopic.PACKETS,
                0,
                NO_SEQUENCE,
                packets,
                null);
    }

    /** A broken agent may state any number: what no clock can show counts as the first. */
    private static long possible(long minute) {
        return minute < 0 || minute > MAX_MINUTE ? 0 : minute;
    }

    boolean hasSequence() {
        return sequence != NO_SEQUENCE;
    }

    void write(DataOutput target) throws IOException {
        target.writeByte(kind.ordinal());
        key.write(target);
        target.writeLong(minute);
        target.writeByte(topic.ordinal());
        target.writeInt(partition);
        target.writeLong(sequence);
        target.writeLong(packets);
        HeadCounters.writeOrNull(counters, target);
    }

    static BatchArrival read(DataInput source) throws IOException {
        return new BatchArrival(
                KINDS[source.readByte()],
                LedgerKey.read(source),
                source.readLong(),
                TOPICS[source.readByte()],
                source.readInt(),
                source.readLong(),
                source.readLong(),
                HeadCounters.readOrNull(source));
    }
}
