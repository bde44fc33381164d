package io.gatewatch.packet.link;

import static io.gatewatch.packet.buffer.NetworkBytes.uint16;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.buffer.Frame;

/**
 * Cisco's HDLC framing (RFC 1547, section 4.3.1; LINKTYPE_C_HDLC): an EtherType behind two bytes.
 * Keep-alives (SLARP) and CDP have numbers in the same place and are not IP.
 */
final class CiscoHdlcLink {
    // Layout
    //   0         1         2           4
    //   +---------+---------+-----------+
    //   | address | control | EtherType |
    //   +---------+---------+-----------+
    private static final int ETHER_TYPE = 2;
    private static final int LENGTH = 4;

    private static final int UNICAST = 0x0F;
    private static final int MULTICAST = 0x8F;

    private CiscoHdlcLink() {}

    /** Whether an HDLC address is one of this framing. */
    static boolean isAddress(int address) {
        return address == UNICAST || address == MULTICAST;
    }

    static int decode(Frame frame) {
        // Check
        if (!frame.captured(LENGTH)) {
            return NextHeader.missing(frame, LENGTH, DecodeOutcome.UNDECODABLE_LINK);
        }
        // Accessors
        int etherType = uint16(frame.bytes, frame.position + ETHER_TYPE);
        // Meaning
        frame.position += LENGTH;
        return LinkProtocol.next(etherType);
    }
}
