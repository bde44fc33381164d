package io.gatewatch.packet.network;

import static io.gatewatch.packet.buffer.NetworkBytes.uint8;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.buffer.Frame;

/**
 * The IP authentication header (RFC 4302, section 2), in IPv4 and IPv6: it does not encrypt, so
 * what it protects is decoded. Nothing is verified.
 */
public final class AuthenticationHeader {
    // Layout
    //   0             1               2          4       8          12
    //   +-------------+---------------+----------+-------+----------+---------------------------+
    //   | next header | length in     | reserved |  SPI  | sequence | integrity check value     |
    //   |             | words, less 2 |          |       |          |                           |
    //   +-------------+---------------+----------+-------+----------+---------------------------+
    private static final int NEXT_HEADER = 0;
    private static final int PAYLOAD_LENGTH = 1;
    private static final int MIN_LENGTH = 12;

    private AuthenticationHeader() {}

    public static int decode(Frame frame) {
        // Check
        if (!frame.captured(MIN_LENGTH)) {
            return NextHeader.missing(frame, MIN_LENGTH, DecodeOutcome.UNDECODABLE_EXTENSION);
        }
        int length = (uint8(frame.bytes, frame.position + PAYLOAD_LENGTH) + 2) << 2;
        if (length < MIN_LENGTH) {
            return NextHeader.end(DecodeOutcome.UNDECODABLE_EXTENSION);
        }
        if (!frame.captured(length)) {
            return NextHeader.missing(frame, length, DecodeOutcome.UNDECODABLE_EXTENSION);
        }
        // Meaning
        int nextHeader = uint8(frame.bytes, frame.position + NEXT_HEADER);
        frame.position += length;
        return NextHeader.ipProtocol(nextHeader);
    }
}
