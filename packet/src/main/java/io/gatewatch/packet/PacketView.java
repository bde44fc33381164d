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

    public int ipIdentification;

    /** As in the header; ICMP and ICMPv6 as Community ID maps type and code; 0 without. */
    public int sourcePort;

    public int destinationPort;

    /** ICMP and ICMPv6 messages without a counterpart: their flow is not ordered. */
    public boolean oneWay;

    public int transportHeaderLength;
    public int payloadLength;
    public int transportChecksum;

    /** TCP only. Sequence numbers are unsigned 32 bit. */
    public long sequence;

    public long acknowledgement;
    public int tcpFlags;
    public int window;

    /** Raw TCP options, as far as captured. */
    public int optionsOffset;

    public int optionsLength;

    /** Where the payload begins in {@link #bytes}, and how much of it was captured. */
    public int payloadOffset;

    public int capturedPayloadLength;

    /** Bits of io.gatewatch.wire.Anomaly. */
    public long anomalies;
}
