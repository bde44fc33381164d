package io.gatewatch.packet;

/**
 * Oddities of a packet that is decoded all the same. Each is the bit in {@link
 * PacketView#anomalies} that the wire format gives the anomaly of the same name.
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
    SNAPPED_HEADER(6);

    private final long bit;

    PacketAnomaly(int position) {
        bit = 1L << position;
    }

    public long bit() {
        return bit;
    }
}
