package io.gatewatch.job.ledger;

/** What the ledger asks of whoever runs it. */
interface LedgerOutput {
    void emit(LedgerRow row);

    /** Calls {@link LedgerTurn#watermark} once the watermark has reached {@code timeMs}. */
    void wakeAtEventTime(long timeMs);

    /** Calls {@link LedgerTurn#wallClock} once the wall clock has reached {@code timeMs}. */
    void wakeAtWallClock(long timeMs);

    /** A minute was judged. */
    void judged();

    /** Something came for a minute whose account had been given up. */
    void tooLate();
}
