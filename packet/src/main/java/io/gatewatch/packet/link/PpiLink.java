package io.gatewatch.packet.link;

import static io.gatewatch.packet.buffer.LittleEndianBytes.uint16;
import static io.gatewatch.packet.buffer.LittleEndianBytes.uint32;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.buffer.Frame;

/**
 * The Per-Packet Information header (CACE Technologies, PPI version 1.0.7; LINKTYPE_PPI), little
 * endian: it names the link type of the frame behind it. Of its fields only the flags of
 * "802.11-Common" matter: whether a frame check sequence is at the end, and was wrong.
 */
final class PpiLink {
    // Layout
    //   0         1       2        4           8
    //   +---------+-------+--------+-----------+--------
    //   | version | flags | length | link type | fields
    //   +---------+-------+--------+-----------+--------
    private static final int HEADER_LENGTH = 2;
    private static final int LINK_TYPE = 4;
    private static final int LENGTH = 8;

    // Layout of a field
    //   0      2        4
    //   +------+--------+------
    //   | type | length | data
    //   +------+--------+------
    private static final int FIELD_LENGTH = 2;
    private static final int FIELD_DATA = 4;
    private static final int FIELD_80211_COMMON = 2;
    private static final int COMMON_FLAGS = 8;
    private static final int COMMON_LENGTH = 20;

    private static final int FLAG_ALIGNED = 0x01;
    private static final int FLAG_CHECKSUM_AT_END = 0x01;
    private static final int FLAG_BAD_CHECKSUM = 0x04;
    private static final int CHECKSUM_LENGTH = 4;

    private PpiLink() {}

    static int decode(Frame frame) {
        // Check
        if (!frame.captured(LENGTH)) {
            return NextHeader.missing(frame, LENGTH, DecodeOutcome.UNDECODABLE_LINK);
        }
        byte[] bytes = frame.bytes;
        int at = frame.position;
        int headerLength = uint16(bytes, at + HEADER_LENGTH);
        if (headerLength < LENGTH) {
            return NextHeader.end(DecodeOutcome.UNDECODABLE_LINK_LENGTH);
        }
        if (!frame.captured(headerLength)) {
            return NextHeader.missing(frame, headerLength, DecodeOutcome.UNDECODABLE_LINK);
        }
        // Accessors
        long linkType = uint32(bytes, at + LINK_TYPE);
        int flags = linkType == LinkTypes.IEEE802_11 ? flags(frame, headerLength) : 0;
        // Meaning
        if ((flags & FLAG_BAD_CHECKSUM) != 0) {
            return NextHeader.end(DecodeOutcome.UNDECODABLE_WIFI_CHECKSUM);
        }
        frame.position = at + headerLength;
        if ((flags & FLAG_CHECKSUM_AT_END) != 0) {
            frame.limit(Math.max(0, frame.wireRemaining() - CHECKSUM_LENGTH));
        }
        return NextHeader.linkType(linkType);
    }

    /** The flags of the field "802.11-Common", 0 without one. */
    private static int flags(Frame frame, int headerLength) {
        byte[] bytes = frame.bytes;
        int at = frame.position + LENGTH;
        int end = frame.position + headerLength;
        boolean aligned = (bytes[frame.position + 1] & FLAG_ALIGNED) != 0;
        while (end - at >= FIELD_DATA + COMMON_LENGTH) {
            int length = uint16(bytes, at + FIELD_LENGTH);
            if (uint16(bytes, at) == FIELD_80211_COMMON) {
                return uint16(bytes, at + FIELD_DATA + COMMON_FLAGS);
            }
            at += FIELD_DATA + (aligned ? length + 3 & ~3 : length);
        }
        return 0;
    }
}
