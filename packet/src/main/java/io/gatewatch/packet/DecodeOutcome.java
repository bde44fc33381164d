package io.gatewatch.packet;

/**
 * What became of a frame, or of a packet in a tunnel. A malformed frame is normal input: it has a
 * reason, not an exception. Reasons of kind {@code UNDECODABLE} say that the frame itself is wrong,
 * except {@link #UNDECODABLE_SNAPLEN}: there the capture kept too little of it.
 */
public enum DecodeOutcome {
    /** The view holds the packet. */
    DECODED(Kind.DECODED, "decoded"),

    /** ARP, LLDP and whatever else is neither IPv4 nor IPv6. */
    IGNORED_NOT_IP(Kind.IGNORED, "not_ip"),
    /** An 802.2 header without IP behind it: spanning tree, CDP, IS-IS. */
    IGNORED_LLC(Kind.IGNORED, "other_llc"),
    /** PPPoE before there is a session. */
    IGNORED_PPPOE_DISCOVERY(Kind.IGNORED, "pppoe_discovery"),
    /** PPP negotiating: LCP, IPCP, PAP, keep-alives. */
    IGNORED_PPP_CONTROL(Kind.IGNORED, "ppp_control"),
    /** PPP with compressed headers or compressed or encrypted packets. */
    IGNORED_PPP_COMPRESSED(Kind.IGNORED, "ppp_compressed"),
    /** A piece of a packet that PPP multilink spread over several links. */
    IGNORED_PPP_MULTILINK(Kind.IGNORED, "ppp_multilink"),
    /** Behind MPLS labels neither IP nor an Ethernet frame. */
    IGNORED_MPLS(Kind.IGNORED, "other_mpls"),
    /** Protected by MACsec (IEEE 802.1AE). */
    IGNORED_MACSEC(Kind.IGNORED, "macsec"),
    /** An 802.11 frame of management, of control, or without data. */
    IGNORED_WIFI(Kind.IGNORED, "wifi_no_data"),
    /** An 802.11 frame that is encrypted. */
    IGNORED_WIFI_PROTECTED(Kind.IGNORED, "wifi_encrypted"),
    /** An 802.11 fragment behind the first: it has no headers. */
    IGNORED_WIFI_FRAGMENT(Kind.IGNORED, "wifi_fragment"),
    /** The interface has a link type that is not decoded. */
    IGNORED_LINK_TYPE(Kind.IGNORED, "link_type"),

    /** The snap length of the capture cut the frame before its ports. */
    UNDECODABLE_SNAPLEN(Kind.UNDECODABLE, "snaplen_too_short"),
    UNDECODABLE_LINK(Kind.UNDECODABLE, "truncated_link_header"),
    UNDECODABLE_LINK_LENGTH(Kind.UNDECODABLE, "bad_link_header_length"),
    UNDECODABLE_WIFI_CHECKSUM(Kind.UNDECODABLE, "wifi_bad_checksum"),
    UNDECODABLE_LLC(Kind.UNDECODABLE, "truncated_llc_header"),
    UNDECODABLE_TAG(Kind.UNDECODABLE, "truncated_switch_tag"),
    UNDECODABLE_PPP(Kind.UNDECODABLE, "truncated_ppp_header"),
    UNDECODABLE_PPPOE(Kind.UNDECODABLE, "truncated_pppoe_header"),
    UNDECODABLE_PPPOE_VERSION(Kind.UNDECODABLE, "bad_pppoe_version"),
    UNDECODABLE_MPLS(Kind.UNDECODABLE, "truncated_mpls_label"),
    UNDECODABLE_MPLS_STACK(Kind.UNDECODABLE, "too_many_mpls_labels"),
    UNDECODABLE_VLAN(Kind.UNDECODABLE, "truncated_vlan_header"),
    UNDECODABLE_VLAN_STACK(Kind.UNDECODABLE, "too_many_vlan_tags"),
    UNDECODABLE_HEADERS(Kind.UNDECODABLE, "too_many_headers"),
    UNDECODABLE_IP_VERSION(Kind.UNDECODABLE, "bad_ip_version"),
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
    UNDECODABLE_ICMP(Kind.UNDECODABLE, "truncated_icmp_header"),
    UNDECODABLE_TRANSPORT(Kind.UNDECODABLE, "truncated_transport_header"),
    UNDECODABLE_GRE(Kind.UNDECODABLE, "truncated_gre_header"),
    UNDECODABLE_GRE_VERSION(Kind.UNDECODABLE, "bad_gre_version"),
    UNDECODABLE_GRE_ROUTING(Kind.UNDECODABLE, "gre_source_route"),
    UNDECODABLE_ERSPAN(Kind.UNDECODABLE, "truncated_erspan_header"),
    UNDECODABLE_ERSPAN_VERSION(Kind.UNDECODABLE, "bad_erspan_version"),
    /** Deeper in tunnels than anybody puts a packet. */
    UNDECODABLE_TUNNELS(Kind.UNDECODABLE, "too_many_tunnels");

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
