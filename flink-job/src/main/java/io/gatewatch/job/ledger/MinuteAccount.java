package io.gatewatch.job.ledger;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What is known of one minute of a boot. Mutable; not thread safe. */
public final class MinuteAccount {
    private static final int JUDGED = 1;
    private static final int FORGOTTEN = 1 << 1;

    /** Packets in batches that were read and counted. */
    long arrived;

    long unreadable;
    long repeated;

    /** Of those arrived. */
    long midstream;

    /** The heads' counters as far as the minute's batches have taken them, or null. */
    HeadCounters heads;

    /** What the agent says, or null. */
    MinuteFigures report;

    /** Watermark at which it is judged at the latest, milliseconds. */
    long dueMs;

    boolean judged;

    /** Batches were counted here before the boot's state was given up: what is missing is not. */
    boolean forgotten;

    /**
     * Adds what arrived.
     *
     * @param unheardOf it was counted before, but not by this account
     */
    void take(BatchArrival arrival, boolean unheardOf) {
        switch (arrival.kind()) {
            case COUNTED -> arrived += arrival.packets();
            case REPEATED -> repeated += arrival.packets();
            case UNREADABLE -> unreadable += arrival.packets();
            case MIDSTREAM -> midstream += arrival.packets();
        }
        if (arrival.counters() != null) {
            heads = heads == null ? arrival.counters() : heads.max(arrival.counters());
        }
        forgotten |= unheardOf;
    }

    /** The boot's counters as of the minute's end, as well as they are known; or null. */
    HeadCounters total() {
        return report == null ? heads : report.total();
    }

    /** Whether its rows are to be in the table. */
    boolean isShown() {
        return judged && !forgotten;
    }

    MinuteAccount copy() {
        MinuteAccount copy = new MinuteAccount();
        copy.arrived = arrived;
        copy.unreadable = unreadable;
        copy.repeated = repeated;
        copy.midstream = midstream;
        copy.heads = heads;
        copy.report = report;
        copy.dueMs = dueMs;
        copy.judged = judged;
        copy.forgotten = forgotten;
        return copy;
    }

    void write(DataOutput target) throws IOException {
        target.writeByte((judged ? JUDGED : 0) | (forgotten ? FORGOTTEN : 0));
        target.writeLong(arrived);
        target.writeLong(unreadable);
        target.writeLong(repeated);
        target.writeLong(midstream);
        target.writeLong(dueMs);
        HeadCounters.writeOrNull(heads, target);
        target.writeBoolean(report != null);
        if (report != null) {
            report.write(target);
        }
    }

    static MinuteAccount read(DataInput source) throws IOException {
        MinuteAccount account = new MinuteAccount();
        int flags = source.readByte();
        account.judged = (flags & JUDGED) != 0;
        account.forgotten = (flags & FORGOTTEN) != 0;
        account.arrived = source.readLong();
        account.unreadable = source.readLong();
        account.repeated = source.readLong();
        account.midstream = source.readLong();
        account.dueMs = source.readLong();
        account.heads = HeadCounters.readOrNull(source);
        account.report = source.readBoolean() ? MinuteFigures.read(source) : null;
        return account;
    }
}
