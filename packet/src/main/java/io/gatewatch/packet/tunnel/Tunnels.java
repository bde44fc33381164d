package io.gatewatch.packet.tunnel;

import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.PacketTunnel;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;

/**
 * The registry of tunnels: which IP protocols and UDP ports (IANA) carry packets. A header behind a
 * UDP port has to look like the tunnel's own, since any program may use the port.
 */
public final class Tunnels {
    /** There is no packet in this one. */
    public static final int NONE = -1;

    private static final int IPV4 = 4;
    private static final int UDP = 17;
    private static final int IPV6 = 41;
    private static final int GRE = 47;

    private static final int GTP_U_PORT = 2152;
    private static final int TEREDO_PORT = 3544;
    private static final int VXLAN_PORT = 4789;

    /** Where Linux had it before the port was assigned; Flannel still does. */
    private static final int VXLAN_PORT_OF_LINUX = 8472;

    private static final int GENEVE_PORT = 6081;

    private Tunnels() {}

    /**
     * Looks for a packet in the payload of a decoded one and enters the tunnel in the view. The
     * view is otherwise left alone.
     *
     * @param frame stands at the packet's payload
     * @return {@link #NONE}, or a value of {@link NextHeader}
     */
    public static int enter(Frame frame, PacketView view) {
        return switch (view.protocol) {
            case UDP -> enterByPort(frame, view);
            case IPV4 -> {
                view.enterTunnel(
                        view.ipVersion == 4 ? PacketTunnel.IP_IN_IP : PacketTunnel.FOUR_IN_SIX,
                        PacketView.NO_TUNNEL_ID);
                yield NextHeader.etherType(InnerTypes.IPV4);
            }
            case IPV6 -> {
                view.enterTunnel(
                        view.ipVersion == 4 ? PacketTunnel.SIX_IN_FOUR : PacketTunnel.SIX_IN_SIX,
                        PacketView.NO_TUNNEL_ID);
                yield NextHeader.etherType(InnerTypes.IPV6);
            }
            case GRE -> GreHeader.decode(frame, view);
            default -> NONE;
        };
    }

    private static int enterByPort(Frame frame, PacketView view) {
        return switch (view.destinationPort) {
            case VXLAN_PORT, VXLAN_PORT_OF_LINUX -> VxlanHeader.decode(frame, view);
            case GENEVE_PORT -> GeneveHeader.decode(frame, view);
            case GTP_U_PORT -> GtpHeader.decode(frame, view);
            case TEREDO_PORT -> TeredoHeaders.decode(frame, view);
            default ->
                    switch (view.sourcePort) {
                        case GTP_U_PORT -> GtpHeader.decode(frame, view);
                        case TEREDO_PORT -> TeredoHeaders.decode(frame, view);
                        default -> NONE;
                    };
        };
    }
}
