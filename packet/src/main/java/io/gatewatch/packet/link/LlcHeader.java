package io.gatewatch.packet.link;

import static io.gatewatch.packet.buffer.NetworkBytes.uint16;
import static io.gatewatch.packet.buffer.NetworkBytes.uint8;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.buffer.Frame;

/**
 * The LLC header (IEEE 802.2) and the SNAP header behind it (IEEE 802 clause 9, RFC 1042), as
 * 802.3, 802.11 and others carry them. IP is found under an EtherType in SNAP, of the two
 * organization codes that mean one, and under its own SAP. All else is ignored: spanning tree,
 * IS-IS, NetBIOS, protocols of one maker, and numbered frames.
 */
public final class LlcHeader {
    // Layout; control 0x03 is an unnumbered information frame, and SNAP follows SAP 0xAA
    //   0      1      2         3              6          8
    //   +------+------+---------+--------------+----------+
    //   | DSAP | SSAP | control | organization | protocol |
    //   +------+------+---------+--------------+----------+
    private static final int DSAP = 0;
    private static final int CONTROL = 2;
    private static final int LENGTH = 3;
    private static final int ORGANIZATION = 3;
    private static final int PROTOCOL = 6;
    private static final int SNAP_LENGTH = 8;

    private static final int UNNUMBERED_INFORMATION = 0x03;
    private static final int SAP_IP = 0x06;
    private static final int SAP_SNAP = 0xAA;
    private static final int ORGANIZATION_NONE = 0x000000;

    /** Of a bridge between Ethernet and other links (IEEE 802.1H). */
    private static final int ORGANIZATION_BRIDGE_TUNNEL = 0x0000F8;

    /** Highest value of the field that is a length in 802.3. */
    private static final int MAX_8023_LENGTH = 1500;

    private LlcHeader() {}

    /** The EtherType that is none, if it is a length (IEEE 802.3, 3.2.6). */
    public static int decodeIfLength(int lengthOrType, Frame frame) {
        if (lengthOrType > MAX_8023_LENGTH) {
            return NextHeader.end(DecodeOutcome.IGNORED_NOT_IP);
        }
        frame.limit(lengthOrType); // behind it is padding
        return decode(frame);
    }

    public static int decode(Frame frame) {
        // Check
        if (!frame.captured(LENGTH)) {
            return NextHeader.missing(frame, LENGTH, DecodeOutcome.UNDECODABLE_LLC);
        }
        // Accessors
        byte[] bytes = frame.bytes;
        int at = frame.position;
        int destinationSap = uint8(bytes, at + DSAP);
        int control = uint8(bytes, at + CONTROL);
        // Meaning
        if (control != UNNUMBERED_INFORMATION) {
            return NextHeader.end(DecodeOutcome.IGNORED_LLC);
        }
        if (destinationSap == SAP_SNAP) {
            return decodeSnap(frame);
        }
        if (destinationSap == SAP_IP) {
            frame.position = at + LENGTH;
            return NextHeader.IPV4;
        }
        return NextHeader.end(DecodeOutcome.IGNORED_LLC);
    }

    private static int decodeSnap(Frame frame) {
        // Check
        if (!frame.captured(SNAP_LENGTH)) {
            return NextHeader.missing(frame, SNAP_LENGTH, DecodeOutcome.UNDECODABLE_LLC);
        }
        // Accessors
        byte[] bytes = frame.bytes;
        int at = frame.position;
        int organization = uint8(bytes, at + ORGANIZATION) << 16 | uint16(bytes, at + 4);
        int protocol = uint16(bytes, at + PROTOCOL);
        // Meaning
        boolean etherType =
                organization == ORGANIZATION_NONE || organization == ORGANIZATION_BRIDGE_TUNNEL;
        if (!etherType || protocol <= MAX_8023_LENGTH) {
            return NextHeader.end(DecodeOutcome.IGNORED_LLC);
        }
        frame.position = at + SNAP_LENGTH;
        return NextHeader.etherType(protocol);
    }
}
