package io.gatewatch.traffic.session;

import io.gatewatch.wire.WirePacket;

/**
 * Whether a segment with SYN begins another connection under the same key. Numbers are compared per
 * direction, so a simultaneous open stays one connection.
 *
 * <table>
 *   <caption>A SYN of a side</caption>
 *   <tr><td>that sent a SYN before: same number within 60 s</td><td>repeated</td></tr>
 *   <tr><td>that sent a SYN before: another number, or later</td><td>new</td></tr>
 *   <tr><td>joined midstream: number just below the first one seen</td><td>late, adopted</td></tr>
 *   <tr><td>joined midstream: any other number</td><td>new</td></tr>
 *   <tr><td>that sent nothing: the other side acknowledged it, or its data</td><td>late, adopted</td></tr>
 *   <tr><td>that sent nothing: the other side sent only SYNs</td><td>simultaneous open</td></tr>
 *   <tr><td>that sent nothing: all else, and after the end</td><td>new</td></tr>
 * </table>
 *
 * <p>A SYN+ACK begins another connection only where it fits neither what its side sent nor the SYN
 * that it answers, and that SYN was not seen or the session has ended.
 */
final class SynRule {
    static final long REPEAT_NS = 60_000_000_000L;

    /**
     * How far below the first sequence number seen a late SYN may lie: segments that overtook one
     * another are within a window, while the next connection's number is ahead (RFC 6528).
     */
    static final int LATE_WINDOW = 1 << 20;

    private static final int MAX_SYN_DATA = 0xFFFF;

    private SynRule() {}

    static boolean startsNew(SessionState state, WirePacket packet) {
        int flags = packet.tcpFlags;
        if ((flags & WirePacket.SYN) == 0 || (flags & WirePacket.RST) != 0) {
            return false;
        }
        DirectionState own = packet.fromB ? state.b : state.a;
        DirectionState peer = packet.fromB ? state.a : state.b;
        return (flags & WirePacket.ACK) == 0
                ? synStartsNew(state, own, peer, packet)
                : synAckStartsNew(state, own, peer, packet);
    }

    private static boolean synStartsNew(
            SessionState state, DirectionState own, DirectionState peer, WirePacket packet) {
        int sequence = (int) packet.sequence;
        if (own.has(DirectionState.SYN_SEEN)) {
            return sequence != own.initialSequence || packet.timeNs - own.synTimeNs > REPEAT_NS;
        }
        if (own.has(DirectionState.SYN_INFERRED)) {
            return !isWithin(own.initialSequence, sequence, sequence + packet.payloadLength);
        }
        if (own.has(DirectionState.SEQUENCE_KNOWN)) {
            return !precedes(sequence, own.lowest);
        }
        boolean peerSentOnlySyns = !peer.has(DirectionState.SENT_MORE_THAN_SYN);
        return state.ended() || !peerSentOnlySyns;
    }

    private static boolean synAckStartsNew(
            SessionState state, DirectionState own, DirectionState peer, WirePacket packet) {
        int sequence = (int) packet.sequence;
        int answered = (int) packet.acknowledgement - 1;
        boolean fitsOwn;
        if (own.has(DirectionState.SYN_SEEN | DirectionState.SYN_INFERRED)) {
            fitsOwn = sequence == own.initialSequence;
        } else if (own.has(DirectionState.SEQUENCE_KNOWN)) {
            fitsOwn = precedes(sequence, own.lowest);
        } else {
            fitsOwn = !state.ended();
        }
        if (fitsOwn) {
            return false;
        }
        boolean answersPeer;
        if (peer.has(DirectionState.SYN_SEEN)) {
            answersPeer =
                    isWithin(answered, peer.initialSequence, peer.next - 1)
                            && answered - peer.initialSequence <= MAX_SYN_DATA;
        } else if (peer.has(DirectionState.SYN_INFERRED)) {
            answersPeer = answered == peer.initialSequence;
        } else {
            answersPeer =
                    peer.has(DirectionState.SEQUENCE_KNOWN) && precedes(answered, peer.lowest);
        }
        return !answersPeer && (state.ended() || !peer.has(DirectionState.SYN_SEEN));
    }

    // A SYN with data (RFC 7413) may be answered with or without it.
    private static boolean isWithin(int sequence, int first, int last) {
        return !Sequence.isBefore(sequence, first) && !Sequence.isAfter(sequence, last);
    }

    private static boolean precedes(int initialSequence, int lowest) {
        int below = Sequence.distance(initialSequence + 1, lowest);
        return below >= 0 && below <= LATE_WINDOW;
    }
}
