package io.gatewatch.wire;

/**
 * Oddities of a packet that was decoded all the same. The ordinal is the bit on the wire; only ever
 * added to.
 */
public enum Anomaly {
    IP_LENGTH_ZERO("ip_length_zero"),
    IP_LENGTH_EXCEEDS_FRAME("ip_length_exceeds_frame"),
    IPV4_OPTIONS_BAD("ipv4_options_bad"),
    UDP_LENGTH_MISMATCH("udp_length_mismatch"),
    TCP_OPTIONS_BAD("tcp_options_bad"),
    TCP_FLAGS_IMPOSSIBLE("tcp_flags_impossible"),
    SNAPPED_HEADER("snapped_header");

    private final String text;

    Anomaly(String text) {
        this.text = text;
    }

    /** Name in tables and output. */
    public String text() {
        return text;
    }

    public long bit() {
        return 1L << ordinal();
    }
}
