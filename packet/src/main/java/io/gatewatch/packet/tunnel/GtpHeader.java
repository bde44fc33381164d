package io.gatewatch.packet.tunnel;

import static io.gatewatch.packet.buffer.NetworkBytes.uint16;
import static io.gatewatch.packet.buffer.NetworkBytes.uint32;
import static io.gatewatch.packet.buffer.NetworkBytes.uint8;

import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.PacketTunnel;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;

/**
 * The header of GTP-U, version 1 (3GPP TS 29.281, section 5), of messages that carry a user's
 * packet (G-PDU). Extension headers are passed over. The packet is IPv4 or IPv6 as its first bits
 * say; other packet data (Ethernet, unstructured) cannot be told apart from here and is not
 * entered.
 */
final class GtpHeader {
    // Layout
    //   0             1         2         4          8            10      11          12
    //   +-------------+---------+---------+----------+------------+-------+-----------+------
    //   | version 3   | message | length  | endpoint | sequence   | N-PDU | next      | extension
    //   | PT * E S PN | type    |         | id       |            |       | extension | headers
    //   +-------------+---------+---------+----------+------------+-------+-----------+------
    //                                                | if any of E, S, PN             | if E
    // An extension header is a length in units of 4 bytes, content, and the type of the next one.
    private static final int FLAGS = 0;
    private static final int MESSAGE_TYPE = 1;
    private static final int MESSAGE_LENGTH = 2;
    private static final int ENDPOINT = 4;
    private static final int LENGTH = 8;
    private static final int NEXT_EXTENSION = 11;
    private static final int LENGTH_WITH_OPTIONS = 12;

    private static final int VERSION_AND_TYPE_MASK = 0xF0;
    private static final int VERSION_1_GTP = 0x30;
    private static final int FLAG_EXTENSION = 0x04;
    private static final int FLAG_OPTIONS = 0x07;
    private static final int G_PDU = 0xFF;
    private static final int NO_MORE_EXTENSIONS = 0;

    private GtpHeader() {}

    static int decode(Frame frame, PacketView view) {
        // Check
        byte[] bytes = frame.bytes;
        int at = frame.position;
        if (!frame.captured(LENGTH)) {
            return Tunnels.NONE;
        }
        int flags = uint8(bytes, at + FLAGS);
        int messageLength = uint16(bytes, at + MESSAGE_LENGTH);
        if ((flags & VERSION_AND_TYPE_MASK) != VERSION_1_GTP
                || uint8(bytes, at + MESSAGE_TYPE) != G_PDU
                || messageLength > frame.wireRemaining() - LENGTH) {
            return Tunnels.NONE;
        }
        int headerLength = headerLength(frame, flags);
        if (headerLength > LENGTH + messageLength || !frame.captured(headerLength + 1)) {
            return Tunnels.NONE;
        }
        // Meaning
        int etherType = etherType(uint8(bytes, at + headerLength) >>> 4);
        if (etherType == Tunnels.NONE) {
            return Tunnels.NONE;
        }
        view.enterTunnel(PacketTunnel.GTP_U, uint32(bytes, at + ENDPOINT));
        frame.endAfter(LENGTH + messageLength);
        frame.position = at + headerLength;
        return NextHeader.etherType(etherType);
    }

    /** Length with all extension headers; more than any message has if they make no sense. */
    private static int headerLength(Frame frame, int flags) {
        if ((flags & FLAG_OPTIONS) == 0) {
            return LENGTH;
        }
        int length = LENGTH_WITH_OPTIONS;
        if ((flags & FLAG_EXTENSION) == 0) {
            return length;
        }
        int typeAt = NEXT_EXTENSION;
        while (frame.captured(length)
                && uint8(frame.bytes, frame.position + typeAt) != NO_MORE_EXTENSIONS) {
            int extension =
                    frame.captured(length + 1)
                            ? uint8(frame.bytes, frame.position + length) << 2
                            : 0;
            if (extension == 0) {
                return Integer.MAX_VALUE - 1;
            }
            length += extension;
            typeAt = length - 1;
        }
        return length;
    }

    private static int etherType(int ipVersion) {
        return switch (ipVersion) {
            case 4 -> InnerTypes.IPV4;
            case 6 -> InnerTypes.IPV6;
            default -> Tunnels.NONE;
        };
    }
}
