package io.gatewatch.traffic.session;

/**
 * What the session machine asks of whoever runs it: rows out, and at most one timer of each kind a
 * key.
 */
public interface SessionOutput {
    /** A row: interim, ended or corrected. The object is the receiver's to keep. */
    void emit(SessionRow row);

    /**
     * Event time has come further, at least up to the session's start, and there is nothing new to
     * say of it: for whoever adds to rows what is known later. Each session that has a row before
     * it is final, or has none for as long as its time-out, gets such a call.
     *
     * @param row what a row would say now, {@link RowKind#FINAL} for the last time
     */
    void remind(SessionRow row);

    /**
     * Calls {@code onEventTime} once the watermark has reached {@code timeNs}.
     *
     * @param replacedNs the time set before, which need not be called any more, or {@link
     *     SessionState#NO_TIMER}
     */
    void wakeAtEventTime(long timeNs, long replacedNs);

    /** The event-time timer set for {@code timeNs} is not needed any more. */
    void cancelEventTime(long timeNs);

    /** Calls {@code onTick} once the wall clock has reached {@code timeMs}. */
    void wakeAtProcessingTime(long timeMs);

    /** The processing-time timer set for {@code timeMs} is not needed any more. */
    void cancelProcessingTime(long timeMs);
}
