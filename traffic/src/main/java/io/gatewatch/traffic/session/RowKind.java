package io.gatewatch.traffic.session;

/** What a row says of its session's future. The ordinal is stored: only ever added to. */
public enum RowKind {
    /** The session is open. */
    INTERIM,
    /** The session has ended; what trails may still change the row. */
    ENDED,
    /** Nothing will change any more. Each session has at most one such row, as its last. */
    FINAL;

    static final RowKind[] VALUES = values();
}
