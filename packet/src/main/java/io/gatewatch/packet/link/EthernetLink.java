package io.gatewatch.packet.link;

import static io.gatewatch.packet.buffer.NetworkBytes.uint16;
import static io.gatewatch.packet.buffer.NetworkBytes.uint48;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;

/**
 * The Ethernet header (IEEE 802.3, clause 3; LINKTYPE_ETHERNET), without preamble. A trailer or a
 * frame check sequence needs no care: the IP header says where the packet ends. In place of the
 * EtherType may be a length: {@link LlcHeader}.
 */
final class EthernetLink {
    // Layout
    //   0        6        12          14
    //   +--------+--------+-----------+
    //   |   to   |  from  | EtherType |
    //   +--------+--------+-----------+
    private static final int DESTINATION = 0;
    private static final int SOURCE = 6;
    private static final int ETHER_TYPE = 12;
    private static final int LENGTH = 14;

    private EthernetLink() {}

    static int decode(Frame frame, PacketView view) {
        // Check
        if (!frame.captured(LENGTH)) {
            return NextHeader.missing(frame, LENGTH, DecodeOutcome.UNDECODABLE_LINK);
        }
        // Accessors
        byte[] bytes = frame.bytes;
        int at = frame.position;
        view.destinationMac = uint48(bytes, at + DESTINATION);
        view.sourceMac = uint48(bytes, at + SOURCE);
        // Meaning
        frame.position = at + LENGTH;
        return NextHeader.etherType(uint16(bytes, at + ETHER_TYPE));
    }
}
