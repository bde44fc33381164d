package io.gatewatch.traffic.session;

import io.gatewatch.wire.FlowPath;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What one end of a flow has sent, and for TCP how far it has come. Sequence numbers are 32 bits
 * that wrap, see {@link Sequence}.
 */
final class DirectionState {
    // Bits of marks.

    /** {@link #initialSequence} comes from a SYN or SYN+ACK that this end sent. */
    static final int SYN_SEEN = 1;

    /** {@link #initialSequence} is what the other end's SYN+ACK acknowledged. */
    static final int SYN_INFERRED = 1 << 1;

    /** {@link #lowest} and {@link #next} are set. */
    static final int SEQUENCE_KNOWN = 1 << 2;

    /** {@link #lowest} and {@link #next} come from segments of this end, not from the other's. */
    static final int SEQUENCE_SEEN = 1 << 3;

    /** {@link #acknowledged} is set. */
    static final int ACKNOWLEDGED_KNOWN = 1 << 4;

    static final int FIN_SEEN = 1 << 5;
    static final int FIN_ACKNOWLEDGED = 1 << 6;

    /** Sent segments with SYN only. */
    static final int SENT_MORE_THAN_SYN = 1 << 7;

    /** Was CLOSED before it was RESET. */
    static final int CLOSED_BEFORE_RESET = 1 << 8;

    /** The window of its latest segment was zero. */
    static final int WINDOW_CLOSED = 1 << 9;

    static final int SYN_WITHOUT_ACK = 1 << 10;

    /** Sent a RST after other segments; one that refuses a connection does not count. */
    static final int RST_SEEN = 1 << 11;

    long packets;
    long payloadBytes;
    long ipBytes;
    long retransmittedPackets;
    long retransmittedBytes;

    /** Bytes that were skipped and are no longer waited for; see {@link #missedBytes}. */
    long missedBytesGivenUp;

    /** MAC addresses of the first of its packets that has them. */
    long sourceMac = FlowPath.NO_MAC;

    long destinationMac = FlowPath.NO_MAC;

    /** Time of its latest SYN, for the age of a repeated one. */
    long synTimeNs;

    EndpointState endpoint = EndpointState.INACTIVE;
    int marks;
    int initialSequence;

    /** The lowest sequence number that counts: behind the SYN, or the lowest seen. */
    int lowest;

    /** Behind the highest sequence number seen: what comes next in order. */
    int next;

    /** What the other end has acknowledged of this one. */
    int acknowledged;

    /** Behind the FIN. */
    int finEnd;

    /** Up to here gaps were written to the history. */
    int gapsReportedTo;

    /** Null as long as nothing was skipped. */
    SequenceGaps gaps;

    // For the history: which letters this end has, and what they were last written for.
    int letters;
    int lastSynSequence;
    int lastFinSequence;
    int lastRstSequence;
    int retransmissions;
    int contentGaps;
    int zeroWindows;

    DirectionState() {}

    private DirectionState(DirectionState other) {
        packets = other.packets;
        payloadBytes = other.payloadBytes;
        ipBytes = other.ipBytes;
        retransmittedPackets = other.retransmittedPackets;
        retransmittedBytes = other.retransmittedBytes;
        missedBytesGivenUp = other.missedBytesGivenUp;
        sourceMac = other.sourceMac;
        destinationMac = other.destinationMac;
        synTimeNs = other.synTimeNs;
        endpoint = other.endpoint;
        marks = other.marks;
        initialSequence = other.initialSequence;
        lowest = other.lowest;
        next = other.next;
        acknowledged = other.acknowledged;
        finEnd = other.finEnd;
        gapsReportedTo = other.gapsReportedTo;
        gaps = other.gaps == null ? null : other.gaps.copy();
        letters = other.letters;
        lastSynSequence = other.lastSynSequence;
        lastFinSequence = other.lastFinSequence;
        lastRstSequence = other.lastRstSequence;
        retransmissions = other.retransmissions;
        contentGaps = other.contentGaps;
        zeroWindows = other.zeroWindows;
    }

