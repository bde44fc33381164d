package io.gatewatch.traffic.session;

import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.wire.FlowBlock;
import io.gatewatch.wire.WireFormatException;

/**
 * The rules by which packets become sessions. Owns no clock, thread or store: state comes in and
 * goes out, rows and timers go to a {@link SessionOutput}. One instance serves all keys of a
 * thread.
 */
public final class SessionMachine {
    public SessionMachine(SessionSettings settings) {
        throw new UnsupportedOperationException();
    }

    /**
     * Applies the packets of one flow slice in capture order.
     *
     * @param state what the key holds, or null
     * @return what the key holds now (the same object where it goes on), or null
     */
    public SessionState onFlow(
            FlowKey key, SessionState state, FlowBlock flow, SliceContext slice, SessionOutput out)
            throws WireFormatException {
        throw new UnsupportedOperationException();
    }

    /**
     * An event-time timer fired.
     *
     * @param watermarkNs how far event time has come; {@link Long#MAX_VALUE} at the end of a
     *     bounded run
     * @return what the key holds now, or null when its session is final
     */
    public SessionState onEventTime(
            FlowKey key, SessionState state, long watermarkNs, SessionOutput out) {
        throw new UnsupportedOperationException();
    }

    /**
     * A processing-time timer fired: an interim row is due, or the safety net.
     *
     * @return what the key holds now, or null when its session was closed as {@code gateway_gone}
     */
    public SessionState onTick(
            FlowKey key,
            SessionState state,
            long watermarkNs,
            long processingTimeMs,
            SessionOutput out) {
        throw new UnsupportedOperationException();
    }
}
