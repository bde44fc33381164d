package io.gatewatch.wire;

/**
 * What encoder and decoder both know of a flow while they walk through its packets, so that only
 * differences are written. One home for the prediction of each field. Indexed by direction: 0 from
 * A, 1 from B.
 */
public final class FlowCoding {
    private static final int TCP_HEADER_LENGTH = 20;
    private static final int SHORT_HEADER_LENGTH = 8;
    private static final long UINT32_MASK = 0xFFFF_FFFFL;

    boolean tcp;
    int plainIpHeaderLength;
    long lastTimeNs;
    final int[] path = new int[2];
    final int[] transportHeaderLength = new int[2];
    final long[] nextSequence = new long[2];
    final long[] acknowledgement = new long[2];
    final int[] window = new int[2];

    /** Forgets everything; call before the first packet of a flow in a batch. */
    public void reset(int protocol, int ipVersion, long baseTimeNs) {
        tcp = protocol == BatchLayout.PROTOCOL_TCP;
        plainIpHeaderLength = ipVersion == 4 ? 20 : 40;
        lastTimeNs = baseTimeNs;
        int headerLength =
                switch (protocol) {
                    case BatchLayout.PROTOCOL_TCP -> TCP_HEADER_LENGTH;
                    case 1, 17, 58 -> SHORT_HEADER_LENGTH;
                    default -> 0;
                };
        for (int direction = 0; direction < 2; direction++) {
            path[direction] = 0;
            transportHeaderLength[direction] = headerLength;
            nextSequence[direction] = 0;
            acknowledgement[direction] = 0;
            window[direction] = 0;
        }
    }

    /**
     * The acknowledgement expected of a direction: its last one, or what the other side sent up to.
     */
    long predictedAcknowledgement(int direction) {
        long last = acknowledgement[direction];
        return last != 0 ? last : nextSequence[1 - direction];
    }

    /** Takes over a packet that was just written or read. */
    void advance(WirePacket packet, int direction) {
        lastTimeNs = packet.timeNs;
        path[direction] = packet.path;
        transportHeaderLength[direction] = packet.transportHeaderLength;
        if (tcp) {
            int flags = packet.tcpFlags;
            long length = (long) packet.payloadLength + ((flags >> 1) & 1) + (flags & 1);
            nextSequence[direction] = (packet.sequence + length) & UINT32_MASK;
            acknowledgement[direction] = packet.acknowledgement;
            window[direction] = packet.window;
        }
    }
}
