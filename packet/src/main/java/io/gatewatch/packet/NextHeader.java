package io.gatewatch.packet;

import io.gatewatch.packet.buffer.Frame;

/**
 * What a header decoder returns, in one int: the EtherType or the IP protocol number of the header
 * that follows, or how decoding ended. An object would have to be allocated for each header.
 *
 * <pre>
 * | kind (16 bits) | value (16 bits) |
 * </pre>
 */
public final class NextHeader {
    public static final int KIND_END = 0;
    public static final int KIND_ETHER_TYPE = 1;
    public static final int KIND_IP_PROTOCOL = 2;

    private static final int KIND_SHIFT = 16;
    private static final DecodeOutcome[] OUTCOMES = DecodeOutcome.values();

    private NextHeader() {}

    /** A header of this EtherType (IEEE 802 numbers) follows. */
    public static int etherType(int etherType) {
        return KIND_ETHER_TYPE << KIND_SHIFT | etherType;
    }

    /** A header of this protocol (IANA protocol numbers) follows. */
    public static int ipProtocol(int protocol) {
        return KIND_IP_PROTOCOL << KIND_SHIFT | protocol;
    }

    /** Nothing more is to be decoded. */
    public static int end(DecodeOutcome outcome) {
        return outcome.ordinal();
    }

    public static int kind(int next) {
        return next >>> KIND_SHIFT;
    }

    public static int value(int next) {
        return next & 0xFFFF;
    }

    /** The outcome in a value of {@link #KIND_END}. */
    public static DecodeOutcome outcome(int next) {
        return OUTCOMES[next];
    }

    /**
     * The end at a header of which not enough was captured: the snap length is to blame where the
     * frame had it on the wire.
     *
     * @param neededLength bytes that had to be there
     * @param truncated the outcome when the frame itself, or the packet in it, ends too early
     */
    public static int missing(Frame frame, int neededLength, DecodeOutcome truncated) {
        boolean cutBySnaplen = frame.snapped && frame.wireRemaining() >= neededLength;
        return end(cutBySnaplen ? DecodeOutcome.UNDECODABLE_SNAPLEN : truncated);
    }
}
