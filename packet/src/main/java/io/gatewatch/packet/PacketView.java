package io.gatewatch.packet;

/**
 * The headers of one decoded packet. Filled by {@link PacketDecoder}, reused for the next frame;
 * byte ranges point into the frame's array. Addresses are two longs in network byte order, an IPv4
 * address in the lower 32 bits of the low one. Not thread safe.
 */
public final class PacketView {
    public static final long NO_MAC = -1;
    public static final long NO_TUNNEL_ID = -1;

    /** Of {@link #payloadStart}. */
    public static final int UNKNOWN = -1;

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

    /** Other fragments follow in the datagram: of fragments, all but the last. */
    public boolean moreFragments;

    /** Where a fragment's data belongs in its datagram, in bytes; 0 for what is no fragment. */
    public int fragmentOffset;

    /** Of fragments: which datagram of these two addresses it is part of. */
    public long fragmentIdentification;

    /** Of fragments: bytes of the datagram in it, as the headers state them. */
    public int fragmentLength;

    /** Of fragments: where these bytes begin in {@link #bytes}. */
    public int fragmentPosition;

    /** Of fragments: how many of these bytes were captured. */
    public int fragmentCapturedLength;

    /** Of fragments: the IP protocol of the datagram's data, which may be an extension header. */
    public int fragmentProtocol;

    /**
     * Of first fragments: how far into the datagram's data the transport payload begins, which may
     * be behind this fragment; {@link #UNKNOWN} if the fragment ends before the field that says so.
     */
    public int payloadStart;

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

    /** IPv6 extension headers so far, one bit each. */
    int extensionHeaders;

    /** The innermost tunnel that the packet was found in; null outside of tunnels. */
    public PacketTunnel tunnel;

    /** 4 or 6, and the addresses of the packet that carries this one. */
    public int tunnelIpVersion;

    public long tunnelSourceHigh;
    public long tunnelSourceLow;
    public long tunnelDestinationHigh;
    public long tunnelDestinationLow;

    /** Network identifier, key or endpoint; {@link #NO_TUNNEL_ID} where there is none. */
    public long tunnelId = NO_TUNNEL_ID;

    /** A fragment, the first one or another; lengths are the fragment's. */
    public boolean isFragment() {
        return moreFragments || fragmentOffset != 0;
    }

    /** What is decoded next is in the payload of this packet; all else stays as it is. */
    public void enterTunnel(PacketTunnel kind, long id) {
        tunnel = kind;
        tunnelIpVersion = ipVersion;
        tunnelSourceHigh = sourceHigh;
        tunnelSourceLow = sourceLow;
        tunnelDestinationHigh = destinationHigh;
        tunnelDestinationLow = destinationLow;
        tunnelId = id;
    }

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
        tunnel = null;
        tunnelId = NO_TUNNEL_ID;
        resetPacket();
    }

    /** Forgets all but link and tunnel. */
    void resetPacket() {
        ipIdentification = 0;
        moreFragments = false;
        fragmentOffset = 0;
        extensionHeaders = 0;
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

    /** Takes over everything; byte ranges keep pointing into the same array. */
    public void copy(PacketView from) {
        bytes = from.bytes;
        sourceMac = from.sourceMac;
        destinationMac = from.destinationMac;
        vlanCount = from.vlanCount;
        vlanTags = from.vlanTags;
        ipVersion = from.ipVersion;
        sourceHigh = from.sourceHigh;
        sourceLow = from.sourceLow;
        destinationHigh = from.destinationHigh;
        destinationLow = from.destinationLow;
        protocol = from.protocol;
        ipLength = from.ipLength;
        ipIdentification = from.ipIdentification;
        moreFragments = from.moreFragments;
        fragmentOffset = from.fragmentOffset;
        fragmentIdentification = from.fragmentIdentification;
        fragmentLength = from.fragmentLength;
        fragmentPosition = from.fragmentPosition;
        fragmentCapturedLength = from.fragmentCapturedLength;
        fragmentProtocol = from.fragmentProtocol;
        payloadStart = from.payloadStart;
        sourcePort = from.sourcePort;
        destinationPort = from.destinationPort;
        oneWay = from.oneWay;
        transportHeaderLength = from.transportHeaderLength;
        payloadLength = from.payloadLength;
        transportChecksum = from.transportChecksum;
        sequence = from.sequence;
        acknowledgement = from.acknowledgement;
        tcpFlags = from.tcpFlags;
        window = from.window;
        optionsOffset = from.optionsOffset;
        optionsLength = from.optionsLength;
        payloadOffset = from.payloadOffset;
        capturedPayloadLength = from.capturedPayloadLength;
        anomalies = from.anomalies;
        extensionHeaders = from.extensionHeaders;
        tunnel = from.tunnel;
        tunnelIpVersion = from.tunnelIpVersion;
        tunnelSourceHigh = from.tunnelSourceHigh;
        tunnelSourceLow = from.tunnelSourceLow;
        tunnelDestinationHigh = from.tunnelDestinationHigh;
        tunnelDestinationLow = from.tunnelDestinationLow;
        tunnelId = from.tunnelId;
    }
}
