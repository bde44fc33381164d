package io.gatewatch.traffic.session;

/**
 * How far one side of a TCP connection has come, by what it sent. Zeek derives its {@code
 * conn_state} from a pair of these. The ordinal is stored: only ever added to.
 *
 * <pre>
 *  INACTIVE ──SYN──────────► SYN_SENT ─────SYN+ACK of the other side──► ESTABLISHED
 *     │ └────SYN+ACK alone─► SYN_ACK_SENT                                  │
 *     └──────anything else─► PARTIAL                                       │
 *                               └───────────FIN──► CLOSED ◄────────────────┤
 *                               └───────────RST──► RESET  ◄────────────────┘
 * </pre>
 */
enum EndpointState {
    /** Sent nothing that counts. */
    INACTIVE,
    /** Sent a SYN that was not answered yet. */
    SYN_SENT,
    /** Sent a SYN+ACK although it is the client. */
    SYN_ACK_SENT,
    /** Sent segments, but its SYN was not seen. */
    PARTIAL,
    /** Completed its part of the handshake. */
    ESTABLISHED,
    /** Sent a FIN. */
    CLOSED,
    /** Sent a RST. */
    RESET;

    static final EndpointState[] VALUES = values();
}
