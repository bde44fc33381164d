package io.gatewatch.traffic.session;

import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.wire.WirePacket;

/** Begins a session with its first packet: its identity, and its client as far as that shows. */
final class SessionBeginning {
    private static final int TCP = 6;
    private static final int WELL_KNOWN_PORTS = 1024;

    private final SessionBoundaries boundaries;

    SessionBeginning(SessionBoundaries boundaries) {
        this.boundaries = boundaries;
    }

    /**
     * @param before what the key held until now, over before the packet, or null
     */
    SessionState of(FlowKey key, SessionState before, WirePacket packet, SliceContext slice) {
        SessionState state = new SessionState();
        state.gateway = slice.gateway;
        state.startTimeNs = packet.timeNs;
        state.latestPacketNs = packet.timeNs;
        state.activityNs = packet.timeNs;
        state.firstSequence = (int) packet.sequence;
        state.chainStartNs = packet.timeNs;
        if (before != null && isFollowed(before, packet, slice.watermarkNs)) {
            follow(state, before);
        }
        chooseClient(key, state, packet);
        return state;
    }

    /**
     * Whether a session leaves a trace in the next one. Behind a time-out or linger it does not,
     * whether a timer had freed it or not.
     */
    private boolean isFollowed(SessionState ended, WirePacket packet, long watermarkNs) {
        if (ended.linger == Linger.NONE) {
            return ended.endReason == EndReason.NEW_SYN;
        }
        return !boundaries.isFinalAt(ended, watermarkNs)
                && !boundaries.isBeyondLingerAt(ended, packet.timeNs);
    }

    /** Tells sessions apart that begin at the same time with the same sequence number. */
    private static void follow(SessionState state, SessionState before) {
        state.chainOrdinal = before.chainOrdinal;
        if (state.startTimeNs <= before.chainStartNs) {
            state.chainOrdinal++;
            state.ordinal = state.chainOrdinal;
            state.chainStartNs = before.chainStartNs;
        }
    }

    private static void chooseClient(FlowKey key, SessionState state, WirePacket packet) {
        boolean wellKnownA = key.portA() < WELL_KNOWN_PORTS;
        boolean wellKnownB = key.portB() < WELL_KNOWN_PORTS;
        state.clientIsB = wellKnownA == wellKnownB ? packet.fromB : wellKnownA;
        if (key.protocol() != TCP) {
            return;
        }
        int flags = packet.tcpFlags;
        if ((flags & WirePacket.SYN) == 0 || (flags & WirePacket.RST) != 0) {
            state.flags |= SessionFlag.MIDSTREAM.bit();
        } else {
            boolean answer = (flags & WirePacket.ACK) != 0;
            state.clientIsB = packet.fromB != answer;
            state.clientBasis =
                    answer ? SessionState.ClientBasis.SYN_ACK : SessionState.ClientBasis.SYN;
        }
        if (state.clientIsB != packet.fromB) {
            History.flip(state);
        }
    }
}
