package io.gatewatch.packet;

import io.gatewatch.packet.buffer.Frame;

/**
 * What a header decoder returns, in one int: the EtherType, the IP protocol number or the link type
 * of the header that follows, or how decoding ended. An object would have to be allocated for each
 * header. Links with numbers of their own (PPP protocols, address families, SAPs) translate them to
 * EtherTypes.
 *
 * <pre>
 * | kind (16 bits) | value (16 bits) |
 * </pre>
 */
public final class NextHeader {
    public static final int KIND_END = 0;
    public static final int KIND_ETHER_TYPE = 1;
    public static final int KIND_IP_PROTOCOL = 2;
    public static final int KIND_LINK_TYPE = 3;

    private static final int KIND_SHIFT = 16;

    public static final int IPV4 = KIND_ETHER_TYPE << KIND_SHIFT | 0x0800;
    public static final int IPV6 = KIND_ETHER_TYPE << KIND_SHIFT | 0x86DD;
    public static final int MPLS = KIND_ETHER_TYPE << KIND_SHIFT | 0x8847;

    /** A whole Ethernet frame: a bridge's, within another header. */
    public static final int ETHERNET = KIND_ETHER_TYPE << KIND_SHIFT | 0x6558;

    /** The header of IEEE 802.2, and the packet has no length of its own (IEEE 802.1AC). */
    public static final int LLC = KIND_ETHER_TYPE << KIND_SHIFT | 0x8870;

    /** A PPP frame, with or without address and control field (RFC 3378 names its EtherType). */
    public static final int PPP = KIND_ETHER_TYPE << KIND_SHIFT | 0x880B;

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

    /**
     * A frame of this link type (LINKTYPE_ values of the tcpdump.org registry) follows.
     *
     * @param linkType any value; one of more than 16 bits is none that could be decoded
     */
    public static int linkType(long linkType) {
        return linkType >>> KIND_SHIFT == 0
                ? KIND_LINK_TYPE << KIND_SHIFT | (int) linkType
                : end(DecodeOutcome.IGNORED_LINK_TYPE);
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
