package io.gatewatch.packet;

import io.gatewatch.packet.buffer.Frame;
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

    private EtherTypes() {}

    static int decode(int etherType, Frame frame, PacketView view) {
        return switch (etherType) {
            case IPV4 -> Ipv4Header.decode(frame, view);
            case IPV6 -> Ipv6Header.decode(frame, view);
            case VLAN_8021Q, VLAN_8021AD, VLAN_QINQ_OLD -> VlanTag.decode(frame, view);
            default -> NextHeader.end(DecodeOutcome.IGNORED_NOT_IP);
        };
    }
}
