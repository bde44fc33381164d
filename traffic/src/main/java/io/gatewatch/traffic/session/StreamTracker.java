package io.gatewatch.traffic.session;

import io.gatewatch.wire.WirePacket;

/**
 * Follows the stream of one side by the ranges of sequence numbers that its segments cover: what
 * came in order, what was sent again, what is missing, where it ends. A range below what comes next
 * that fills a gap came out of order; one that does not was sent again.
 */
final class StreamTracker {
    private StreamTracker() {}

    /** Takes over the number of a SYN; data of the same segment follows in {@link #take}. */
    static void begin(DirectionState own, int initialSequence) {
        int first = initialSequence + 1;
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

    /** Takes the number of the first segment seen for where the stream begins. */
    static void join(DirectionState own, int sequence) {
        if (!own.has(DirectionState.SEQUENCE_KNOWN)) {
            own.lowest = sequence;
            own.next = sequence;
            own.gapsReportedTo = sequence;
        }
        own.mark(DirectionState.SEQUENCE_KNOWN | DirectionState.SEQUENCE_SEEN);
    }

    /** Takes what a segment without RST carries. */
    static void take(
            SessionState state, DirectionState own, DirectionState peer, WirePacket packet) {
        int flags = packet.tcpFlags;
        int from = (int) packet.sequence + ((flags & WirePacket.SYN) >> 1);
        int to = from + packet.payloadLength;
        if (packet.payloadLength > 0) {
            if (own.has(DirectionState.FIN_SEEN | DirectionState.RST_SEEN)) {
                noteDataAfterEnd(state, own, to);
            }
            takeRange(state, own, peer, from, to);
        }
        if ((flags & WirePacket.FIN) != 0) {
            takeFin(state, own, to);
        }
    }

    // A keep-alive's byte stands where the FIN does: only what is beyond both is data for sure.
    private static void noteDataAfterEnd(SessionState state, DirectionState own, int to) {
        if (own.has(DirectionState.FIN_SEEN) && Sequence.isAfter(to, own.finEnd)) {
            state.anomalies |= SessionAnomaly.TCP_DATA_AFTER_FIN.bit();
        }
        if (own.has(DirectionState.RST_SEEN) && Sequence.isAfter(to, own.lastRstSequence)) {
            state.anomalies |= SessionAnomaly.TCP_DATA_AFTER_RST.bit();
        }
    }

    private static void takeFin(SessionState state, DirectionState own, int at) {
        if (!own.has(DirectionState.FIN_SEEN) || Sequence.isAfter(at + 1, own.finEnd)) {
            own.finEnd = at + 1;
        }
        own.mark(DirectionState.FIN_SEEN);
        advance(state, own, at, at + 1);
        if (own.has(DirectionState.ACKNOWLEDGED_KNOWN)
                && !Sequence.isBefore(own.acknowledged, own.finEnd)) {
            own.mark(DirectionState.FIN_ACKNOWLEDGED);
        }
    }

    /**
     * Takes the payload of an IP fragment behind the first of its segment. A FIN that the first one
     * showed stands behind all of them.
     */
    static void takeFragment(
            SessionState state, DirectionState own, DirectionState peer, WirePacket packet) {
        int from = (int) packet.sequence;
        int to = from + packet.payloadLength;
        boolean finMoves =
                own.has(DirectionState.FIN_SEEN) && !Sequence.isBefore(from, own.finEnd - 1);
        if (finMoves && own.next == own.finEnd) {
            own.next--;
        }
        takeRange(state, own, peer, from, to);
        if (finMoves) {
            takeFin(state, own, to);
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
            advance(state, own, from, to);
            return;
        }
        if (isProbe(own, peer, from, to)) {
            return;
        }
        takeOverlapping(state, own, from, to);
    }

    /** Moves {@link DirectionState#next} over a range that begins at or after it. */
    private static void advance(SessionState state, DirectionState own, int from, int to) {
        int ahead = Sequence.distance(own.next, from);
        if (ahead > Sequence.MAX_WINDOW) {
            own.next = to; // no gap of one window: the numbers start somewhere else
            state.anomalies |= SessionAnomaly.TCP_SEQUENCE_JUMP.bit();
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

    // Below what a session joined midstream began with: it came out of order, if it is near.
    private static void joinBelow(DirectionState own, int from, int to) {
        if (own.has(DirectionState.SYN_SEEN | DirectionState.SYN_INFERRED)
                || Sequence.distance(from, own.lowest) > SynRule.LATE_WINDOW) {
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
}
