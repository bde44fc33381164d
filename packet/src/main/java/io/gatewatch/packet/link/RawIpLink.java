package io.gatewatch.packet.link;

import static io.gatewatch.packet.buffer.NetworkBytes.uint8;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.buffer.Frame;

/**
 * No link header at all: the frame begins with an IP header, whose first four bits say which
 * (LINKTYPE_RAW, and the values that systems use for DLT_RAW).
 */
final class RawIpLink {
    private RawIpLink() {}

    static int decode(Frame frame) {
        if (!frame.captured(1)) {
            return NextHeader.missing(frame, 1, DecodeOutcome.UNDECODABLE_LINK);
        }
        return switch (uint8(frame.bytes, frame.position) >>> 4) {
            case 4 -> NextHeader.IPV4;
            case 6 -> NextHeader.IPV6;
            default -> NextHeader.end(DecodeOutcome.UNDECODABLE_IP_VERSION);
        };
    }
}
