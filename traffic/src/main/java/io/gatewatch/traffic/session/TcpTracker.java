package io.gatewatch.traffic.session;

import io.gatewatch.traffic.session.SessionState.ClientBasis;
import io.gatewatch.wire.WirePacket;

/**
 * Follows a TCP connection (RFC 9293) by its segments: who is the client, what was retransmitted
 * and what is missing, whether both sides have closed, and Zeek's endpoint states and history. Does
 * not look at checksums or payload, and does not judge whether a RST or a window is acceptable.
 */
final class TcpTracker {
    private static final long NS_PER_US = 1_000;

    /** An acknowledgement of 0 that is a leap of more than this is taken for a missing one. */
    private static final int MAX_LEAP_TO_ZERO = 1 << 20;

    private TcpTracker() {}

    /** Applies a segment that belongs to the session. */
    static void segment(SessionState state, WirePacket packet) {
        DirectionState own = packet.fromB ? state.b : state.a;
        DirectionState peer = packet.fromB ? state.a : state.b;
        int flags = packet.tcpFlags;
        boolean rst = (flags & WirePacket.RST) != 0;
        boolean syn = (flags & WirePacket.SYN) != 0 && !rst;
        if (syn) {
            state.flags &= ~SessionFlag.MIDSTREAM.bit();
            reconsiderClient(state, packet);
            takeSyn(own, packet);
        } else {
            own.mark(DirectionState.SENT_MORE_THAN_SYN);
            if (!rst) {
                joinSequence(own, (int) packet.sequence);
            }
        }
        History.segment(state, own, packet);
        noteWindow(state, own, peer, packet);
        if (!rst) {
            takeData(state, own, peer, packet);
        }
        boolean acknowledges = (flags & WirePacket.ACK) != 0 && !rst;
        boolean gapShown = acknowledges && takeAcknowledgement(peer, packet);
        measureHandshake(state, own, peer, packet);
        Endpoints.segment(own, peer, own == state.client(), packet);
        if (gapShown && (flags & WirePacket.FIN) == 0) {
            History.contentGap(state, peer);
        }
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

    private static void takeSyn(DirectionState own, WirePacket packet) {
        int sequence = (int) packet.sequence;
        if (own.has(DirectionState.SYN_SEEN)) {
            if (own.initialSequence == sequence) {
                own.synTimeNs = packet.timeNs;
                return;
            }
            if (own.has(DirectionState.SENT_MORE_THAN_SYN)) {
                return; // a stray one inside the connection does not move its numbers
            }
        }
        own.synTimeNs = packet.timeNs;
        own.mark(DirectionState.SYN_SEEN);
        own.initialSequence = sequence;
        int first = sequence + 1;
        int below = Sequence.distance(first, own.lowest);
        if (own.has(DirectionState.SEQUENCE_KNOWN) && below >= 0 && below <= SynRule.LATE_WINDOW) {
            if (below > 0) {
                openLowestGap(own, first, own.lowest);
            }
            own.lowest = first;
        } else {
            own.lowest = first;
            own.next = first;
            own.gaps = null;
            own.gapsReportedTo = first;
        }
        own.mark(DirectionState.SEQUENCE_KNOWN | DirectionState.SEQUENCE_SEEN);
    }

    private static void joinSequence(DirectionState own, int sequence) {
        if (!own.has(DirectionState.SEQUENCE_KNOWN)) {
            own.lowest = sequence;
            own.next = sequence;
            own.gapsReportedTo = sequence;
        }
        own.mark(DirectionState.SEQUENCE_KNOWN | DirectionState.SEQUENCE_SEEN);
    }

    private static void noteWindow(
            SessionState state, DirectionState own, DirectionState peer, WirePacket packet) {
        if ((packet.tcpFlags & WirePacket.RST) != 0) {
            return;
        }
        own.mark(DirectionState.WINDOW_CLOSED, packet.window == 0);
        if (packet.window == 0
                && peer.endpoint != EndpointState.CLOSED
                && own.endpoint != EndpointState.RESET) {
            History.zeroWindow(state, own);
        }
    }

    private static void takeData(
            SessionState state, DirectionState own, DirectionState peer, WirePacket packet) {
        int flags = packet.tcpFlags;
        int from = (int) packet.sequence + ((flags & WirePacket.SYN) >> 1);
        int to = from + packet.payloadLength;
        if (packet.payloadLength > 0) {
            takeRange(state, own, peer, from, to);
        }
        if ((flags & WirePacket.FIN) != 0) {
            if (!own.has(DirectionState.FIN_SEEN) || Sequence.isAfter(to + 1, own.finEnd)) {
                own.finEnd = to + 1;
            }
            own.mark(DirectionState.FIN_SEEN);
            advance(own, to, to + 1);
            if (own.has(DirectionState.ACKNOWLEDGED_KNOWN)
                    && !Sequence.isBefore(own.acknowledged, own.finEnd)) {
                own.mark(DirectionState.FIN_ACKNOWLEDGED);
            }
        }
    }

    private static void takeRange(
            SessionState state, DirectionState own, DirectionState peer, int from, int to) {
        if (from == own.next) {
            own.next = to;
            return;
        }
        int ahead = Sequence.distance(own.next, from);
        if (ahead > 0) {
            advance(own, from, to);
            return;
        }
        if (isProbe(own, peer, from, to)) {
            return;
        }
        takeOverlapping(state, own, from, to);
    }

    /** Moves {@link DirectionState#next} over a range that begins at or after it. */
    private static void advance(DirectionState own, int from, int to) {
        int ahead = Sequence.distance(own.next, from);
        if (ahead > Sequence.MAX_WINDOW) {
            own.next = to; // no gap of one window: the numbers start somewhere else
        } else if (ahead >= 0) {
            if (ahead > 0) {
                openHighestGap(own, own.next, from);
            }
            own.next = to;
        } else if (Sequence.isAfter(to, own.next)) {
            own.next = to;
        }
    }

    /**
     * The byte before what comes next, once more: a keep-alive if it was acknowledged (RFC 9293,
     * section 3.8.4), a probe if the other side's window is closed (section 3.8.6.1).
     */
    private static boolean isProbe(DirectionState own, DirectionState peer, int from, int to) {
        if (to != own.next || to - from != 1) {
            return false;
        }
        boolean acknowledged =
                own.has(DirectionState.ACKNOWLEDGED_KNOWN) && own.acknowledged == own.next;
        return acknowledged || peer.has(DirectionState.WINDOW_CLOSED);
    }

    private static void takeOverlapping(SessionState state, DirectionState own, int from, int to) {
        int low = from;
        if (Sequence.isBefore(from, own.lowest)) {
            low = Sequence.isBefore(to, own.lowest) ? to : own.lowest;
            joinBelow(own, from, to);
        }
        int high = Sequence.isAfter(to, own.next) ? own.next : to;
        int seenBefore = Math.max(0, high - low);
        if (own.gaps != null && seenBefore > 0) {
            seenBefore -= fillGaps(own, low, high);
        }
        if (Sequence.isAfter(to, own.next)) {
            own.next = to;
        }
        if (seenBefore > 0) {
            own.retransmittedPackets++;
            own.retransmittedBytes += seenBefore;
            History.retransmission(state, own);
        }
    }

    // Below what a session joined midstream began with: it came out of order.
    private static void joinBelow(DirectionState own, int from, int to) {
        if (own.has(DirectionState.SYN_SEEN | DirectionState.SYN_INFERRED)) {
            return;
        }
        if (Sequence.isBefore(to, own.lowest)) {
            openLowestGap(own, to, own.lowest);
        }
        own.lowest = from;
    }

    private static void openHighestGap(DirectionState own, int from, int to) {
        if (own.gaps == null) {
            own.gaps = new SequenceGaps();
        }
        own.missedBytesGivenUp += own.gaps.addHighest(from, to);
    }

    private static void openLowestGap(DirectionState own, int from, int to) {
        if (own.gaps == null) {
            own.gaps = new SequenceGaps();
        }
        own.missedBytesGivenUp += own.gaps.addLowest(from, to);
    }

    private static int fillGaps(DirectionState own, int from, int to) {
        long filled = own.gaps.fill(from, to);
        own.missedBytesGivenUp += filled >>> 32;
        if (own.gaps.count() == 0) {
            own.gaps = null;
        }
        return (int) filled;
    }

    /** Returns whether it shows a gap in what the other side sent that was not reported before. */
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
        return showsGap(peer, acknowledgement);
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

    // From the client's latest SYN to the segment that completes the handshake.
    private static void measureHandshake(
            SessionState state, DirectionState own, DirectionState peer, WirePacket packet) {
        int flags = packet.tcpFlags & (WirePacket.SYN | WirePacket.RST | WirePacket.ACK);
        if (state.handshakeRttUs != SessionState.NO_RTT
                || flags != WirePacket.ACK
                || own != state.client()
                || !own.has(DirectionState.SYN_SEEN)
                || !peer.has(DirectionState.SYN_SEEN)
                || (int) packet.acknowledgement != peer.initialSequence + 1) {
            return;
        }
        long rttNs = packet.timeNs - own.synTimeNs;
        if (rttNs >= 0) {
            state.handshakeRttUs = rttNs / NS_PER_US;
        }
    }
}
