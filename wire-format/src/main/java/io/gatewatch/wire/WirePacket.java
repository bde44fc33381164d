package io.gatewatch.wire;

/**
 * What the record says of one packet. One object is filled again for each packet, by the agent
 * before encoding and by {@link PacketCursor} while decoding; byte ranges point into the caller's
 * or the batch's array and are valid until the next packet. Not thread safe.
 */
public final class WirePacket {
    /** Index into the flow's paths. */
    public int path;

    /** Sent by B, received by A. */
    public boolean fromB;

    /** Capture time, nanoseconds since 1970-01-01 UTC. */
    public long timeNs;

    /** IPv4 total length, or 40 + IPv6 payload length: bytes, from the IP header on. */
    public int ipLength;

    /** Bytes of the TCP, UDP or ICMP header; 0 for other protocols. */
    public int transportHeaderLength;

    /** Bytes after the transport header as the headers state it, whatever was captured. */
    public int payloadLength;

    /** TCP only: unsigned 32 bit. */
    public long sequence;

    /** TCP only: unsigned 32 bit, as in the header even without the ACK flag. */
    public long acknowledgement;

    /**
     * TCP only: the low 12 bits of octets 13 and 14 after the data offset (reserved bits, AE, then
     * CWR to FIN).
     */
    public int tcpFlags;

    /** TCP only: as in the header, unscaled. */
    public int window;

    /** TCP segments with SYN only: the raw options; length 0 elsewhere. */
    public byte[] options = NO_BYTES;

    public int optionsOffset;
    public int optionsLength;

    /** The first bytes of the payload, as far as the agent's policy ships them. */
    public byte[] prefix = NO_BYTES;

    public int prefixOffset;
    public int prefixLength;

    /**
     * The last {@link #TAIL_LENGTH} payload bytes of a packet whose prefix was cut; length 0 or 8.
     */
    public byte[] tail = NO_BYTES;

    public int tailOffset;
    public int tailLength;

    /** With packet identity only: IPv4 identification, 0 for IPv6. */
    public int ipIdentification;

    /** With packet identity only: the TCP, UDP or ICMP checksum as in the header. */
    public int transportChecksum;

    /** Bits of {@link Anomaly}. */
    public long anomalies;

    /** Extension fields: tag, length, value, as in the layout; length 0 without. */
    public byte[] extensions = NO_BYTES;

    public int extensionsOffset;
    public int extensionsLength;

    public static final int TAIL_LENGTH = 8;

    // TCP flags, RFC 9293 section 3.1.
    public static final int FIN = 0x01;
    public static final int SYN = 0x02;
    public static final int RST = 0x04;
    public static final int PSH = 0x08;
    public static final int ACK = 0x10;
    public static final int URG = 0x20;
    public static final int ECE = 0x40;
    public static final int CWR = 0x80;
    public static final int AE = 0x100;

    static final byte[] NO_BYTES = new byte[0];
}
