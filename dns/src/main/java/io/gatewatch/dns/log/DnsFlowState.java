package io.gatewatch.dns.log;

import io.gatewatch.dns.stream.DnsStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * What is left of a DNS flow's packets for later ones, as checkpoints keep it: the streams of a TCP
 * connection, and beginnings of messages that may still come whole. Not thread safe.
 */
public final class DnsFlowState {
    /** When there is nothing to wait for. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Beginnings that wait; beyond it the oldest wait no longer. */
    static final int MAX_BEGINNINGS = 8;

    /** Fragments come within 30 s of capture time, see docs/wire-format.md. */
    static final long BEGINNING_NS = 30_000_000_000L;

    static final long IDLE_NS = 600_000_000_000L;

    private static final int VERSION = 1;

    private final Deque<DnsBeginning> beginnings = new ArrayDeque<>();
    private DnsStream fromA;
    private DnsStream fromB;
    private long heardNs = Long.MIN_VALUE;
    private long wakeNs = NEVER;

    DnsStream stream(boolean ofB) {
        if (fromA == null) {
            fromA = new DnsStream();
            fromB = new DnsStream();
        }
        return ofB ? fromB : fromA;
    }

    /** There are streams already. */
    boolean hasStreams() {
        return fromA != null;
    }

    void forgetStreams() {
        fromA = null;
        fromB = null;
    }

    void heard(long timeNs) {
        heardNs = Math.max(heardNs, timeNs);
    }

    /** Keeps a beginning; returns one that has no place any more, or null. */
    DnsBeginning keep(DnsBeginning beginning) {
        beginnings.add(beginning);
        return beginnings.size() > MAX_BEGINNINGS ? beginnings.poll() : null;
    }

    /** The whole message has come. */
    void forgetBeginningOf(byte[] message, int offset, boolean sentByB) {
        Iterator<DnsBeginning> all = beginnings.iterator();
        while (all.hasNext()) {
            DnsBeginning each = all.next();
            if (each.origin().fromB() == sentByB && each.beginsLike(message, offset)) {
                all.remove();
                return;
            }
        }
    }

    /** The oldest beginning that has waited long enough at a time, or null; it waits no longer. */
    DnsBeginning due(long timeNs) {
        DnsBeginning oldest = beginnings.peek();
        return oldest != null && oldest.origin().timeNs() + BEGINNING_NS <= timeNs
                ? beginnings.poll()
                : null;
    }

    /** At a time: forgets the streams if nothing has come for long. */
    void expireStreams(long timeNs) {
        if (fromA != null && heardNs + IDLE_NS <= timeNs) {
            forgetStreams();
        }
    }

    /** Nothing is left. */
    boolean isEmpty() {
        return fromA == null && beginnings.isEmpty();
    }

    /** When something is to be done next, event time in nanoseconds, or {@link #NEVER}. */
    long nextNs() {
        long next = fromA == null ? NEVER : heardNs + IDLE_NS;
        return beginnings.isEmpty()
                ? next
                : Math.min(next, beginnings.peek().origin().timeNs() + BEGINNING_NS);
    }

    /** The time that its owner will be woken at, or {@link #NEVER}. */
    public long wakeNs() {
        return wakeNs;
    }

    /**
     * Whether its owner has to be woken at another time than it will be; if so that is noted.
     *
     * @see #wakeNs
     */
    public boolean wakesEarlier() {
        long next = nextNs();
        if (next >= wakeNs) {
            return false;
        }
        wakeNs = next;
        return true;
    }

    /** Its owner was woken. */
    public void woken() {
        wakeNs = NEVER;
    }

    /** Writes version 1; {@link #read} reads it. */
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(heardNs);
        out.writeLong(wakeNs);
        out.writeBoolean(fromA != null);
        if (fromA != null) {
            fromA.write(out);
            fromB.write(out);
        }
        out.writeByte(beginnings.size());
        for (DnsBeginning each : beginnings) {
            each.write(out);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if it is of a version that this program does not know
     */
    public static DnsFlowState read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException(
                    "DNS flow of version " + version + ": this program reads version " + VERSION);
        }
        DnsFlowState state = new DnsFlowState();
        state.heardNs = in.readLong();
        state.wakeNs = in.readLong();
        if (in.readBoolean()) {
            state.fromA = DnsStream.read(in);
            state.fromB = DnsStream.read(in);
        }
        int count = in.readUnsignedByte();
        for (int i = 0; i < count; i++) {
            state.beginnings.add(DnsBeginning.read(in));
        }
        return state;
    }
}
