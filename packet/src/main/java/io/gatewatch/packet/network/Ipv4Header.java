package io.gatewatch.packet.network;

import static io.gatewatch.packet.buffer.NetworkBytes.uint16;
import static io.gatewatch.packet.buffer.NetworkBytes.uint32;
import static io.gatewatch.packet.buffer.NetworkBytes.uint8;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.PacketAnomaly;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;
import io.gatewatch.packet.buffer.TypeLengthOptions;

/**
 * The IPv4 header (RFC 791, section 3.1). The total length decides where the packet ends: what the
 * frame holds behind it is padding. A total length of 0 is segmentation offload, the packet then
 * takes what the frame had on the wire. A total length beyond the frame is believed (packet brokers
 * slice frames) and marked. Options are walked for their form alone; the checksum is not verified.
 */
public final class Ipv4Header {
    // Layout
    //    0       4       8               16    19                      31
    //   +-------+-------+---------------+-----+------------------------+
    //   |version|  IHL  |      TOS      |         total length         |  0
    //   +-------+-------+---------------+-----+------------------------+
    //   |        identification         |flags|    fragment offset     |  4
    //   +---------------+---------------+-----+------------------------+
    //   | time to live  |   protocol    |       header checksum        |  8
    //   +---------------+---------------+------------------------------+
    //   |                        source address                        | 12
    //   +--------------------------------------------------------------+
    //   |                      destination address                     | 16
    //   +--------------------------------------------------------------+
    //   |                      options, IHL above 5                    | 20
    //   +--------------------------------------------------------------+
    private static final int VERSION_IHL = 0;
    private static final int TOTAL_LENGTH = 2;
    private static final int IDENTIFICATION = 4;
    private static final int FRAGMENT = 6;
    private static final int PROTOCOL = 9;
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;
    private static final int MIN_LENGTH = 20;

    private static final int VERSION = 4;
    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int FRAGMENT_OFFSET_MASK = 0x1FFF;

    private Ipv4Header() {}

    public static int decode(Frame frame, PacketView view) {
        // Check
        byte[] bytes = frame.bytes;
        int at = frame.position;
        if (!frame.captured(MIN_LENGTH)) {
            return NextHeader.missing(frame, MIN_LENGTH, DecodeOutcome.UNDECODABLE_IPV4);
        }
        int versionAndLength = uint8(bytes, at + VERSION_IHL);
        if (versionAndLength >>> 4 != VERSION) {
            return NextHeader.end(DecodeOutcome.UNDECODABLE_IPV4_VERSION);
        }
        int headerLength = (versionAndLength & 0x0F) << 2;
        if (headerLength < MIN_LENGTH) {
            return NextHeader.end(DecodeOutcome.UNDECODABLE_IPV4_HEADER_LENGTH);
        }
        if (!frame.captured(headerLength)) {
            return NextHeader.missing(frame, headerLength, DecodeOutcome.UNDECODABLE_IPV4);
        }
        int totalLength = totalLength(frame, view);
        if (totalLength < headerLength) {
            return NextHeader.end(DecodeOutcome.UNDECODABLE_IPV4_TOTAL_LENGTH);
        }

        // Accessors
        view.ipVersion = VERSION;
        view.ipLength = totalLength;
        view.ipIdentification = uint16(bytes, at + IDENTIFICATION);
        view.sourceHigh = 0;
        view.sourceLow = uint32(bytes, at + SOURCE);
        view.destinationHigh = 0;
        view.destinationLow = uint32(bytes, at + DESTINATION);
        int protocol = uint8(bytes, at + PROTOCOL);
        int fragment = uint16(bytes, at + FRAGMENT);

        // Meaning
        frame.endAfter(totalLength);
        if (headerLength > MIN_LENGTH
                && !TypeLengthOptions.wellFormed(
                        bytes, at + MIN_LENGTH, at + headerLength, at + headerLength)) {
            view.add(PacketAnomaly.IPV4_OPTIONS_BAD);
        }
        frame.position = at + headerLength;
        int next = NextHeader.ipProtocol(protocol);
        if ((fragment & (MORE_FRAGMENTS | FRAGMENT_OFFSET_MASK)) == 0) {
            return next;
        }
        return Fragment.decode(
                frame,
                view,
                view.ipIdentification,
                (fragment & FRAGMENT_OFFSET_MASK) << 3,
                (fragment & MORE_FRAGMENTS) != 0,
                next);
    }

    private static int totalLength(Frame frame, PacketView view) {
        int stated = uint16(frame.bytes, frame.position + TOTAL_LENGTH);
        if (stated == 0) {
            view.add(PacketAnomaly.IP_LENGTH_ZERO);
            return frame.wireRemaining();
        }
        if (stated > frame.wireRemaining()) {
            view.add(PacketAnomaly.IP_LENGTH_EXCEEDS_FRAME);
        }
        return stated;
    }
}
