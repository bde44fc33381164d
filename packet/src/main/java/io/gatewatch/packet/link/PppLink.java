package io.gatewatch.packet.link;

import static io.gatewatch.packet.buffer.NetworkBytes.uint8;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.buffer.Frame;

/**
 * PPP as capturing programs frame it: in HDLC-like framing (RFC 1662, section 3.1;
 * LINKTYPE_PPP_HDLC), where Cisco's framing may stand instead, and with the direction in the first
 * byte (LINKTYPE_PPP_WITH_DIR and LINKTYPE_PPP_PPPD). LINKTYPE_PPP needs nothing but {@link
 * PppHeader}.
 */
final class PppLink {
    private static final int ADDRESS_ALL_STATIONS = 0xFF;
    private static final int HDLC_LENGTH = 2;
    private static final int DIRECTION_LENGTH = 1;

    private PppLink() {}

    static int decodeHdlc(Frame frame) {
        if (!frame.captured(HDLC_LENGTH)) {
            return NextHeader.missing(frame, HDLC_LENGTH, DecodeOutcome.UNDECODABLE_LINK);
        }
        int address = uint8(frame.bytes, frame.position);
        if (CiscoHdlcLink.isAddress(address)) {
            return CiscoHdlcLink.decode(frame);
        }
        if (address == ADDRESS_ALL_STATIONS) {
            frame.position += HDLC_LENGTH;
        }
        return PppHeader.decodeProtocol(frame);
    }

    /** The direction stands before the PPP frame. */
    static int decodeWithDirection(Frame frame) {
        if (!frame.captured(DIRECTION_LENGTH)) {
            return NextHeader.missing(frame, DIRECTION_LENGTH, DecodeOutcome.UNDECODABLE_LINK);
        }
        frame.position += DIRECTION_LENGTH;
        return PppHeader.decode(frame);
    }

    /** The direction stands in place of the address. */
    static int decodePppd(Frame frame) {
        if (!frame.captured(HDLC_LENGTH)) {
            return NextHeader.missing(frame, HDLC_LENGTH, DecodeOutcome.UNDECODABLE_LINK);
        }
        frame.position += HDLC_LENGTH;
        return PppHeader.decodeProtocol(frame);
    }
}
