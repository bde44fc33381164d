package io.gatewatch.traffic.session;

import io.gatewatch.traffic.flow.CommunityId;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.wire.FlowPath;

/** Makes rows of sessions as they stand. Not thread safe. */
final class SessionRows {
    private static final int GENERATION_SHIFT = 40;
    private static final int TCP = 6;

    private final long generation;
    private final CommunityId communityIds = new CommunityId();
    private final SessionId sessionIds = new SessionId();

    SessionRows(long generation) {
        this.generation = generation;
    }

    SessionRow rowOf(FlowKey key, SessionState state, RowKind kind) {
        SessionRow row = new SessionRow();
        row.kind = kind;
        row.sessionId = sessionIds.of(key, state.startTimeNs, state.firstSequence, state.ordinal);
        row.revision = revisionOf(state);
        row.communityId = communityIds.of(key);
        row.site = key.site();
        row.gateway = state.gateway;
        row.protocol = key.protocol();
        boolean clientIsB = state.clientIsB;
        row.clientIp = key.address(clientIsB);
        row.clientPort = clientIsB ? key.portB() : key.portA();
        row.serverIp = key.address(!clientIsB);
        row.serverPort = clientIsB ? key.portA() : key.portB();
        row.startTimeNs = state.startTimeNs;
        row.endTimeNs = state.latestPacketNs;
        setDirections(row, state.client(), state.server());
        row.vlanId = state.vlanId;
        row.tunnel = tunnelOf(state);
        row.endReason = state.endReason;
        boolean tcp = key.protocol() == TCP;
        if (tcp) {
            row.handshakeRttUs = state.handshakeRttUs;
            row.tcpState = ConnectionState.of(state);
            row.history = History.text(state);
        }
        row.anomalies = state.anomalies;
        row.flags = state.flags;
        row.packets = PacketList.pack(state, tcp);
        return row;
    }

    // What a window of a replay cut must not replace a fuller row, so it stays generation 0.
    private long revisionOf(SessionState state) {
        long itsGeneration = state.endReason.byOwnRule() ? generation : 0;
        return (itsGeneration << GENERATION_SHIFT) + state.packets() * 4 + (state.ended() ? 1 : 0);
    }

    private static void setDirections(
            SessionRow row, DirectionState client, DirectionState server) {
        row.clientMac = firstKnown(client.sourceMac, server.destinationMac);
        row.serverMac = firstKnown(server.sourceMac, client.destinationMac);
        row.clientPackets = client.packets;
        row.clientPayloadBytes = client.payloadBytes;
        row.clientIpBytes = client.ipBytes;
        row.clientRetransmittedPackets = client.retransmittedPackets;
        row.clientRetransmittedBytes = client.retransmittedBytes;
        row.clientMissedBytes = client.missedBytes();
        row.serverPackets = server.packets;
        row.serverPayloadBytes = server.payloadBytes;
        row.serverIpBytes = server.ipBytes;
        row.serverRetransmittedPackets = server.retransmittedPackets;
        row.serverRetransmittedBytes = server.retransmittedBytes;
        row.serverMissedBytes = server.missedBytes();
    }

    private static long firstKnown(long mac, long otherwise) {
        return mac != FlowPath.NO_MAC ? mac : otherwise;
    }

    private static String tunnelOf(SessionState state) {
        if (state.tunnelKind == null) {
            return null;
        }
        String kind = state.tunnelKind.text();
        return state.tunnelId == SessionState.NO_TUNNEL_ID ? kind : kind + ":" + state.tunnelId;
    }
}
