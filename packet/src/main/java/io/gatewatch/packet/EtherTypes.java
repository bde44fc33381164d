package io.gatewatch.packet;

import io.gatewatch.packet.buffer.Frame;
import io.gatewatch.packet.link.LinkTypes;
import io.gatewatch.packet.link.LlcHeader;
import io.gatewatch.packet.link.MplsStack;
import io.gatewatch.packet.link.PppHeader;
import io.gatewatch.packet.link.PppoeHeader;
import io.gatewatch.packet.link.SwitchTag;
import io.gatewatch.packet.link.VlanTag;
import io.gatewatch.packet.network.Ipv4Header;
import io.gatewatch.packet.network.Ipv6Header;

/** The registry of EtherTypes (IEEE 802 numbers, IANA registry): one line for each header. */
final class EtherTypes {
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86DD;
    private static final int VLAN_8021Q = 0x8100;
    private static final int VLAN_8021AD = 0x88A8;

    /** Stacked tags of devices older than IEEE 802.1ad. */
    private static final int VLAN_QINQ_OLD = 0x9100;

    private static final int MPLS_UNICAST = 0x8847;
    private static final int MPLS_MULTICAST = 0x8848;
    private static final int PPPOE_DISCOVERY = 0x8863;
    private static final int PPPOE_SESSION = 0x8864;
    private static final int PPP = 0x880B;
    private static final int TRANSPARENT_ETHERNET = 0x6558;
    private static final int LLC = 0x8870;
    private static final int VN_TAG = 0x8926;
    private static final int E_TAG = 0x893F;
    private static final int HSR_TAG = 0x892F;
    private static final int CISCO_METADATA = 0x8909;
    private static final int PROVIDER_BACKBONE = 0x88E7;
    private static final int MACSEC = 0x88E5;

    private EtherTypes() {}

    static int decode(int etherType, Frame frame, PacketView view) {
        return switch (etherType) {
            case IPV4 -> Ipv4Header.decode(frame, view);
            case IPV6 -> Ipv6Header.decode(frame, view);
            case VLAN_8021Q, VLAN_8021AD, VLAN_QINQ_OLD -> VlanTag.decode(frame, view);
            case MPLS_UNICAST, MPLS_MULTICAST -> MplsStack.decode(frame);
            case PPPOE_SESSION -> PppoeHeader.decode(frame);
            case PPPOE_DISCOVERY -> NextHeader.end(DecodeOutcome.IGNORED_PPPOE_DISCOVERY);
            case PPP -> PppHeader.decode(frame);
            case TRANSPARENT_ETHERNET -> NextHeader.linkType(LinkTypes.ETHERNET);
            case LLC -> LlcHeader.decode(frame);
            case VN_TAG -> SwitchTag.decodeVnTag(frame);
            case E_TAG -> SwitchTag.decodeETag(frame);
            case HSR_TAG -> SwitchTag.decodeHsrTag(frame);
            case CISCO_METADATA -> SwitchTag.decodeCiscoMetadata(frame);
            case PROVIDER_BACKBONE -> SwitchTag.decodeBackboneTag(frame);
            case MACSEC -> NextHeader.end(DecodeOutcome.IGNORED_MACSEC);
            default -> LlcHeader.decodeIfLength(etherType, frame);
        };
    }
}
