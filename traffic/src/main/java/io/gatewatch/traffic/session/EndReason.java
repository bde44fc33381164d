package io.gatewatch.traffic.session;

/**
 * Why a session's row says what it says. Codes in brackets: IPFIX flowEndReason (RFC 7012). The
 * ordinal is stored: only ever added to.
 */
public enum EndReason {
    /** Both FINs acknowledged (3). */
    FIN("fin"),
    /** RST (3). */
    RST("rst"),
    /** A SYN with another initial sequence number took the key over (3). */
    NEW_SYN("new_syn"),
    /** Time-out (1). */
    IDLE("idle"),
    /** Not ended: an interim row (2). */
    OPEN("open"),
    /** Closed by the end of a bounded run (4). */
    END_OF_INPUT("end_of_input"),
    /** Closed because its gateway's clock stood still (4). */
    GATEWAY_GONE("gateway_gone"),
    /** Closed early to stay within memory (5). */
    RESOURCES("resources");

    static final EndReason[] VALUES = values();

    private final String text;

    EndReason(String text) {
        this.text = text;
    }

    /** Name in tables and output. */
    public String text() {
        return text;
    }

    /** Whether the session's own packets, or their absence, ended it: a replay would agree. */
    public boolean byOwnRule() {
        return switch (this) {
            case FIN, RST, NEW_SYN, IDLE -> true;
            case OPEN, END_OF_INPUT, GATEWAY_GONE, RESOURCES -> false;
        };
    }
}
