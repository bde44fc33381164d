package io.gatewatch.packet.transport;

import static io.gatewatch.packet.buffer.NetworkBytes.uint16;
import static io.gatewatch.packet.buffer.NetworkBytes.uint8;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.PacketAnomaly;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;

/**
 * Transport headers of which the ports count and the length: SCTP (RFC 9260, section 3.1), whose
 * chunks are payload here, DCCP (RFC 4340, section 5.1) with its options, UDP-Lite (RFC 3828,
 * section 3.1), which has a checksum coverage in place of a length.
 */
public final class PortsHeader {
    // Layout, common part
    //   0             2                  4
    //   +-------------+------------------+-----------------
    //   | source port | destination port |  DCCP: data offset in words
    //   +-------------+------------------+-----------------
    private static final int SOURCE_PORT = 0;
    private static final int DESTINATION_PORT = 2;
    private static final int DCCP_DATA_OFFSET = 4;

    private static final int SCTP_LENGTH = 12;
    private static final int DCCP_MIN_LENGTH = 12;
    private static final int UDP_LITE_LENGTH = 8;

    /** The ports. */
    private static final int NEEDED = 4;

    private PortsHeader() {}

    public static int decodeSctp(Frame frame, PacketView view) {
        return decode(frame, view, SCTP_LENGTH);
    }

    public static int decodeUdpLite(Frame frame, PacketView view) {
        return decode(frame, view, UDP_LITE_LENGTH);
    }

    /** A data offset that cannot be is read as the least one: it places nothing else. */
    public static int decodeDccp(Frame frame, PacketView view) {
        int length = DCCP_MIN_LENGTH;
        if (frame.captured(DCCP_DATA_OFFSET + 1)) {
            int stated = uint8(frame.bytes, frame.position + DCCP_DATA_OFFSET) << 2;
            if (stated > length && stated <= frame.wireRemaining()) {
                length = stated;
            }
        }
        return decode(frame, view, length);
    }

    private static int decode(Frame frame, PacketView view, int length) {
        if (!frame.captured(NEEDED) || frame.wireRemaining() < length) {
            return NextHeader.missing(frame, length, DecodeOutcome.UNDECODABLE_TRANSPORT);
        }
        view.sourcePort = uint16(frame.bytes, frame.position + SOURCE_PORT);
        view.destinationPort = uint16(frame.bytes, frame.position + DESTINATION_PORT);
        if (!frame.captured(length)) {
            view.add(PacketAnomaly.SNAPPED_HEADER);
        }
        return Payload.behind(frame, view, length, frame.wireRemaining() - length);
    }
}
