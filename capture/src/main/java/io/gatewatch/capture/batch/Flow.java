package io.gatewatch.capture.batch;

import io.gatewatch.wire.FlowPath;

/**
 * What the agent remembers of one flow. A and B are its ends in key order (see {@link
 * io.gatewatch.wire.FlowOrder}). Pooled by {@link FlowTable}, which resets it for the next flow.
 * There are many, so what a flow without payload does not need is not there: 112 bytes, with
 * payload both ways 176.
 */
final class Flow {
    static final long NEVER = Long.MIN_VALUE;

    long addressAHigh;
    long addressALow;
    long addressBHigh;
    long addressBLow;

    /** Protocol, IP version, ports and VLAN of the key, see {@link FlowTable#numbers}. */
    long numbers;

    /** Of the key; {@link FlowTable}'s own. */
    long tableHash;

    /** Seen again since the table's hand last came by. */
    boolean seenAgain;

    /** A batch with packets of this flow has been finished. */
    boolean inEarlierBatch;

    /** Where its packets go. */
    PartitionBatch partition;

    /** Its part of the unfinished batch of {@link #partition}; null without one. */
    FlowSlice slice;

    /** The last path of each direction; null before its first packet. */
    FlowPath pathFromA;

    FlowPath pathFromB;

    // For PayloadPolicy.

    boolean wholePayload;
    boolean openedByB;
    boolean quic;
    long latestTimeNs;

    /** Null until that side has sent payload; kept for the next flow, which starts it anew. */
    PayloadSide sentByA;

    PayloadSide sentByB;

    private boolean synByA;
    private boolean synByB;
    private int synSequenceOfA;
    private int synSequenceOfB;

    void reset() {
        seenAgain = false;
        inEarlierBatch = false;
        partition = null;
        slice = null;
        pathFromA = null;
        pathFromB = null;
        wholePayload = false;
        openedByB = false;
        quic = false;
        latestTimeNs = NEVER;
        forgetSyns();
    }

    void forgetSyns() {
        synByA = false;
        synByB = false;
        synSequenceOfA = 0;
        synSequenceOfB = 0;
    }

    boolean hasSyn(boolean b) {
        return b ? synByB : synByA;
    }

    boolean hasSyn(boolean b, long sequence) {
        return hasSyn(b) && (b ? synSequenceOfB : synSequenceOfA) == (int) sequence;
    }

    void syn(boolean b, long sequence) {
        if (b) {
            synByB = true;
            synSequenceOfB = (int) sequence;
        } else {
            synByA = true;
            synSequenceOfA = (int) sequence;
        }
    }

    boolean isEqualTo(long aHigh, long aLow, long bHigh, long bLow, long otherNumbers) {
        return addressALow == aLow
                && addressBLow == bLow
                && numbers == otherNumbers
                && addressAHigh == aHigh
                && addressBHigh == bHigh;
    }

    int protocol() {
        return (int) (numbers >>> 32) & 0xFF;
    }

    int ipVersion() {
        return (int) (numbers >>> 40) & 0xFF;
    }

    int portA() {
        return (int) numbers & 0xFFFF;
    }

    int portB() {
        return (int) (numbers >>> 16) & 0xFFFF;
    }

    int keyVlan() {
        return (int) (numbers >>> 48) + FlowPath.NO_VLAN;
    }
}