    DirectionState copy() {
        return new DirectionState(this);
    }

    boolean has(int mark) {
        return (marks & mark) != 0;
    }

    void mark(int mark) {
        marks |= mark;
    }

    void mark(int mark, boolean on) {
        marks = on ? marks | mark : marks & ~mark;
    }

    /** Bytes of its stream that the other end acknowledged but that were never captured. */
    long missedBytes() {
        if (!has(ACKNOWLEDGED_KNOWN)) {
            return missedBytesGivenUp;
        }
        long inGaps = gaps == null ? 0 : gaps.bytesBelow(acknowledged);
        return missedBytesGivenUp + inGaps + Math.max(0, acknowledged - next);
    }

    void write(DataOutput out) throws IOException {
        StateCoding.write(out, packets);
        StateCoding.write(out, payloadBytes);
        StateCoding.write(out, ipBytes);
        StateCoding.write(out, retransmittedPackets);
        StateCoding.write(out, retransmittedBytes);
        StateCoding.write(out, missedBytesGivenUp);
        StateCoding.writeSigned(out, sourceMac);
        StateCoding.writeSigned(out, destinationMac);
        out.writeLong(synTimeNs);
        StateCoding.writeConstant(out, endpoint);
        StateCoding.write(out, marks);
        out.writeInt(initialSequence);
        out.writeInt(lowest);
        out.writeInt(next);
        out.writeInt(acknowledged);
        out.writeInt(finEnd);
        out.writeInt(gapsReportedTo);
        writeGaps(out);
        StateCoding.write(out, letters);
        out.writeInt(lastSynSequence);
        out.writeInt(lastFinSequence);
        out.writeInt(lastRstSequence);
        StateCoding.write(out, retransmissions);
        StateCoding.write(out, contentGaps);
        StateCoding.write(out, zeroWindows);
    }

    private void writeGaps(DataOutput out) throws IOException {
        int count = gaps == null ? 0 : gaps.count();
        StateCoding.write(out, count);
        for (int i = 0; i < count; i++) {
            out.writeInt(gaps.start(i));
            out.writeInt(gaps.end(i));
        }
    }

    static DirectionState read(DataInput in) throws IOException {
        DirectionState state = new DirectionState();
        state.packets = StateCoding.read(in);
        state.payloadBytes = StateCoding.read(in);
        state.ipBytes = StateCoding.read(in);
        state.retransmittedPackets = StateCoding.read(in);
        state.retransmittedBytes = StateCoding.read(in);
        state.missedBytesGivenUp = StateCoding.read(in);
        state.sourceMac = StateCoding.readSigned(in);
        state.destinationMac = StateCoding.readSigned(in);
        state.synTimeNs = in.readLong();
        state.endpoint = StateCoding.readConstant(in, EndpointState.VALUES);
        state.marks = StateCoding.readCount(in, Integer.MAX_VALUE);
        state.initialSequence = in.readInt();
        state.lowest = in.readInt();
        state.next = in.readInt();
        state.acknowledged = in.readInt();
        state.finEnd = in.readInt();
        state.gapsReportedTo = in.readInt();
        state.readGaps(in);
        state.letters = StateCoding.readCount(in, Integer.MAX_VALUE);
        state.lastSynSequence = in.readInt();
        state.lastFinSequence = in.readInt();
        state.lastRstSequence = in.readInt();
        state.retransmissions = StateCoding.readCount(in, Integer.MAX_VALUE);
        state.contentGaps = StateCoding.readCount(in, Integer.MAX_VALUE);
        state.zeroWindows = StateCoding.readCount(in, Integer.MAX_VALUE);
        return state;
    }

    private void readGaps(DataInput in) throws IOException {
        int count = StateCoding.readCount(in, SequenceGaps.MAX_GAPS);
        if (count > 0) {
            gaps = new SequenceGaps();
            for (int i = 0; i < count; i++) {
                gaps.addHighest(in.readInt(), in.readInt());
            }
        }
    }
}
