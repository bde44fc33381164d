package io.gatewatch.packet.transport;

import static io.gatewatch.packet.buffer.NetworkBytes.uint16;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.PacketAnomaly;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;

/**
 * The UDP header (RFC 768). The packet must have room for all of it on the wire; of a capture the
 * ports are enough. Its length says how long the payload is, within what the IP header leaves for
 * it: less is a surplus area (RFC 9868), more or below 8 is a lie, and then the IP header decides;
 * 0 is a jumbogram (RFC 2675, section 4) or segmentation offload.
 */
public final class UdpHeader {
    // Layout
    //   0             2                  4        6          8
    //   +-------------+------------------+--------+----------+
    //   | source port | destination port | length | checksum |
    //   +-------------+------------------+--------+----------+
    private static final int SOURCE_PORT = 0;
    private static final int DESTINATION_PORT = 2;
    private static final int UDP_LENGTH = 4;
    private static final int CHECKSUM = 6;
    private static final int LENGTH = 8;

    /** The ports. */
    private static final int NEEDED = 4;

    private UdpHeader() {}

    public static int decode(Frame frame, PacketView view) {
        // Check
        if (!frame.captured(NEEDED) || frame.wireRemaining() < LENGTH) {
            return NextHeader.missing(frame, LENGTH, DecodeOutcome.UNDECODABLE_UDP);
        }
        // Accessors
        byte[] bytes = frame.bytes;
        int at = frame.position;
        view.sourcePort = uint16(bytes, at + SOURCE_PORT);
        view.destinationPort = uint16(bytes, at + DESTINATION_PORT);
        int available = frame.wireRemaining();
        int length = available;
        if (frame.captured(LENGTH)) {
            length = length(uint16(bytes, at + UDP_LENGTH), available, view);
            view.transportChecksum = uint16(bytes, at + CHECKSUM);
        } else {
            view.add(PacketAnomaly.SNAPPED_HEADER);
        }
        // Meaning
        return Payload.behind(frame, view, LENGTH, length - LENGTH);
    }

    private static int length(int stated, int available, PacketView view) {
        if (stated == available || stated == 0) {
            return available;
        }
        boolean possible = stated >= LENGTH && stated < available;
        // Without an IP length to compare with, what is left over may be padding; the UDP length of
        // a first fragment is that of the whole datagram.
        boolean expected =
                possible
                        ? (view.anomalies & PacketAnomaly.IP_LENGTH_ZERO.bit()) != 0
                        : view.moreFragments && stated > available;
        if (!expected) {
            view.add(PacketAnomaly.UDP_LENGTH_MISMATCH);
        }
        return possible ? stated : available;
    }
}
