package io.gatewatch.packet.link;

import static io.gatewatch.packet.buffer.NetworkBytes.uint16;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.buffer.Frame;

/**
 * Tags of fixed length that switches put between the addresses and the EtherType, as {@link
 * VlanTag}, but which say nothing that a session needs: they are stepped over.
 *
 * <ul>
 *   <li>VN-tag of Cisco (0x8926): 4 bytes, then the EtherType
 *   <li>E-tag (IEEE 802.1BR, 0x893F): 6 bytes, then the EtherType
 *   <li>HSR tag (IEC 62439-3, 0x892F): 4 bytes, then the EtherType
 *   <li>Cisco metadata with a security group (0x8909): 6 bytes, then the EtherType
 *   <li>I-tag of a provider backbone bridge (IEEE 802.1ah, 0x88E7): 4 bytes, then the customer's
 *       Ethernet header, whose addresses are the ones that are kept
 * </ul>
 */
public final class SwitchTag {
    private static final int VN_TAG_LENGTH = 4;
    private static final int E_TAG_LENGTH = 6;
    private static final int HSR_TAG_LENGTH = 4;
    private static final int CISCO_METADATA_LENGTH = 6;
    private static final int BACKBONE_TAG_LENGTH = 4;
    private static final int ETHER_TYPE_LENGTH = 2;

    private SwitchTag() {}

    public static int decodeVnTag(Frame frame) {
        return decodeTag(frame, VN_TAG_LENGTH);
    }

    public static int decodeETag(Frame frame) {
        return decodeTag(frame, E_TAG_LENGTH);
    }

    public static int decodeHsrTag(Frame frame) {
        return decodeTag(frame, HSR_TAG_LENGTH);
    }

    public static int decodeCiscoMetadata(Frame frame) {
        return decodeTag(frame, CISCO_METADATA_LENGTH);
    }

    public static int decodeBackboneTag(Frame frame) {
        if (!frame.captured(BACKBONE_TAG_LENGTH)) {
            return NextHeader.missing(frame, BACKBONE_TAG_LENGTH, DecodeOutcome.UNDECODABLE_TAG);
        }
        frame.position += BACKBONE_TAG_LENGTH;
        return NextHeader.ETHERNET;
    }

    private static int decodeTag(Frame frame, int tagLength) {
        int length = tagLength + ETHER_TYPE_LENGTH;
        if (!frame.captured(length)) {
            return NextHeader.missing(frame, length, DecodeOutcome.UNDECODABLE_TAG);
        }
        int etherType = uint16(frame.bytes, frame.position + tagLength);
        frame.position += length;
        return NextHeader.etherType(etherType);
    }
}
