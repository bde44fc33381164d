package io.gatewatch.packet;

/**
 * Oddities of a packet that is decoded all the same, and what an ICMP error says of the packet that
 * it quotes ({@code ICMP_}). Each is the bit in {@link PacketView#anomalies} that the wire format
 * gives the anomaly of the same name.
 */
public enum PacketAnomaly {
    /** Segmentation offload: the length in the IP header is 0, the frame's own was taken. */
    IP_LENGTH_ZERO(0),
    /** The IP header claims more than the frame had on the wire; its claim was kept. */
    IP_LENGTH_EXCEEDS_FRAME(1),
    /** An IPv4 option is shorter than 2 bytes or runs past the header. */
    IPV4_OPTIONS_BAD(2),
    /** The UDP length is below 8 or is not what the IP header leaves for it. */
    UDP_LENGTH_MISMATCH(3),
    /** A TCP option is shorter than 2 bytes or runs past the header. */
    TCP_OPTIONS_BAD(4),
    /** SYN with FIN or RST, or none of SYN, RST and ACK. */
    TCP_FLAGS_IMPOSSIBLE(5),
    /** The snap length cut the transport header behind what had to be there. */
    SNAPPED_HEADER(6),

    /** ICMP and ICMPv6: the quoted packet did not reach its destination. */
    ICMP_UNREACHABLE(7),
    /** The quoted packet ran out of hops, or its fragments out of time. */
    ICMP_TIME_EXCEEDED(8),
    /** The quoted packet was larger than a link on its way takes. */
    ICMP_TOO_BIG(9),
    /** There is a better way for the quoted packet's destination. */
    ICMP_REDIRECT(10),
    /** Somebody could not make sense of the quoted packet's header. */
    ICMP_PARAMETER_PROBLEM(11),
    /** The quoted packet's sender was asked to slow down (deprecated by RFC 6633). */
    ICMP_SOURCE_QUENCH(12),

    /** A fragment covers bytes that another one of its packet brought. */
    FRAGMENT_OVERLAP(13),
    /** A fragment that no sender makes: an odd length in the middle, or an end beyond 64 KiB. */
    FRAGMENT_BAD(14),
    /** IPv6 extension headers that occur more often than RFC 8200 lets them. */
    EXTENSION_HEADERS_REPEATED(15),
    /** A first fragment that ends inside of the transport header: hides from filters. */
    FRAGMENT_TINY(16);

    private final long bit;

    PacketAnomaly(int position) {
        bit = 1L << position;
    }

    public long bit() {
        return bit;
    }
}
