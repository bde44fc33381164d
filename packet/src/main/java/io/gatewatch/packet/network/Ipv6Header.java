package io.gatewatch.packet.network;

import static io.gatewatch.packet.buffer.NetworkBytes.int64;
import static io.gatewatch.packet.buffer.NetworkBytes.uint16;
import static io.gatewatch.packet.buffer.NetworkBytes.uint8;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.PacketAnomaly;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;

/**
 * The IPv6 header (RFC 8200, section 3). The payload length decides where the packet ends, with the
 * same trust as in {@link Ipv4Header}. A payload length of 0 is segmentation offload, unless a
 * Jumbo Payload option gives the length ({@link HopByHopOptions}).
 */
public final class Ipv6Header {
    // Layout
    //    0       4               12              16              24       31
    //   +-------+---------------+---------------------------------------+
    //   |version| traffic class |              flow label               |  0
    //   +-------+---------------+-------+---------------+---------------+
    //   |        payload length         |  next header  |   hop limit   |  4
    //   +-------------------------------+---------------+---------------+
    //   |                   source address, 16 bytes                    |  8
    //   +---------------------------------------------------------------+
    //   |                 destination address, 16 bytes                 | 24
    //   +---------------------------------------------------------------+
    private static final int VERSION_CLASS = 0;
    private static final int PAYLOAD_LENGTH = 4;
    private static final int NEXT_HEADER = 6;
    private static final int SOURCE = 8;
    private static final int DESTINATION = 24;
    static final int LENGTH = 40;

    private static final int VERSION = 6;

    private Ipv6Header() {}

    public static int decode(Frame frame, PacketView view) {
        // Check
        byte[] bytes = frame.bytes;
        int at = frame.position;
        if (!frame.captured(LENGTH)) {
            return NextHeader.missing(frame, LENGTH, DecodeOutcome.UNDECODABLE_IPV6);
        }
        if (uint8(bytes, at + VERSION_CLASS) >>> 4 != VERSION) {
            return NextHeader.end(DecodeOutcome.UNDECODABLE_IPV6_VERSION);
        }

        // Accessors
        view.ipVersion = VERSION;
        view.sourceHigh = int64(bytes, at + SOURCE);
        view.sourceLow = int64(bytes, at + SOURCE + Long.BYTES);
        view.destinationHigh = int64(bytes, at + DESTINATION);
        view.destinationLow = int64(bytes, at + DESTINATION + Long.BYTES);
        int payloadLength = uint16(bytes, at + PAYLOAD_LENGTH);
        int nextHeader = uint8(bytes, at + NEXT_HEADER);

        // Meaning
        frame.position = at + LENGTH;
        end(frame, view, payloadLength);
        return NextHeader.ipProtocol(nextHeader);
    }

    private static void end(Frame frame, PacketView view, int payloadLength) {
        int onWire = frame.wireRemaining();
        if (payloadLength == 0 && onWire > 0) {
            view.add(PacketAnomaly.IP_LENGTH_ZERO);
            view.ipLength = LENGTH + onWire;
            return;
        }
        if (payloadLength > onWire) {
            view.add(PacketAnomaly.IP_LENGTH_EXCEEDS_FRAME);
        }
        view.ipLength = LENGTH + payloadLength;
        frame.endAfter(payloadLength);
    }
}
