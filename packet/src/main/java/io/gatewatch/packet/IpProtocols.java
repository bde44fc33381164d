package io.gatewatch.packet;

import io.gatewatch.packet.buffer.Frame;
import io.gatewatch.packet.network.AuthenticationHeader;
import io.gatewatch.packet.network.FragmentHeader;
import io.gatewatch.packet.network.HopByHopOptions;
import io.gatewatch.packet.network.Ipv6Extension;
import io.gatewatch.packet.transport.IcmpHeader;
import io.gatewatch.packet.transport.NoPorts;
import io.gatewatch.packet.transport.PortsHeader;
import io.gatewatch.packet.transport.TcpHeader;
import io.gatewatch.packet.transport.UdpHeader;

/**
 * The registry of IP protocols (IANA protocol numbers), IPv6 extension headers among them: one line
 * for each header.
 */
final class IpProtocols {
    private static final int HOP_BY_HOP = 0;
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int DCCP = 33;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;
    private static final int ICMPV6 = 58;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int SCTP = 132;
    private static final int MOBILITY = 135;
    private static final int UDP_LITE = 136;
    private static final int HOST_IDENTITY = 139;
    private static final int SHIM6 = 140;

    private IpProtocols() {}

    static int decode(int protocol, Frame frame, PacketView view) {
        view.protocol = protocol;
        return switch (protocol) {
            case TCP -> TcpHeader.decode(frame, view);
            case UDP -> UdpHeader.decode(frame, view);
            case ICMP -> IcmpHeader.decodeIcmp(frame, view);
            case ICMPV6 -> IcmpHeader.decodeIcmpv6(frame, view);
            case AUTHENTICATION -> AuthenticationHeader.decode(frame);
            case HOP_BY_HOP,
                    ROUTING,
                    FRAGMENT,
                    DESTINATION_OPTIONS,
                    MOBILITY,
                    HOST_IDENTITY,
                    SHIM6 ->
                    view.ipVersion == 6
                            ? decodeExtension(protocol, frame, view)
                            : NoPorts.decode(frame, view);
            case SCTP -> PortsHeader.decodeSctp(frame, view);
            case DCCP -> PortsHeader.decodeDccp(frame, view);
            case UDP_LITE -> PortsHeader.decodeUdpLite(frame, view);
            default -> NoPorts.decode(frame, view);
        };
    }

    /** RFC 8200, section 4.1: each occurs at most once, but destination options twice. */
    private static void noteExtension(int protocol, PacketView view) {
        int bit =
                switch (protocol) {
                    case HOP_BY_HOP -> 1;
                    case ROUTING -> 1 << 1;
                    case FRAGMENT -> 1 << 2;
                    case MOBILITY -> 1 << 3;
                    case HOST_IDENTITY -> 1 << 4;
                    case SHIM6 -> 1 << 5;
                    default -> (view.extensionHeaders & 1 << 6) == 0 ? 1 << 6 : 1 << 7;
                };
        if ((view.extensionHeaders & bit) != 0) {
            view.add(PacketAnomaly.EXTENSION_HEADERS_REPEATED);
        }
        view.extensionHeaders |= bit;
    }

    static boolean isExtension(int protocol) {
        return switch (protocol) {
            case HOP_BY_HOP,
                    ROUTING,
                    FRAGMENT,
                    DESTINATION_OPTIONS,
                    MOBILITY,
                    HOST_IDENTITY,
                    SHIM6 ->
                    true;
            default -> false;
        };
    }

    private static int decodeExtension(int protocol, Frame frame, PacketView view) {
        noteExtension(protocol, view);
        return switch (protocol) {
            case HOP_BY_HOP -> HopByHopOptions.decode(frame, view);
            case FRAGMENT -> FragmentHeader.decode(frame, view);
            default -> Ipv6Extension.decode(frame);
        };
    }
}
