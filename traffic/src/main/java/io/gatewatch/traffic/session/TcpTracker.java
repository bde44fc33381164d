package io.gatewatch.traffic.session;

import io.gatewatch.traffic.session.SessionState.ClientBasis;
import io.gatewatch.wire.Anomaly;
import io.gatewatch.wire.WirePacket;

/**
 * Follows a TCP connection (RFC 9293) by its segments: who is the client, what was retransmitted
 * and what is missing, whether both sides have closed, and Zeek's endpoint states and history. Does
 * not look at checksums or payload, and does not judge whether a RST or a window is acceptable.
 */
final class TcpTracker {
    private static final long NS_PER_US = 1_000;

    /** Of segments that may lack their window. */
    private static final long HEADER_CUT =
            Anomaly.SNAPPED_HEADER.bit() | Anomaly.FRAGMENT_TINY.bit();

    /** An acknowledgement of 0 that is a leap of more than this is taken for a missing one. */
    private static final int MAX_LEAP_TO_ZERO = 1 << 20;

    private TcpTracker() {}

    /** Applies a segment that belongs to the session. */
    static void segment(SessionState state, WirePacket packet) {
        DirectionState own = packet.fromB ? state.b : state.a;
        DirectionState peer = packet.fromB ? state.a : state.b;
        if (packet.transportHeaderLength == 0) {
            laterFragment(state, own, peer, packet);
            return;
        }
        int flags = packet.tcpFlags;
        boolean rst = (flags & WirePacket.RST) != 0;
        boolean syn = (flags & WirePacket.SYN) != 0 && !rst;
        boolean firstBehindSyn = !syn && !own.has(DirectionState.SENT_MORE_THAN_SYN);
        if (syn) {
            takeSyn(state, own, peer, packet);
        } else {
            noteBehindSyn(own, packet, rst);
        }
        History.segment(state, own, packet);
        noteWindow(state, own, peer, packet);
        if (!rst) {
            StreamTracker.take(state, own, peer, packet);
        }
        boolean acknowledges = (flags & WirePacket.ACK) != 0 && !rst;
        boolean gapShown = acknowledges && takeAcknowledgement(peer, packet);
        if (acknowledges && !syn && state.handshakeRttUs == SessionState.NO_RTT) {
            measureHandshake(state, own, peer, packet, firstBehindSyn);
        }
        Endpoints.segment(own, peer, own == state.client(), packet);
        if (gapShown && (flags & WirePacket.FIN) == 0) {
            History.contentGap(state, peer);
        }
    }

    // An IP fragment behind the first of its segment: only number and length are its own.
    private static void laterFragment(
            SessionState state, DirectionState own, DirectionState peer, WirePacket packet) {
        if (packet.payloadLength == 0) {
            return;
        }
        StreamTracker.join(own, (int) packet.sequence);
        History.segment(state, own, packet);
        StreamTracker.takeFragment(state, own, peer, packet);
        Endpoints.segment(own, peer, own == state.client(), packet);
    }

    // The first SYN decides; a SYN+ACK does where none was seen.
    private static void reconsiderClient(SessionState state, WirePacket packet) {
        boolean answer = (packet.tcpFlags & WirePacket.ACK) != 0;
        ClientBasis basis = answer ? ClientBasis.SYN_ACK : ClientBasis.SYN;
        if (basis.compareTo(state.clientBasis) <= 0) {
            return;
        }
        state.clientBasis = basis;
        boolean clientIsB = packet.fromB != answer;
        if (clientIsB != state.clientIsB) {
            state.clientIsB = clientIsB;
            History.flip(state);
        }
    }

    private static void noteBehindSyn(DirectionState own, WirePacket packet, boolean rst) {
        own.mark(DirectionState.SENT_MORE_THAN_SYN);
        if (!rst) {
            StreamTracker.join(own, (int) packet.sequence);
        } else if (own.has(DirectionState.SEQUENCE_SEEN)) {
            own.mark(DirectionState.RST_SEEN);
        }
    }

    private static void takeSyn(
            SessionState state, DirectionState own, DirectionState peer, WirePacket packet) {
        state.flags &= ~SessionFlag.MIDSTREAM.bit();
        reconsiderClient(state, packet);
        takeNumber(state, own, packet);
        if (own.has(DirectionState.SYN_WITHOUT_ACK) && peer.has(DirectionState.SYN_WITHOUT_ACK)) {
            state.anomalies |= SessionAnomaly.TCP_SIMULTANEOUS_OPEN.bit();
        }
    }

