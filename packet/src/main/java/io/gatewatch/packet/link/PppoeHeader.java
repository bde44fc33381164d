package io.gatewatch.packet.link;

import static io.gatewatch.packet.buffer.NetworkBytes.uint16;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.buffer.Frame;

/**
 * The PPPoE header of the session stage (RFC 2516, section 4); the discovery stage has an EtherType
 * of its own. Its length ends the PPP frame: behind it is padding of the Ethernet frame.
 */
public final class PppoeHeader {
    // Layout
    //   0                  1        2            4        6
    //   +------------------+--------+------------+--------+
    //   | version 4 type 4 | code 0 | session id | length |
    //   +------------------+--------+------------+--------+
    private static final int VERSION_TYPE_CODE = 0;
    private static final int PPP_LENGTH = 4;
    private static final int LENGTH = 6;

    private static final int SESSION_OF_VERSION_1 = 0x1100;

    private PppoeHeader() {}

    public static int decode(Frame frame) {
        // Check
        if (!frame.captured(LENGTH)) {
            return NextHeader.missing(frame, LENGTH, DecodeOutcome.UNDECODABLE_PPPOE);
        }
        byte[] bytes = frame.bytes;
        int at = frame.position;
        int versionTypeCode = uint16(bytes, at + VERSION_TYPE_CODE);
        if (versionTypeCode != SESSION_OF_VERSION_1) {
            return NextHeader.end(DecodeOutcome.UNDECODABLE_PPPOE_VERSION);
        }
        // Accessors
        int pppLength = uint16(bytes, at + PPP_LENGTH);
        // Meaning
        frame.position = at + LENGTH;
        frame.limit(pppLength);
        return PppHeader.decodeProtocol(frame);
    }
}
