package io.gatewatch.packet.link;

import static io.gatewatch.packet.buffer.NetworkBytes.uint16;
import static io.gatewatch.packet.buffer.NetworkBytes.uint48;
import static io.gatewatch.packet.buffer.NetworkBytes.uint8;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;

/**
 * The 802.11 MAC header of data frames (IEEE 802.11-2020, 9.2.4 and 9.3.2; LINKTYPE_IEEE802_11): an
 * LLC header follows. Addresses are those of the two ends of the bridged way, not of the radio
 * link. An A-MSDU (9.3.2.2) holds several frames, each with its addresses. Not looked at:
 * management and control frames, frames without data, encrypted frames, fragments behind the first;
 * mesh headers are not known.
 */
final class WifiLink {
    // Layout; address 4 between two access points, QoS and HT control as the first bytes say
    //   0        1       2          4           10          16          22         24
    //
    // +--------+-------+----------+-----------+-----------+-----------+----------+----------------
    //   | type   | flags | duration | address 1 | address 2 | address 3 | sequence | 4  QoS  HT
    //
    // +--------+-------+----------+-----------+-----------+-----------+----------+----------------
    private static final int TYPE = 0;
    private static final int FLAGS = 1;
    private static final int ADDRESS_1 = 4;
    private static final int ADDRESS_2 = 10;
    private static final int ADDRESS_3 = 16;
    private static final int SEQUENCE = 22;
    private static final int LENGTH = 24;
    private static final int ADDRESS_LENGTH = 6;
    private static final int QOS_LENGTH = 2;
    private static final int HT_CONTROL_LENGTH = 4;

    // Bits of the two first bytes; sequence and QoS are little endian, so that the lower byte is
    // first
    private static final int VERSION_AND_TYPE_MASK = 0x0F;
    private static final int DATA_OF_VERSION_0 = 0x08;
    private static final int SUBTYPE_NO_DATA = 0x40;
    private static final int SUBTYPE_QOS = 0x80;
    private static final int TO_ACCESS_POINT = 0x01;
    private static final int FROM_ACCESS_POINT = 0x02;
    private static final int PROTECTED = 0x40;
    private static final int ORDER = 0x80;
    private static final int FRAGMENT_NUMBER_MASK = 0x0F;
    private static final int QOS_AGGREGATED = 0x80;

    // Layout of a frame in an A-MSDU
    //   0             6        12       14
    //   +-------------+--------+--------+-----
    //   | destination | source | length | LLC
    //   +-------------+--------+--------+-----
    private static final int INNER_DESTINATION = 0;
    private static final int INNER_SOURCE = 6;
    private static final int INNER_FRAME_LENGTH = 12;
    private static final int INNER_LENGTH = 14;

    private WifiLink() {}

    static int decode(Frame frame, PacketView view) {
        return decode(frame, view, false);
    }

    /**
     * @param padded the header was filled up to a multiple of four bytes, as some receivers do
     */
    static int decode(Frame frame, PacketView view, boolean padded) {
        // Check
        if (!frame.captured(2)) {
            return NextHeader.missing(frame, 2, DecodeOutcome.UNDECODABLE_LINK);
        }
        byte[] bytes = frame.bytes;
        int at = frame.position;
        int type = uint8(bytes, at + TYPE);
        int flags = uint8(bytes, at + FLAGS);
        if ((type & VERSION_AND_TYPE_MASK) != DATA_OF_VERSION_0 || (type & SUBTYPE_NO_DATA) != 0) {
            return NextHeader.end(DecodeOutcome.IGNORED_WIFI);
        }
        if ((flags & PROTECTED) != 0) {
            return NextHeader.end(DecodeOutcome.IGNORED_WIFI_PROTECTED);
        }
        int length = headerLength(type, flags);
        int paddedLength = padded ? length + 3 & ~3 : length;
        if (!frame.captured(paddedLength)) {
            return NextHeader.missing(frame, paddedLength, DecodeOutcome.UNDECODABLE_LINK);
        }

        // Accessors
        view.destinationMac = uint48(bytes, at + destination(flags));
        view.sourceMac = uint48(bytes, at + source(flags));
        int fragmentNumber = uint8(bytes, at + SEQUENCE) & FRAGMENT_NUMBER_MASK;
        boolean aggregated =
                (type & SUBTYPE_QOS) != 0
                        && (uint8(bytes, at + qosOffset(flags)) & QOS_AGGREGATED) != 0;

        // Meaning
        if (fragmentNumber != 0) {
            return NextHeader.end(DecodeOutcome.IGNORED_WIFI_FRAGMENT);
        }
        frame.position = at + paddedLength;
        return aggregated ? decodeAggregated(frame, view) : NextHeader.LLC;
    }

    private static int headerLength(int type, int flags) {
        if ((type & SUBTYPE_QOS) == 0) {
            return qosOffset(flags);
        }
        int qosEnd = qosOffset(flags) + QOS_LENGTH;
        return (flags & ORDER) != 0 ? qosEnd + HT_CONTROL_LENGTH : qosEnd;
    }

    private static int qosOffset(int flags) {
        return isBetweenAccessPoints(flags) ? LENGTH + ADDRESS_LENGTH : LENGTH;
    }

    private static boolean isBetweenAccessPoints(int flags) {
        return (flags & (TO_ACCESS_POINT | FROM_ACCESS_POINT))
                == (TO_ACCESS_POINT | FROM_ACCESS_POINT);
    }

    private static int destination(int flags) {
        return (flags & TO_ACCESS_POINT) != 0 ? ADDRESS_3 : ADDRESS_1;
    }

    private static int source(int flags) {
        if ((flags & FROM_ACCESS_POINT) == 0) {
            return ADDRESS_2;
        }
        return isBetweenAccessPoints(flags) ? LENGTH : ADDRESS_3; // the fourth is behind the rest
    }

    /** One frame of an A-MSDU; the one behind it is kept as the next. */
    static int decodeAggregated(Frame frame, PacketView view) {
        // Check
        if (!frame.captured(INNER_LENGTH)) {
            return NextHeader.missing(frame, INNER_LENGTH, DecodeOutcome.UNDECODABLE_LINK);
        }
        // Accessors
        byte[] bytes = frame.bytes;
        int at = frame.position;
        view.destinationMac = uint48(bytes, at + INNER_DESTINATION);
        view.sourceMac = uint48(bytes, at + INNER_SOURCE);
        int length = uint16(bytes, at + INNER_FRAME_LENGTH);
        // Meaning
        frame.position = at + INNER_LENGTH;
        int next = at + (INNER_LENGTH + length + 3 & ~3); // filled up, except for the last
        if (frame.wireEnd - next >= INNER_LENGTH) {
            frame.keepNext(next);
        }
        frame.limit(length);
        return NextHeader.LLC;
    }
}
