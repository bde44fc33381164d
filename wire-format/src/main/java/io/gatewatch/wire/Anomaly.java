package io.gatewatch.wire;

/**
 * Oddities of a packet that was decoded all the same, or what a report says of a flow ({@link
 * ReportCursor}). The ordinal is the bit on the wire; only ever added to.
 */
public enum Anomaly {
    IP_LENGTH_ZERO("ip_length_zero"),
    IP_LENGTH_EXCEEDS_FRAME("ip_length_exceeds_frame"),
    IPV4_OPTIONS_BAD("ipv4_options_bad"),
    UDP_LENGTH_MISMATCH("udp_length_mismatch"),
    TCP_OPTIONS_BAD("tcp_options_bad"),
    TCP_FLAGS_IMPOSSIBLE("tcp_flags_impossible"),
    SNAPPED_HEADER("snapped_header"),

    // Of reports: an ICMP or ICMPv6 error that quotes a packet of the flow.

    ICMP_UNREACHABLE("icmp_unreachable"),
    ICMP_TIME_EXCEEDED("icmp_time_exceeded"),
    ICMP_TOO_BIG("icmp_too_big"),
    ICMP_REDIRECT("icmp_redirect"),
    ICMP_PARAMETER_PROBLEM("icmp_parameter_problem"),
    ICMP_SOURCE_QUENCH("icmp_source_quench"),

    FRAGMENT_OVERLAP("fragment_overlap"),
    FRAGMENT_BAD("fragment_bad"),
    EXTENSION_HEADERS_REPEATED("extension_headers_repeated"),
    FRAGMENT_TINY("fragment_tiny");

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
