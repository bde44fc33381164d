package io.gatewatch.packet.link;

import static io.gatewatch.packet.buffer.NetworkBytes.uint16;
import static io.gatewatch.packet.buffer.NetworkBytes.uint32;
import static io.gatewatch.packet.buffer.NetworkBytes.uint8;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.buffer.Frame;

/**
 * A stack of MPLS labels (RFC 3032). Nothing in it says what it carries, unless the last label is
 * an explicit null. Else the first four bits tell, as routers that share load tell it (RFC 4928): 4
 * and 6 are IP, 0 is the control word of a pseudowire (RFC 4385). A pseudowire for Ethernet (RFC
 * 4448) may lack the control word, and its first four bits are then those of an address: so an
 * Ethernet header is looked for too, and wins where IP cannot be.
 */
public final class MplsStack {
    // Layout of an entry
    //    0                                   20    23  24             31
    //   +-----------------------------------+-----+---+---------------+
    //   |               label               | TC  | S | time to live  |
    //   +-----------------------------------+-----+---+---------------+
    private static final int LENGTH = 4;
    private static final int LABEL_SHIFT = 12;
    private static final int BOTTOM_OF_STACK = 0x100;

    private static final int IPV4_EXPLICIT_NULL = 0;
    private static final int IPV6_EXPLICIT_NULL = 2;

    /** More than networks use (segment routing: about ten); no way to make a frame cost time. */
    private static final int MAX_LABELS = 16;

    private static final int CONTROL_WORD_LENGTH = 4;
    private static final int ETHER_TYPE = 12;

    /** Of an Ethernet header and as much of the next as is looked at. */
    private static final int ETHERNET_EVIDENCE_LENGTH = 17;

    private static final int IPV4_TOTAL_LENGTH = 2;
    private static final int IPV4_MIN_LENGTH = 20;
    private static final int IPV6_PAYLOAD_LENGTH = 4;
    private static final int IPV6_LENGTH = 40;

    private MplsStack() {}

    public static int decode(Frame frame) {
        for (int labels = 0; labels < MAX_LABELS; labels++) {
            // Check
            if (!frame.captured(LENGTH)) {
                return NextHeader.missing(frame, LENGTH, DecodeOutcome.UNDECODABLE_MPLS);
            }
            // Accessors
            int entry = (int) uint32(frame.bytes, frame.position);
            // Meaning
            frame.position += LENGTH;
            if ((entry & BOTTOM_OF_STACK) != 0) {
                return payload(entry >>> LABEL_SHIFT, frame);
            }
        }
        return NextHeader.end(DecodeOutcome.UNDECODABLE_MPLS_STACK);
    }

    private static int payload(int lastLabel, Frame frame) {
        if (lastLabel == IPV4_EXPLICIT_NULL) {
            return NextHeader.IPV4;
        }
        if (lastLabel == IPV6_EXPLICIT_NULL) {
            return NextHeader.IPV6;
        }
        if (!frame.captured(1)) {
            return other(frame);
        }
        int at = frame.position;
        return switch (uint8(frame.bytes, at) >>> 4) {
            case 4 -> ipOrEthernet(frame, NextHeader.IPV4, canBeIpv4(frame));
            case 6 -> ipOrEthernet(frame, NextHeader.IPV6, canBeIpv6(frame));
            case 0 -> controlWordOrEthernet(frame);
            default -> isEthernet(frame, at) ? NextHeader.ETHERNET : other(frame);
        };
    }

    private static int ipOrEthernet(Frame frame, int ip, boolean canBeIp) {
        return !canBeIp && isEthernet(frame, frame.position) ? NextHeader.ETHERNET : ip;
    }

    private static int controlWordOrEthernet(Frame frame) {
        if (isEthernet(frame, frame.position)) {
            return NextHeader.ETHERNET;
        }
        if (isEthernet(frame, frame.position + CONTROL_WORD_LENGTH)) {
            frame.position += CONTROL_WORD_LENGTH;
            return NextHeader.ETHERNET;
        }
        return other(frame);
    }

    /** The snap length may have left too little to tell. */
    private static int other(Frame frame) {
        int needed = CONTROL_WORD_LENGTH + ETHERNET_EVIDENCE_LENGTH;
        return frame.captured(needed)
                ? NextHeader.end(DecodeOutcome.IGNORED_MPLS)
                : NextHeader.missing(frame, needed, DecodeOutcome.IGNORED_MPLS);
    }

    private static boolean canBeIpv4(Frame frame) {
        if (!frame.captured(IPV4_MIN_LENGTH)) {
            return true;
        }
        int headerLength = (uint8(frame.bytes, frame.position) & 0x0F) << 2;
        int totalLength = uint16(frame.bytes, frame.position + IPV4_TOTAL_LENGTH);
        return headerLength >= IPV4_MIN_LENGTH
                && totalLength >= headerLength
                && totalLength <= frame.wireRemaining();
    }

    private static boolean canBeIpv6(Frame frame) {
        if (!frame.captured(IPV6_LENGTH)) {
            return true;
        }
        int payloadLength = uint16(frame.bytes, frame.position + IPV6_PAYLOAD_LENGTH);
        return payloadLength > 0 && IPV6_LENGTH + payloadLength <= frame.wireRemaining();
    }

    /** Whether an EtherType that bridges meet stands where one would be, and fits what follows. */
    private static boolean isEthernet(Frame frame, int at) {
        if (frame.capturedEnd - at < ETHERNET_EVIDENCE_LENGTH) {
            return false;
        }
        byte[] bytes = frame.bytes;
        int behind = at + ETHER_TYPE + 2;
        return switch (uint16(bytes, at + ETHER_TYPE)) {
            case 0x0800 -> uint8(bytes, behind) >>> 4 == 4;
            case 0x86DD -> uint8(bytes, behind) >>> 4 == 6;
            case 0x0806 -> uint16(bytes, behind) == 1; // ARP for Ethernet
            case 0x8864 -> uint16(bytes, behind) == 0x1100; // PPPoE version 1, session
            case 0x8100, // VLAN tags
                    0x88A8,
                    0x9100,
                    0x8847, // MPLS
                    0x8848,
                    0x8863, // PPPoE discovery
                    0x8809, // link aggregation
                    0x88CC, // LLDP
                    0x88E5, // MACsec
                    0x8902, // connectivity faults
                    0x9000 -> // loopback test
                    true;
            default -> isLengthAndLlc(frame, at);
        };
    }

    /** A length that fits, and the SAPs of SNAP, spanning tree or OSI, unnumbered. */
    private static boolean isLengthAndLlc(Frame frame, int at) {
        int behind = at + ETHER_TYPE + 2;
        int saps = uint16(frame.bytes, behind);
        return uint16(frame.bytes, at + ETHER_TYPE) <= frame.wireEnd - behind
                && (saps == 0xAAAA || saps == 0x4242 || saps == 0xFEFE)
                && uint8(frame.bytes, behind + 2) == 0x03;
    }
}
