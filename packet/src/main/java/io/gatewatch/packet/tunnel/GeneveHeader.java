package io.gatewatch.packet.tunnel;

import static io.gatewatch.packet.buffer.NetworkBytes.uint16;
import static io.gatewatch.packet.buffer.NetworkBytes.uint32;
import static io.gatewatch.packet.buffer.NetworkBytes.uint8;

import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.PacketTunnel;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;

/**
 * The GENEVE header (RFC 8926, section 3.4). Options are passed over, critical ones too: they
 * concern whoever ends the tunnel. Control messages carry no packet.
 */
final class GeneveHeader {
    // Layout
    //   0          1            2               4                     7          8
    //   +----------+------------+---------------+---------------------+----------+-----------+
    //   | version 2| O C res    | protocol type | network identifier  | reserved |  options  |
    //   | length  6|            |               |                     |          |           |
    //   +----------+------------+---------------+---------------------+----------+-----------+
    private static final int VERSION_LENGTH = 0;
    private static final int FLAGS = 1;
    private static final int PROTOCOL_TYPE = 2;
    private static final int NETWORK = 4;
    private static final int LENGTH = 8;

    private static final int OPTIONS_LENGTH_MASK = 0x3F;
    private static final int FLAG_CONTROL = 0x80;
    private static final int RESERVED_FLAGS = 0x3F;

    private GeneveHeader() {}

    static int decode(Frame frame, PacketView view) {
        // Check
        byte[] bytes = frame.bytes;
        int at = frame.position;
        if (!frame.captured(LENGTH)) {
            return Tunnels.NONE;
        }
        int versionAndLength = uint8(bytes, at + VERSION_LENGTH);
        int length = LENGTH + ((versionAndLength & OPTIONS_LENGTH_MASK) << 2);
        boolean known = versionAndLength >>> 6 == 0;
        int flags = uint8(bytes, at + FLAGS);
        if (!known || (flags & (FLAG_CONTROL | RESERVED_FLAGS)) != 0 || !frame.captured(length)) {
            return Tunnels.NONE;
        }
        // Meaning
        view.enterTunnel(PacketTunnel.GENEVE, uint32(bytes, at + NETWORK) >>> 8);
        frame.position = at + length;
        return NextHeader.etherType(uint16(bytes, at + PROTOCOL_TYPE));
    }
}
