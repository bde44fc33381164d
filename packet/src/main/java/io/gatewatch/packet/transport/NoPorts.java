package io.gatewatch.packet.transport;

import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;

/**
 * Everything behind the IP header as payload: of IP protocols without ports that are known here
 * (GRE, ESP, IGMP, OSPF), and of fragments behind the first.
 */
public final class NoPorts {
    private NoPorts() {}

    public static int decode(Frame frame, PacketView view) {
        view.sourcePort = 0;
        view.destinationPort = 0;
        return Payload.behind(frame, view, 0, Math.max(0, frame.wireRemaining()));
    }
}
