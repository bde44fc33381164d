package io.gatewatch.packet;

/** What became of a frame. A malformed frame is normal input: it has a reason, not an exception. */
public enum DecodeOutcome {
    /** The view holds the packet. */
    DECODED(Kind.DECODED, "decoded"),

    IGNORED_NOT_IP(Kind.IGNORED, "not_ip"),
    IGNORED_FRAGMENT(Kind.IGNORED, "fragment"),
    IGNORED_PROTOCOL(Kind.IGNORED, "other_protocol"),
    IGNORED_LINK_TYPE(Kind.IGNORED, "link_type"),

    UNDECODABLE_LINK(Kind.UNDECODABLE, "truncated_link_header"),
    UNDECODABLE_VLAN(Kind.UNDECODABLE, "truncated_vlan_header"),
    UNDECODABLE_IPV4(Kind.UNDECODABLE, "bad_ipv4_header"),
    UNDECODABLE_IPV6(Kind.UNDECODABLE, "bad_ipv6_header"),
    UNDECODABLE_TRANSPORT(Kind.UNDECODABLE, "truncated_transport_header");

    /** How an outcome is counted. */
    public enum Kind {
        DECODED,
        IGNORED,
        UNDECODABLE
    }

    private final Kind kind;
    private final String reason;

    DecodeOutcome(Kind kind, String reason) {
        this.kind = kind;
        this.reason = reason;
    }

    public Kind kind() {
        return kind;
    }

    /** Name in counters, metrics and the ledger. */
    public String reason() {
        return reason;
    }
}
