package io.gatewatch.packet.network;

import static io.gatewatch.packet.buffer.NetworkBytes.uint8;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.buffer.Frame;

/**
 * An IPv6 extension header of the common form (RFC 6564, section 4): hop-by-hop options, routing,
 * destination options (RFC 8200, sections 4.3, 4.4, 4.6), mobility (RFC 6275), host identity (RFC
 * 7401), Shim6 (RFC 5533). What it holds is passed over: the destination address is the one in the
 * IPv6 header, whatever a routing header says.
 */
public final class Ipv6Extension {
    // Layout
    //   0             1             2
    //   +-------------+-------------+----------------------------+
    //   | next header |   length    | length * 8 + 6 bytes       |
    //   +-------------+-------------+----------------------------+
    static final int NEXT_HEADER = 0;
    private static final int EXTENSION_LENGTH = 1;
    static final int MIN_LENGTH = 8;

    private Ipv6Extension() {}

    public static int decode(Frame frame) {
        // Check
        if (!frame.captured(MIN_LENGTH)) {
            return NextHeader.missing(frame, MIN_LENGTH, DecodeOutcome.UNDECODABLE_EXTENSION);
        }
        int length = length(frame);
        if (!frame.captured(length)) {
            return NextHeader.missing(frame, length, DecodeOutcome.UNDECODABLE_EXTENSION);
        }
        // Meaning
        int nextHeader = uint8(frame.bytes, frame.position + NEXT_HEADER);
        frame.position += length;
        return NextHeader.ipProtocol(nextHeader);
    }

    /** Length of the whole header; its first {@link #MIN_LENGTH} bytes must be there. */
    static int length(Frame frame) {
        return MIN_LENGTH + (uint8(frame.bytes, frame.position + EXTENSION_LENGTH) << 3);
    }
}
