package io.gatewatch.traffic.session;

/** How long an ended session still takes what trails. The ordinal is stored: only ever added to. */
enum Linger {
    /** Not at all: the session is final when it ends. */
    NONE,
    /** From the latest RST or repeated SYN on. */
    AFTER_RST,
    /** From the end on: both sides had closed. */
    AFTER_FINS,
    /** From the latest packet on: one side only had closed. */
    HALF_CLOSED;

    static final Linger[] VALUES = values();
}
