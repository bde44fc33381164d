package io.gatewatch.capture.batch;

import io.gatewatch.packet.PacketView;
import io.gatewatch.wire.FlowPath;
import io.gatewatch.wire.Tunnel;
import io.gatewatch.wire.TunnelKind;
import java.util.Arrays;

/**
 * One {@link FlowPath} for all flows that take the same way: a gateway has few, however many flows
 * it sees. Bounded; when it is full it begins anew (frames with random MAC addresses, tunnels with
 * an id for each user), which costs objects and nothing else. Not thread safe.
 */
final class PathTable {
    private static final int SLOTS = 1 << 13;
    private static final int MAX_PATHS = SLOTS / 2;

    private final FlowPath[] slots = new FlowPath[SLOTS];
    private int size;

    static boolean isSame(FlowPath path, int interfaceIndex, PacketView packet) {
        return path.sourceMac() == packet.sourceMac
                && path.destinationMac() == packet.destinationMac
                && path.interfaceIndex() == interfaceIndex
                && path.vlanCount() == packet.vlanCount
                && path.vlanTags() == packet.vlanTags
                && isSameTunnel(path.tunnel(), packet);
    }

    private static boolean isSameTunnel(Tunnel tunnel, PacketView packet) {
        if (tunnel == null || packet.tunnel == null) {
            return tunnel == null && packet.tunnel == null;
        }
        return tunnel.kind().code() == packet.tunnel.code()
                && tunnel.id() == packet.tunnelId
                && tunnel.ipVersion() == packet.tunnelIpVersion
                && tunnel.sourceLow() == packet.tunnelSourceLow
                && tunnel.destinationLow() == packet.tunnelDestinationLow
                && tunnel.sourceHigh() == packet.tunnelSourceHigh
                && tunnel.destinationHigh() == packet.tunnelDestinationHigh;
    }

    private static Tunnel tunnelOf(PacketView packet) {
        return packet.tunnel == null
                ? null
                : new Tunnel(
                        TunnelKind.ofCode(packet.tunnel.code()),
                        packet.tunnelIpVersion,
                        packet.tunnelSourceHigh,
                        packet.tunnelSourceLow,
                        packet.tunnelDestinationHigh,
                        packet.tunnelDestinationLow,
                        packet.tunnelId);
    }

    /** The path that this packet took. */
    FlowPath pathOf(int interfaceIndex, PacketView packet) {
        int slot = hash(interfaceIndex, packet) & (SLOTS - 1);
        while (slots[slot] != null) {
            if (isSame(slots[slot], interfaceIndex, packet)) {
                return slots[slot];
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        if (size == MAX_PATHS) {
            Arrays.fill(slots, null);
            size = 0;
            slot = hash(interfaceIndex, packet) & (SLOTS - 1);
        }
        FlowPath path =
                new FlowPath(
                        interfaceIndex,
                        packet.sourceMac,
                        packet.destinationMac,
                        packet.vlanCount,
                        packet.vlanTags,
                        tunnelOf(packet));
        slots[slot] = path;
        size++;
        return path;
    }

    private static int hash(int interfaceIndex, PacketView packet) {
        long hash =
                packet.sourceMac * 0x9e3779b97f4a7c15L
                        + packet.destinationMac * 0xc2b2ae3d27d4eb4fL
                        + packet.vlanTags * 0x165667b19e3779f9L
                        + interfaceIndex;
        if (packet.tunnel != null) {
            hash +=
                    (packet.tunnelId * 31 + packet.tunnelSourceLow) * 31
                            + packet.tunnelDestinationLow;
        }
        return (int) ((hash * 0xd6e8feb86659fd93L) >>> 40);
    }
}
