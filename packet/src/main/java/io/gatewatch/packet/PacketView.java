package io.gatewatch.packet;

/**
 * The headers of one decoded packet. Filled by {@link PacketDecoder}, reused for the next frame;
 * byte ranges point into the frame's array. Addresses are two longs in network byte order, an IPv4
 * address in the lower 32 bits of the low one. Not thread safe.
 */
public final class PacketView {
    public static final long NO_MAC = -1;

    /** The array that holds the frame. */
    public byte[] bytes = new byte[0];

    public long sourceMac = NO_MAC;
    public long destinationMac = NO_MAC;

    /** Tags in {@link #vlanTags}, 0 to 4. */
    public int vlanCount;

    /** Tag control words, outermost in the highest 16 bits used. */
    public long vlanTags;

    /** 4 or 6. */
    public int ipVersion;

    public long sourceHigh;
    public long sourceLow;
    public long destinationHigh;
    public long destinationLow;

    /** IANA protocol number after IPv6 extension headers. */
    public int protocol;

    /** IPv4 total length, or 40 + IPv6 payload length. */
    public int ipLength;

    /** IPv4 alone, 0 for IPv6. */
    public int ipIdentification;

    /**
     * The packet is the first fragment of a larger one: {@link #ipLength} and {@link
     * #payloadLength} are the fragment's.
     */
    public boolean moreFragments;

    /**
     * As in the header. ICMP and ICMPv6 as Community ID maps them: requests and replies have their
     * type as source port and their counterpart's type as destination port, other messages type and
     * code.
     */
    public int sourcePort;

    public int destinationPort;

    /** ICMP and ICMPv6 messages without a counterpart: the ports are no pair to be swapped. */
    public boolean oneWay;

    /** As the header states it: TCP with its options, 8 for UDP, at most 8 for ICMP. */
    public int transportHeaderLength;

    /** Bytes behind the transport header on the wire, as the headers state them. */
    public int payloadLength;

    /** As in the header, never verified; 0 where it was not captured. */
    public int transportChecksum;

    /** TCP only. Sequence numbers are unsigned 32 bit. */
    public long sequence;

    public long acknowledgement;

    /**
     * The low 12 bits of octets 13 and 14: reserved bits, AE, then CWR, ECE, URG, ACK, PSH, RST,
     * SYN, FIN.
     */
    public int tcpFlags;

    /** As in the header, unscaled; 0 where it was not captured. */
    public int window;

    /** Raw TCP options, as far as captured. */
    public int optionsOffset;

    public int optionsLength;

    /**
     * Where the payload begins in {@link #bytes}, and how much of it was captured: never more than
     * {@link #payloadLength}.
     */
    public int payloadOffset;

    public int capturedPayloadLength;

    /** Bits of {@link PacketAnomaly}, which are those of the wire format. */
    public long anomalies;

    public void add(PacketAnomaly anomaly) {
        anomalies |= anomaly.bit();
    }

    /** Forgets the packet before; what every packet sets anew is left alone. */
    void reset(byte[] frame) {
        bytes = frame;
        sourceMac = NO_MAC;
        destinationMac = NO_MAC;
        vlanCount = 0;
        vlanTags = 0;
        ipIdentification = 0;
        moreFragments = false;
        oneWay = false;
        transportChecksum = 0;
        sequence = 0;
        acknowledgement = 0;
        tcpFlags = 0;
        window = 0;
        optionsOffset = 0;
        optionsLength = 0;
        anomalies = 0;
    }
}
