package io.gatewatch.packet.network;

import static io.gatewatch.packet.buffer.NetworkBytes.uint16;
import static io.gatewatch.packet.buffer.NetworkBytes.uint32;
import static io.gatewatch.packet.buffer.NetworkBytes.uint8;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;

/**
 * The IPv6 fragment header (RFC 8200, section 4.5). An atomic fragment (RFC 6946) is a whole
 * packet.
 */
public final class FragmentHeader {
    // Layout
    //   0             1             2                     4            8
    //   +-------------+-------------+---------------------+----------------+
    //   | next header |  reserved   | offset 13 res 2 M 1 | identification |
    //   +-------------+-------------+---------------------+----------------+
    private static final int NEXT_HEADER = 0;
    private static final int OFFSET = 2;
    private static final int IDENTIFICATION = 4;
    private static final int LENGTH = 8;

    private static final int OFFSET_MASK = 0xFFF8;
    private static final int MORE_FRAGMENTS = 1;

    private FragmentHeader() {}

    public static int decode(Frame frame, PacketView view) {
        // Check
        if (!frame.captured(LENGTH)) {
            return NextHeader.missing(frame, LENGTH, DecodeOutcome.UNDECODABLE_EXTENSION);
        }
        // Accessors
        int nextHeader = uint8(frame.bytes, frame.position + NEXT_HEADER);
        int fragment = uint16(frame.bytes, frame.position + OFFSET);
        long identification = uint32(frame.bytes, frame.position + IDENTIFICATION);
        // Meaning
        frame.position += LENGTH;
        int next = NextHeader.ipProtocol(nextHeader);
        if ((fragment & (OFFSET_MASK | MORE_FRAGMENTS)) == 0) {
            return next;
        }
        return Fragment.decode(
                frame,
                view,
                identification,
                fragment & OFFSET_MASK,
                (fragment & MORE_FRAGMENTS) != 0,
                next);
    }
}
