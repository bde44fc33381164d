package io.gatewatch.packet;

import io.gatewatch.packet.buffer.Frame;
import io.gatewatch.packet.network.AuthenticationHeader;
import io.gatewatch.packet.network.FragmentHeader;
import io.gatewatch.packet.network.HopByHopOptions;
import io.gatewatch.packet.network.Ipv6Extension;
import io.gatewatch.packet.transport.IcmpHeader;
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
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;
    private static final int ICMPV6 = 58;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int MOBILITY = 135;
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
                            : NextHeader.end(DecodeOutcome.IGNORED_PROTOCOL);
            default -> NextHeader.end(DecodeOutcome.IGNORED_PROTOCOL);
        };
    }

    private static int decodeExtension(int protocol, Frame frame, PacketView view) {
        return switch (protocol) {
            case HOP_BY_HOP -> HopByHopOptions.decode(frame, view);
            case FRAGMENT -> FragmentHeader.decode(frame, view);
            default -> Ipv6Extension.decode(frame);
        };
    }
}
