package io.gatewatch.packet.link;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;
import io.gatewatch.packet.buffer.LittleEndianBytes;
import io.gatewatch.packet.buffer.NetworkBytes;

/**
 * A packet that Linux' netfilter logged (LINKTYPE_NFLOG): a family and a list of attributes, one of
 * which is the packet from its IP header on. Attributes are in the byte order of the host that
 * captured, what they hold is in network order. The sender's link address is kept if it is there.
 */
final class NflogLink {
    // Layout
    //   0        1         2             4
    //   +--------+---------+-------------+-----------
    //   | family | version | resource id | attributes
    //   +--------+---------+-------------+-----------
    private static final int FAMILY = 0;
    private static final int LENGTH = 4;

    // Layout of an attribute; the next one begins at a multiple of four bytes
    //   0        2      4
    //   +--------+------+------
    //   | length | type | data
    //   +--------+------+------
    private static final int TYPE = 2;
    private static final int DATA = 4;

    /** Nesting and byte order are said in the two highest bits. */
    private static final int TYPE_MASK = 0x3FFF;

    private static final int HIGHEST_TYPE = 0xFF;
    private static final int TYPE_PACKET_HEADER = 1;
    private static final int TYPE_LINK_ADDRESS = 8;
    private static final int TYPE_PAYLOAD = 9;

    private static final int LINK_ADDRESS_END = DATA + 4 + 6;
    private static final int MAC_LENGTH = 6;
    private static final int PROTOCOL_END = DATA + 2;

    private static final int FAMILY_IPV4 = 2;
    private static final int FAMILY_IPV6 = 10;

    private NflogLink() {}

    static int decode(Frame frame, PacketView view) {
        // Check
        if (!frame.captured(LENGTH)) {
            return NextHeader.missing(frame, LENGTH, DecodeOutcome.UNDECODABLE_LINK);
        }
        int family = NetworkBytes.uint8(frame.bytes, frame.position + FAMILY);
        frame.position += LENGTH;
        int protocol = 0;
        while (frame.captured(DATA)) {
            // Accessors
            boolean littleEndian = isLittleEndian(frame);
            int length = uint16(frame, 0, littleEndian);
            int type = uint16(frame, TYPE, littleEndian) & TYPE_MASK;
            if (length < DATA) {
                return NextHeader.end(DecodeOutcome.UNDECODABLE_LINK_LENGTH);
            }
            // Meaning
            if (type == TYPE_PAYLOAD) {
                frame.position += DATA;
                frame.limit(length - DATA);
                return next(family, protocol);
            }
            if (!frame.captured(length)) {
                return NextHeader.missing(frame, length, DecodeOutcome.UNDECODABLE_LINK);
            }
            if (type == TYPE_PACKET_HEADER && length >= PROTOCOL_END) {
                protocol = NetworkBytes.uint16(frame.bytes, frame.position + DATA);
            } else if (type == TYPE_LINK_ADDRESS && length >= LINK_ADDRESS_END) {
                takeLinkAddress(frame, view);
            }
            frame.position += Math.min(length + 3 & ~3, frame.capturedRemaining());
        }
        return NextHeader.missing(frame, DATA, DecodeOutcome.UNDECODABLE_LINK);
    }

    /** Types are small numbers, so the order shows. */
    private static boolean isLittleEndian(Frame frame) {
        return (LittleEndianBytes.uint16(frame.bytes, frame.position + TYPE) & TYPE_MASK)
                <= HIGHEST_TYPE;
    }

    private static int uint16(Frame frame, int offset, boolean littleEndian) {
        int at = frame.position + offset;
        return littleEndian
                ? LittleEndianBytes.uint16(frame.bytes, at)
                : NetworkBytes.uint16(frame.bytes, at);
    }

    private static void takeLinkAddress(Frame frame, PacketView view) {
        int at = frame.position + DATA;
        if (NetworkBytes.uint16(frame.bytes, at) == MAC_LENGTH) {
            view.sourceMac = NetworkBytes.uint48(frame.bytes, at + 4);
        }
    }

    private static int next(int family, int protocol) {
        return switch (family) {
            case FAMILY_IPV4 -> NextHeader.IPV4;
            case FAMILY_IPV6 -> NextHeader.IPV6;
            default -> LinkProtocol.next(protocol); // as bridges log it
        };
    }
}
