package io.gatewatch.packet.tunnel;

import static io.gatewatch.packet.buffer.NetworkBytes.uint16;
import static io.gatewatch.packet.buffer.NetworkBytes.uint8;

import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.PacketTunnel;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;

/**
 * What Teredo puts before an IPv6 packet in UDP (RFC 4380, section 5.1.1): nothing, an
 * authentication, an origin indication, or both. Since there is no header otherwise, the packet has
 * to be IPv6 and to fill the datagram exactly. Peers that talk to each other without port 3544 are
 * not recognised.
 */
final class TeredoHeaders {
    // Layout of the authentication
    //   0     1     2           3           4
    //   +-----+-----+-----------+-----------+-----------+---------------+--------+---------+
    //   |  0  |  1  | id length | au length | client id | authenticator | nonce  | confirm |
    //   +-----+-----+-----------+-----------+-----------+---------------+--------+---------+
    //                                                                     8        1
    // Layout of the origin indication
    //   0     1     2           4           8
    //   +-----+-----+-----------+-----------+
    //   |  0  |  0  |   port    |  address  |
    //   +-----+-----+-----------+-----------+
    private static final int AUTHENTICATION = 1;
    private static final int AUTHENTICATION_ID_LENGTH = 2;
    private static final int AUTHENTICATION_VALUE_LENGTH = 3;
    private static final int AUTHENTICATION_LENGTH = 4 + 8 + 1;
    private static final int ORIGIN = 0;
    private static final int ORIGIN_LENGTH = 8;

    private static final int IPV6_LENGTH = 40;
    private static final int IPV6_PAYLOAD_LENGTH = 4;
    private static final int IPV6_VERSION = 6;

    private TeredoHeaders() {}

    static int decode(Frame frame, PacketView view) {
        // Check
        int length = 0;
        if (hasIndicator(frame, length, AUTHENTICATION)) {
            length += authenticationLength(frame);
        }
        if (hasIndicator(frame, length, ORIGIN)) {
            length += ORIGIN_LENGTH;
        }
        if (!frame.captured(length + IPV6_LENGTH)) {
            return Tunnels.NONE;
        }
        int packetAt = frame.position + length;
        int packetLength = IPV6_LENGTH + uint16(frame.bytes, packetAt + IPV6_PAYLOAD_LENGTH);
        if (uint8(frame.bytes, packetAt) >>> 4 != IPV6_VERSION
                || packetLength != frame.wireRemaining() - length) {
            return Tunnels.NONE;
        }
        // Meaning
        view.enterTunnel(PacketTunnel.TEREDO, PacketView.NO_TUNNEL_ID);
        frame.position = packetAt;
        return NextHeader.etherType(InnerTypes.IPV6);
    }

    private static boolean hasIndicator(Frame frame, int at, int indicator) {
        return frame.captured(at + 4) && uint16(frame.bytes, frame.position + at) == indicator;
    }

    private static int authenticationLength(Frame frame) {
        return AUTHENTICATION_LENGTH
                + uint8(frame.bytes, frame.position + AUTHENTICATION_ID_LENGTH)
                + uint8(frame.bytes, frame.position + AUTHENTICATION_VALUE_LENGTH);
    }
}
