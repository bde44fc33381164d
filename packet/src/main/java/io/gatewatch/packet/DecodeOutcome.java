package io.gatewatch.packet;

/**
 * What became of a frame. A malformed frame is normal input: it has a reason, not an exception.
 * Reasons of kind {@code UNDECODABLE} say that the frame itself is wrong, except {@link
 * #UNDECODABLE_SNAPLEN}: there the capture kept too little of it.
 */
public enum DecodeOutcome {
    /** The view holds the packet. */
    DECODED(Kind.DECODED, "decoded"),

    /** ARP, LLDP, 802.3 frames with LLC and whatever else is neither IPv4 nor IPv6. */
    IGNORED_NOT_IP(Kind.IGNORED, "not_ip"),
    /** An IPv4 or IPv6 fragment behind the first of its packet: it has no ports. */
    IGNORED_FRAGMENT(Kind.IGNORED, "fragment"),
    /** An IP protocol that is not decoded, also "no next header" of IPv6. */
    IGNORED_PROTOCOL(Kind.IGNORED, "other_protocol"),
    /** The interface has a link type that is not decoded. */
    IGNORED_LINK_TYPE(Kind.IGNORED, "link_type"),

    /** The snap length of the capture cut the frame before its ports. */
    UNDECODABLE_SNAPLEN(Kind.UNDECODABLE, "snaplen_too_short"),
    UNDECODABLE_LINK(Kind.UNDECODABLE, "truncated_link_header"),
    UNDECODABLE_VLAN(Kind.UNDECODABLE, "truncated_vlan_header"),
    UNDECODABLE_VLAN_STACK(Kind.UNDECODABLE, "too_many_vlan_tags"),
    UNDECODABLE_HEADERS(Kind.UNDECODABLE, "too_many_headers"),
    UNDECODABLE_IPV4(Kind.UNDECODABLE, "truncated_ipv4_header"),
    UNDECODABLE_IPV4_VERSION(Kind.UNDECODABLE, "bad_ipv4_version"),
    UNDECODABLE_IPV4_HEADER_LENGTH(Kind.UNDECODABLE, "bad_ipv4_header_length"),
    UNDECODABLE_IPV4_TOTAL_LENGTH(Kind.UNDECODABLE, "bad_ipv4_total_length"),
    UNDECODABLE_IPV6(Kind.UNDECODABLE, "truncated_ipv6_header"),
    UNDECODABLE_IPV6_VERSION(Kind.UNDECODABLE, "bad_ipv6_version"),
    UNDECODABLE_EXTENSION(Kind.UNDECODABLE, "truncated_extension_header"),
    UNDECODABLE_TCP(Kind.UNDECODABLE, "truncated_tcp_header"),
    UNDECODABLE_TCP_HEADER_LENGTH(Kind.UNDECODABLE, "bad_tcp_header_length"),
    UNDECODABLE_UDP(Kind.UNDECODABLE, "truncated_udp_header"),
    UNDECODABLE_ICMP(Kind.UNDECODABLE, "truncated_icmp_header");

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
