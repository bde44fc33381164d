package io.gatewatch.packet.transport;

import static io.gatewatch.packet.buffer.NetworkBytes.uint16;
import static io.gatewatch.packet.buffer.NetworkBytes.uint8;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.PacketAnomaly;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;

/**
 * The header of ICMP (RFC 792) and ICMPv6 (RFC 4443, section 2.1). Type and code stand in for ports
 * as in Community ID version 1: a request and its reply are one flow, with each side's type as its
 * port; any other message is a flow of one direction, from its type to its code. The four bytes
 * that most messages have behind the checksum count as header.
 */
public final class IcmpHeader {
    // Layout
    //   0      1      2          4             8
    //   +------+------+----------+-------------+
    //   | type | code | checksum | by type     |
    //   +------+------+----------+-------------+
    private static final int TYPE = 0;
    private static final int CODE = 1;
    private static final int CHECKSUM = 2;
    private static final int MIN_LENGTH = 4;
    private static final int LENGTH = 8;

    /** Type and code. */
    private static final int NEEDED = 2;

    private static final int NO_COUNTERPART = -1;

    private IcmpHeader() {}

    public static int decodeIcmp(Frame frame, PacketView view) {
        return decode(frame, view, false);
    }

    public static int decodeIcmpv6(Frame frame, PacketView view) {
        return decode(frame, view, true);
    }

    private static int decode(Frame frame, PacketView view, boolean icmpv6) {
        // Check
        if (!frame.captured(NEEDED) || frame.wireRemaining() < MIN_LENGTH) {
            return NextHeader.missing(frame, MIN_LENGTH, DecodeOutcome.UNDECODABLE_ICMP);
        }
        // Accessors
        byte[] bytes = frame.bytes;
        int at = frame.position;
        int type = uint8(bytes, at + TYPE);
        int code = uint8(bytes, at + CODE);
        int headerLength = Math.min(LENGTH, frame.wireRemaining());
        if (frame.captured(MIN_LENGTH)) {
            view.transportChecksum = uint16(bytes, at + CHECKSUM);
        }
        if (!frame.captured(headerLength)) {
            view.add(PacketAnomaly.SNAPPED_HEADER);
        }
        // Meaning
        int counterpart = icmpv6 ? counterpartOfIcmpv6(type) : counterpartOfIcmp(type);
        view.sourcePort = type;
        view.oneWay = counterpart == NO_COUNTERPART;
        view.destinationPort = view.oneWay ? code : counterpart;
        return Payload.behind(frame, view, headerLength, frame.wireRemaining() - headerLength);
    }

    private static int counterpartOfIcmp(int type) {
        return switch (type) {
            case 0 -> 8; // echo reply, echo
            case 8 -> 0;
            case 9 -> 10; // router advertisement, solicitation
            case 10 -> 9;
            case 13 -> 14; // timestamp, reply
            case 14 -> 13;
            case 15 -> 16; // information request, reply
            case 16 -> 15;
            case 17 -> 18; // address mask request, reply
            case 18 -> 17;
            default -> NO_COUNTERPART;
        };
    }

    private static int counterpartOfIcmpv6(int type) {
        return switch (type) {
            case 128 -> 129; // echo request, reply
            case 129 -> 128;
            case 130 -> 131; // multicast listener query, report
            case 131 -> 130;
            case 133 -> 134; // router solicitation, advertisement
            case 134 -> 133;
            case 135 -> 136; // neighbor solicitation, advertisement
            case 136 -> 135;
            case 139 -> 140; // node information query, response
            case 140 -> 139;
            case 144 -> 145; // home agent address discovery request, reply
            case 145 -> 144;
            default -> NO_COUNTERPART;
        };
    }
}
