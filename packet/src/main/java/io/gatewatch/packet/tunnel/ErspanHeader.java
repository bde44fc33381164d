package io.gatewatch.packet.tunnel;

import static io.gatewatch.packet.buffer.NetworkBytes.uint16;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.PacketTunnel;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;

/**
 * The header of a mirrored frame in GRE (draft-foschiano-erspan): type I has none and no GRE
 * sequence number, type II has 8 bytes, type III 12 and perhaps a subheader of 8. The VLAN that it
 * states is that of the mirror's port and not taken over. The frame is Ethernet, but for type III
 * where it may be a packet.
 */
final class ErspanHeader {
    // Layout
    //   0                   2                        4         8                12
    //   +-------------------+------------------------+---------+----------------+-----------+
    //   | version 4 VLAN 12 | COS 3 .. T 1 session 10| index / | security group,| subheader |
    //   |                   |                        | time    | P FT 5 ... O 1 | if O      |
    //   +-------------------+------------------------+---------+----------------+-----------+
    //                                                          | type III alone
    static final int PROTOCOL_TYPE = 0x88BE;
    static final int PROTOCOL_TYPE_3 = 0x22EB;

    private static final int VERSION = 0;
    private static final int SESSION = 2;
    private static final int LENGTH_2 = 8;
    private static final int FLAGS_3 = 10;
    private static final int LENGTH_3 = 12;
    private static final int SUBHEADER_LENGTH = 8;

    private static final int SESSION_MASK = 0x3FF;
    private static final int FRAME_TYPE_SHIFT = 10;
    private static final int FRAME_TYPE_MASK = 0x1F;
    private static final int FRAME_TYPE_ETHERNET = 0;
    private static final int FRAME_TYPE_IP = 2;
    private static final int FLAG_SUBHEADER = 0x01;

    private ErspanHeader() {}

    static int decodeType1(PacketView view) {
        view.enterTunnel(PacketTunnel.ERSPAN, PacketView.NO_TUNNEL_ID);
        return NextHeader.etherType(InnerTypes.ETHERNET);
    }

    static int decodeType2(Frame frame, PacketView view) {
        if (!frame.captured(LENGTH_2)) {
            return NextHeader.missing(frame, LENGTH_2, DecodeOutcome.UNDECODABLE_ERSPAN);
        }
        if (version(frame) != 1) {
            return NextHeader.end(DecodeOutcome.UNDECODABLE_ERSPAN_VERSION);
        }
        view.enterTunnel(PacketTunnel.ERSPAN, session(frame));
        frame.position += LENGTH_2;
        return NextHeader.etherType(InnerTypes.ETHERNET);
    }

    static int decodeType3(Frame frame, PacketView view) {
        if (!frame.captured(LENGTH_3)) {
            return NextHeader.missing(frame, LENGTH_3, DecodeOutcome.UNDECODABLE_ERSPAN);
        }
        if (version(frame) != 2) {
            return NextHeader.end(DecodeOutcome.UNDECODABLE_ERSPAN_VERSION);
        }
        int flags = uint16(frame.bytes, frame.position + FLAGS_3);
        int length = LENGTH_3 + ((flags & FLAG_SUBHEADER) != 0 ? SUBHEADER_LENGTH : 0);
        if (!frame.captured(length + 1)) {
            return NextHeader.missing(frame, length + 1, DecodeOutcome.UNDECODABLE_ERSPAN);
        }
        view.enterTunnel(PacketTunnel.ERSPAN, session(frame));
        frame.position += length;
        return switch (flags >>> FRAME_TYPE_SHIFT & FRAME_TYPE_MASK) {
            case FRAME_TYPE_ETHERNET -> NextHeader.etherType(InnerTypes.ETHERNET);
            case FRAME_TYPE_IP ->
                    NextHeader.etherType(
                            frame.bytes[frame.position] >>> 4 == 6
                                    ? InnerTypes.IPV6
                                    : InnerTypes.IPV4);
            default -> NextHeader.end(DecodeOutcome.IGNORED_NOT_IP);
        };
    }

    private static int version(Frame frame) {
        return uint16(frame.bytes, frame.position + VERSION) >>> 12;
    }

    private static int session(Frame frame) {
        return uint16(frame.bytes, frame.position + SESSION) & SESSION_MASK;
    }
}
