package io.gatewatch.packet.link;

import static io.gatewatch.packet.buffer.LittleEndianBytes.uint16;
import static io.gatewatch.packet.buffer.LittleEndianBytes.uint32;
import static io.gatewatch.packet.buffer.NetworkBytes.uint8;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;

/**
 * The radiotap header before an 802.11 frame (radiotap.org; LINKTYPE_IEEE802_11_RADIOTAP), little
 * endian. Of its fields only the flags matter: whether the frame check sequence is at the end, and
 * was wrong, and whether the 802.11 header is filled up to four bytes. A frame received with errors
 * is not looked into, since its addresses may be anything.
 */
final class RadiotapLink {
    // Layout; a presence word with bit 31 is followed by another one
    //   0         1     2        4          8
    //   +---------+-----+--------+----------+--------------------------
    //   | version | pad | length | presence | fields, in order of bits
    //   +---------+-----+--------+----------+--------------------------
    private static final int HEADER_LENGTH = 2;
    private static final int PRESENCE = 4;
    private static final int LENGTH = 8;

    private static final int PRESENT_TIME = 0x1;
    private static final int PRESENT_FLAGS = 0x2;
    private static final int TIME_LENGTH = 8;

    private static final int FLAG_CHECKSUM_AT_END = 0x10;
    private static final int FLAG_HEADER_PADDED = 0x20;
    private static final int FLAG_BAD_CHECKSUM = 0x40;
    private static final int CHECKSUM_LENGTH = 4;

    private RadiotapLink() {}

    static int decode(Frame frame, PacketView view) {
        // Check
        if (!frame.captured(LENGTH)) {
            return NextHeader.missing(frame, LENGTH, DecodeOutcome.UNDECODABLE_LINK);
        }
        int headerLength = uint16(frame.bytes, frame.position + HEADER_LENGTH);
        if (headerLength < LENGTH) {
            return NextHeader.end(DecodeOutcome.UNDECODABLE_LINK_LENGTH);
        }
        if (!frame.captured(headerLength)) {
            return NextHeader.missing(frame, headerLength, DecodeOutcome.UNDECODABLE_LINK);
        }
        // Accessors
        int flags = flags(frame, headerLength);
        // Meaning
        if ((flags & FLAG_BAD_CHECKSUM) != 0) {
            return NextHeader.end(DecodeOutcome.UNDECODABLE_WIFI_CHECKSUM);
        }
        frame.position += headerLength;
        if ((flags & FLAG_CHECKSUM_AT_END) != 0) {
            frame.limit(Math.max(0, frame.wireRemaining() - CHECKSUM_LENGTH));
        }
        return WifiLink.decode(frame, view, (flags & FLAG_HEADER_PADDED) != 0);
    }

    /** The flags, 0 without; only the time can stand before them, at a multiple of its length. */
    private static int flags(Frame frame, int headerLength) {
        byte[] bytes = frame.bytes;
        int at = frame.position;
        long presence = uint32(bytes, at + PRESENCE);
        if ((presence & PRESENT_FLAGS) == 0) {
            return 0;
        }
        int field = PRESENCE;
        while ((int) uint32(bytes, at + field) < 0) {
            field += 4;
            if (field + 4 > headerLength) {
                return 0;
            }
        }
        field += 4;
        if ((presence & PRESENT_TIME) != 0) {
            field = (field + TIME_LENGTH - 1 & -TIME_LENGTH) + TIME_LENGTH;
        }
        return field < headerLength ? uint8(bytes, at + field) : 0;
    }
}
