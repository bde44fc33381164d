package io.gatewatch.packet.tunnel;

import static io.gatewatch.packet.buffer.NetworkBytes.uint32;
import static io.gatewatch.packet.buffer.NetworkBytes.uint8;

import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.PacketTunnel;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;

/**
 * The VXLAN header (RFC 7348, section 5), with an Ethernet frame behind it. The flag that says that
 * there is a network identifier has to be set, and none but that of the group policy extension
 * beside it.
 */
final class VxlanHeader {
    // Layout
    //   0         1                4                     7          8
    //   +---------+----------------+---------------------+----------+
    //   |  flags  |    reserved    | network identifier  | reserved |
    //   +---------+----------------+---------------------+----------+
    private static final int FLAGS = 0;
    private static final int NETWORK = 4;
    private static final int LENGTH = 8;

    private static final int FLAG_NETWORK = 0x08;
    private static final int FLAG_GROUP_POLICY = 0x80;

    private VxlanHeader() {}

    static int decode(Frame frame, PacketView view) {
        // Check
        if (!frame.captured(LENGTH)) {
            return Tunnels.NONE;
        }
        int flags = uint8(frame.bytes, frame.position + FLAGS);
        if ((flags & ~FLAG_GROUP_POLICY) != FLAG_NETWORK) {
            return Tunnels.NONE;
        }
        // Meaning
        long network = uint32(frame.bytes, frame.position + NETWORK) >>> 8;
        view.enterTunnel(PacketTunnel.VXLAN, network);
        frame.position += LENGTH;
        return NextHeader.etherType(InnerTypes.ETHERNET);
    }
}