    private static void takeNumber(SessionState state, DirectionState own, WirePacket packet) {
        int sequence = (int) packet.sequence;
        own.mark(DirectionState.RST_SEEN, false);
        if ((packet.tcpFlags & WirePacket.ACK) == 0) {
            own.mark(DirectionState.SYN_WITHOUT_ACK);
            if (packet.payloadLength > 0) {
                state.anomalies |= SessionAnomaly.TCP_SYN_WITH_DATA.bit();
            }
        }
        if (own.has(DirectionState.SYN_SEEN)) {
            if (own.initialSequence == sequence) {
                own.synTimeNs = packet.timeNs;
                return;
            }
            state.anomalies |= SessionAnomaly.TCP_SYN_ACK_CHANGED.bit();
            if (own.has(DirectionState.SENT_MORE_THAN_SYN)) {
                return; // a stray one inside the connection does not move its numbers
            }
        }
        own.synTimeNs = packet.timeNs;
        own.mark(DirectionState.SYN_SEEN);
        own.initialSequence = sequence;
        StreamTracker.begin(own, sequence);
    }

    private static void noteWindow(
            SessionState state, DirectionState own, DirectionState peer, WirePacket packet) {
        if ((packet.tcpFlags & WirePacket.RST) != 0) {
            return;
        }
        boolean closed = packet.window == 0 && (packet.anomalies & HEADER_CUT) == 0;
        own.mark(DirectionState.WINDOW_CLOSED, closed);
        if (closed
                && peer.endpoint != EndpointState.CLOSED
                && own.endpoint != EndpointState.RESET) {
            History.zeroWindow(state, own);
        }
    }

    /**
     * Returns whether it shows a gap that was not reported before in what was captured of the other
     * side: where nothing was, its whole stream is none.
     */
    private static boolean takeAcknowledgement(DirectionState peer, WirePacket packet) {
        int acknowledgement = (int) packet.acknowledgement;
        if ((packet.tcpFlags & WirePacket.SYN) != 0 && !peer.has(DirectionState.SYN_SEEN)) {
            peer.mark(DirectionState.SYN_INFERRED);
            peer.initialSequence = acknowledgement - 1;
        }
        if (!peer.has(DirectionState.SEQUENCE_KNOWN)) {
            peer.lowest = acknowledgement;
            peer.next = acknowledgement;
            peer.gapsReportedTo = acknowledgement;
            peer.mark(DirectionState.SEQUENCE_KNOWN);
        }
        if (!isPlausible(peer, acknowledgement)) {
            return false;
        }
        peer.acknowledged = acknowledgement;
        peer.mark(DirectionState.ACKNOWLEDGED_KNOWN);
        if (peer.has(DirectionState.FIN_SEEN) && !Sequence.isBefore(acknowledgement, peer.finEnd)) {
            peer.mark(DirectionState.FIN_ACKNOWLEDGED);
        }
        return peer.has(DirectionState.SEQUENCE_SEEN) && showsGap(peer, acknowledgement);
    }

    private static boolean isPlausible(DirectionState peer, int acknowledgement) {
        int beyond = Sequence.distance(peer.next, acknowledgement);
        if (beyond > Sequence.MAX_WINDOW || -beyond > Sequence.MAX_WINDOW) {
            return false;
        }
        if (!peer.has(DirectionState.ACKNOWLEDGED_KNOWN)) {
            return true;
        }
        int progress = Sequence.distance(peer.acknowledged, acknowledgement);
        return progress > 0 && (acknowledgement != 0 || progress <= MAX_LEAP_TO_ZERO);
    }

    private static boolean showsGap(DirectionState peer, int acknowledgement) {
        boolean shown = false;
        if (Sequence.isAfter(acknowledgement, peer.next)) {
            shown = Sequence.isAfter(acknowledgement, peer.gapsReportedTo);
        } else if (peer.gaps != null) {
            for (int i = 0; i < peer.gaps.count(); i++) {
                int start = peer.gaps.start(i);
                shown |=
                        Sequence.isBefore(start, acknowledgement)
                                && !Sequence.isBefore(start, peer.gapsReportedTo);
            }
        }
        if (shown) {
            peer.gapsReportedTo = acknowledgement;
        }
        return shown;
    }

    /**
     * From the client's latest SYN to the segment that completes the handshake: one that
     * acknowledges the server's SYN and nothing else or, since a server may send data with it or at
     * once (RFC 7413), the client's first. A simultaneous open has none: nobody need send one.
     */
    private static void measureHandshake(
            SessionState state,
            DirectionState own,
            DirectionState peer,
            WirePacket packet,
            boolean firstBehindSyn) {
        if (own != state.client()
                || !own.has(DirectionState.SYN_SEEN)
                || !peer.has(DirectionState.SYN_SEEN)
                || (own.marks & peer.marks & DirectionState.SYN_WITHOUT_ACK) != 0) {
            return;
        }
        int acknowledgement = (int) packet.acknowledgement;
        int behindSyn = Sequence.distance(peer.initialSequence + 1, acknowledgement);
        boolean completes =
                behindSyn == 0
                        || (firstBehindSyn
                                && behindSyn > 0
                                && !Sequence.isAfter(acknowledgement, peer.next));
        long rttNs = packet.timeNs - own.synTimeNs;
        if (completes && rttNs >= 0) {
            state.handshakeRttUs = rttNs / NS_PER_US;
        }
    }
}
