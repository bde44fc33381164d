package io.gatewatch.packet.tunnel;

import static io.gatewatch.packet.buffer.NetworkBytes.uint16;
import static io.gatewatch.packet.buffer.NetworkBytes.uint32;
import static io.gatewatch.packet.buffer.NetworkBytes.uint8;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.PacketTunnel;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;

/**
 * The GRE header: version 0 (RFC 2784, with the key and sequence number of RFC 2890; NVGRE of RFC
 * 7637 is one of these) and version 1, that of PPTP (RFC 2637, section 4.1). A keep-alive (protocol
 * type 0) and an acknowledgement of PPTP carry no packet. Source routes (RFC 1701) are refused, as
 * RFC 2784 wants it; checksums are not verified.
 */
final class GreHeader {
    // Layout
    //   0                  2               4            8            12           16
    //   +------------------+---------------+------------+------------+------------+
    //   | flags   version  | protocol type | checksum,  | key        | sequence   |  version 0
    //   |                  |               | reserved   |            |            |
    //   +------------------+---------------+------------+------------+------------+
    //                                      | if C       | if K       | if S
    //
    //   0                  2               4        6         8            12
    //   +------------------+---------------+--------+---------+------------+----------------+
    //   | flags   version  | protocol type | length | call id | sequence   | acknowledgement|  1
    //   +------------------+---------------+--------+---------+------------+----------------+
    //                                                         | if S       | if A
    private static final int FLAGS = 0;
    private static final int PROTOCOL_TYPE = 2;
    private static final int LENGTH = 4;
    private static final int CALL_ID = 6;
    private static final int PPTP_LENGTH = 8;
    private static final int FIELD_LENGTH = 4;

    private static final int FLAG_CHECKSUM = 0x8000;
    private static final int FLAG_ROUTING = 0x4000;
    private static final int FLAG_KEY = 0x2000;
    private static final int FLAG_SEQUENCE = 0x1000;
    private static final int FLAG_ACKNOWLEDGEMENT = 0x0080;
    private static final int VERSION_MASK = 0x0007;

    private static final int KEEP_ALIVE = 0;
    private static final int PPP = 0x880B;
    private static final int WCCP = 0x883E;

    private GreHeader() {}

    static int decode(Frame frame, PacketView view) {
        // Check
        if (!frame.captured(LENGTH)) {
            view.enterTunnel(PacketTunnel.GRE, PacketView.NO_TUNNEL_ID);
            return NextHeader.missing(frame, LENGTH, DecodeOutcome.UNDECODABLE_GRE);
        }
        int flags = uint16(frame.bytes, frame.position + FLAGS);
        int protocolType = uint16(frame.bytes, frame.position + PROTOCOL_TYPE);
        return switch (flags & VERSION_MASK) {
            case 0 -> decodeVersion0(flags, protocolType, frame, view);
            case 1 -> decodePptp(flags, protocolType, frame, view);
            default -> {
                view.enterTunnel(PacketTunnel.GRE, PacketView.NO_TUNNEL_ID);
                yield NextHeader.end(DecodeOutcome.UNDECODABLE_GRE_VERSION);
            }
        };
    }

    private static int decodeVersion0(int flags, int protocolType, Frame frame, PacketView view) {
        if (protocolType == KEEP_ALIVE) {
            return Tunnels.NONE;
        }
        int keyAt = LENGTH + ((flags & FLAG_CHECKSUM) != 0 ? FIELD_LENGTH : 0);
        int sequenceAt = keyAt + ((flags & FLAG_KEY) != 0 ? FIELD_LENGTH : 0);
        int length = sequenceAt + ((flags & FLAG_SEQUENCE) != 0 ? FIELD_LENGTH : 0);
        boolean keyed = (flags & FLAG_KEY) != 0 && frame.captured(length);
        view.enterTunnel(
                PacketTunnel.GRE,
                keyed ? uint32(frame.bytes, frame.position + keyAt) : PacketView.NO_TUNNEL_ID);
        if ((flags & FLAG_ROUTING) != 0) {
            return NextHeader.end(DecodeOutcome.UNDECODABLE_GRE_ROUTING);
        }
        if (!frame.captured(length)) {
            return NextHeader.missing(frame, length, DecodeOutcome.UNDECODABLE_GRE);
        }
        frame.position += length;
        return switch (protocolType) {
            case ErspanHeader.PROTOCOL_TYPE ->
                    (flags & FLAG_SEQUENCE) != 0
                            ? ErspanHeader.decodeType2(frame, view)
                            : ErspanHeader.decodeType1(view);
            case ErspanHeader.PROTOCOL_TYPE_3 -> ErspanHeader.decodeType3(frame, view);
            case WCCP -> decodeRedirect(frame);
            default -> NextHeader.etherType(protocolType);
        };
    }

    private static int decodePptp(int flags, int protocolType, Frame frame, PacketView view) {
        if ((flags & FLAG_SEQUENCE) == 0 || protocolType != PPP) {
            return Tunnels.NONE;
        }
        int length =
                PPTP_LENGTH
                        + FIELD_LENGTH
                        + ((flags & FLAG_ACKNOWLEDGEMENT) != 0 ? FIELD_LENGTH : 0);
        boolean whole = frame.captured(length);
        view.enterTunnel(
                PacketTunnel.GRE,
                whole ? uint16(frame.bytes, frame.position + CALL_ID) : PacketView.NO_TUNNEL_ID);
        if (!whole) {
            return NextHeader.missing(frame, length, DecodeOutcome.UNDECODABLE_GRE);
        }
        frame.position += length;
        return NextHeader.etherType(PPP);
    }

    /**
     * Web cache redirection: version 2 has a header of 4 bytes before the IPv4 packet, version 1
     * none. The header begins with flags of which the uppermost 4 bits never are a 4.
     */
    private static int decodeRedirect(Frame frame) {
        if (!frame.captured(FIELD_LENGTH)) {
            return NextHeader.missing(frame, FIELD_LENGTH, DecodeOutcome.UNDECODABLE_GRE);
        }
        if (uint8(frame.bytes, frame.position) >>> 4 != 4) {
            frame.position += FIELD_LENGTH;
        }
        return NextHeader.etherType(InnerTypes.IPV4);
    }
}
