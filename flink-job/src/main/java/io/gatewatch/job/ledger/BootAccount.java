package io.gatewatch.job.ledger;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.NavigableSet;
import java.util.TreeSet;

/** What is known of a boot beside its minutes. Mutable; not thread safe. */
public final class BootAccount {
    static final long NEVER = Long.MAX_VALUE;

    private static final long NONE = Long.MIN_VALUE;

    TopicSequences sequences = new TopicSequences();

    /** The first batch of a topic-partition was seen: the counters began with zero. */
    boolean begun;

    /** Counters as far as anything has told. */
    HeadCounters newest = HeadCounters.ZERO;

    /** Minutes that are not judged. */
    NavigableSet<Long> open = new TreeSet<>();

    /** Of those, the ones with a report. */
    int openReported;

    /** Minutes that are judged and still here. */
    int judged;

    /** Of those, the ones without a report. */
    int judgedUnreported;

    /** No minute behind it is judged and without a report. */
    long latestUnreported = NONE;

    /** No minute up to here can be written any more, unless it is here. */
    long forgottenThrough = NONE;

    /** The boot's counters at the end of that minute, or null. */
    HeadCounters forgottenTotal;

    /** The watermark when the boot was last heard of, milliseconds. */
    long heardMs = NONE;

    /** The wall clock then. */
    long heardAtMs = NONE;

    /** When it is looked whether anything is heard, by the wall clock; {@link #NEVER} for not. */
    long tickAtMs = NEVER;

    /** Ticks in a row without anything heard and without a move of the watermark. */
    int quietTicks;

    long tickWatermarkMs = NONE;

    /** When it is looked whether the boot can be given up, by the wall clock. */
    long lookAtMs;

    BootAccount copy() {
        BootAccount copy = new BootAccount();
        copy.sequences = sequences.copy();
        copy.begun = begun;
        copy.newest = newest;
        copy.open = new TreeSet<>(open);
        copy.openReported = openReported;
        copy.judged = judged;
        copy.judgedUnreported = judgedUnreported;
        copy.latestUnreported = latestUnreported;
        copy.forgottenThrough = forgottenThrough;
        copy.forgottenTotal = forgottenTotal;
        copy.heardMs = heardMs;
        copy.heardAtMs = heardAtMs;
        copy.tickAtMs = tickAtMs;
        copy.quietTicks = quietTicks;
        copy.tickWatermarkMs = tickWatermarkMs;
        copy.lookAtMs = lookAtMs;
        return copy;
    }

    void write(DataOutput target) throws IOException {
        sequences.write(target);
        target.writeBoolean(begun);
        newest.write(target);
        target.writeInt(open.size());
        for (long minute : open) {
            target.writeLong(minute);
        }
        target.writeInt(openReported);
        target.writeInt(judged);
        target.writeInt(judgedUnreported);
        target.writeLong(latestUnreported);
        target.writeLong(forgottenThrough);
        HeadCounters.writeOrNull(forgottenTotal, target);
        target.writeLong(heardMs);
        target.writeLong(heardAtMs);
        target.writeLong(tickAtMs);
        target.writeInt(quietTicks);
        target.writeLong(tickWatermarkMs);
        target.writeLong(lookAtMs);
    }

    static BootAccount read(DataInput source) throws IOException {
        BootAccount boot = new BootAccount();
        boot.sequences = TopicSequences.read(source);
        boot.begun = source.readBoolean();
        boot.newest = HeadCounters.read(source);
        for (int i = source.readInt(); i > 0; i--) {
            boot.open.add(source.readLong());
        }
        boot.openReported = source.readInt();
        boot.judged = source.readInt();
        boot.judgedUnreported = source.readInt();
        boot.latestUnreported = source.readLong();
        boot.forgottenThrough = source.readLong();
        boot.forgottenTotal = HeadCounters.readOrNull(source);
        boot.heardMs = source.readLong();
        boot.heardAtMs = source.readLong();
        boot.tickAtMs = source.readLong();
        boot.quietTicks = source.readInt();
        boot.tickWatermarkMs = source.readLong();
        boot.lookAtMs = source.readLong();
        return boot;
    }
}
