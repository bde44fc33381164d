package io.gatewatch.wire;

import static io.gatewatch.wire.BatchLayout.PACKET_ANOMALIES;
import static io.gatewatch.wire.BatchLayout.PACKET_EXTENSIONS;
import static io.gatewatch.wire.BatchLayout.PACKET_FROM_B;
import static io.gatewatch.wire.BatchLayout.PACKET_IP_HEADER_LENGTH;
import static io.gatewatch.wire.BatchLayout.PACKET_PATH;
import static io.gatewatch.wire.BatchLayout.PACKET_PREFIX;
import static io.gatewatch.wire.BatchLayout.PACKET_TAIL;
import static io.gatewatch.wire.BatchLayout.PACKET_TRANSPORT_HEADER_LENGTH;

/**
 * Walks through the packets of a flow block, in capture order. Allocates nothing per packet; the
 * packet it shows is the same object each time. Not thread safe.
 */
public final class PacketCursor {
    private static final int MAX_LENGTH = 0xFF_FFFF;
    private static final long UINT32_MASK = 0xFFFF_FFFFL;

    private final WireReader reader = new WireReader();
    private final FlowCoding coding = new FlowCoding();
    private final WirePacket packet = new WirePacket();
    private int packetCount;
    private int pathCount;
    private boolean withIdentity;
    private int left;

    void wrap(
            byte[] bytes,
            int offset,
            int length,
            FlowEntry flow,
            int packets,
            long baseTimeNs,
            boolean identity) {
        reader.wrap(bytes, offset, length);
        coding.reset(flow.protocol, flow.ipVersion, baseTimeNs);
        packetCount = packets;
        pathCount = flow.paths.size();
        withIdentity = identity;
        left = packets;
    }

    /** Packets of the flow in this batch. */
    public int packetCount() {
        return packetCount;
    }

    /** The packet that {@link #next} moved to: valid until the next call. */
    public WirePacket packet() {
        return packet;
    }

    /**
     * Moves to the next packet.
     *
     * @return false behind the last one
     * @throws WireFormatException if the bytes cannot be a packet, or bytes are left behind the
     *     last
     */
    public boolean next() throws WireFormatException {
        if (left == 0) {
            if (reader.remaining() != 0) {
                throw new WireFormatException(
                        reader.remaining() + " bytes behind the last packet at byte " + reader.at);
            }
            return false;
        }
        left--;
        WirePacket p = packet;
        WireReader in = reader;
        int descriptor = in.u8();
        int direction = descriptor & PACKET_FROM_B;
        p.fromB = direction != 0;
        p.path =
                (descriptor & PACKET_PATH) != 0 ? in.count("path", 0xFFFF) : coding.path[direction];
        if (p.path >= pathCount) {
            throw new WireFormatException(
                    "path " + p.path + " of " + pathCount + " at byte " + in.at);
        }
        p.timeNs = coding.lastTimeNs + in.zigzag();
        p.transportHeaderLength =
                (descriptor & PACKET_TRANSPORT_HEADER_LENGTH) != 0
                        ? in.count("transport header length", MAX_LENGTH)
                        : coding.transportHeaderLength[direction];
        p.payloadLength = in.count("payload length", MAX_LENGTH);
        long ipHeaderLength =
                (descriptor & PACKET_IP_HEADER_LENGTH) != 0
                        ? in.zigzag()
                        : coding.plainIpHeaderLength;
        long ipLength = ipHeaderLength + p.transportHeaderLength + p.payloadLength;
        if (ipHeaderLength != (int) ipHeaderLength || ipLength != (int) ipLength || ipLength < 0) {
            throw new WireFormatException("IP length out of range at byte " + in.at);
        }
        p.ipLength = (int) ipLength;
        p.optionsLength = 0;
        if (coding.tcp) {
            p.tcpFlags = in.count("TCP flags", 0xFFF);
            p.sequence = (coding.nextSequence[direction] + in.zigzag()) & UINT32_MASK;
            p.acknowledgement =
                    (coding.predictedAcknowledgement(direction) + in.zigzag()) & UINT32_MASK;
            p.window = (int) (coding.window[direction] + in.zigzag()) & 0xFFFF;
            if ((p.tcpFlags & WirePacket.SYN) != 0) {
                p.optionsLength = in.length("options length");
                p.optionsOffset = in.skip(p.optionsLength);
                p.options = in.bytes;
            }
        } else {
            p.tcpFlags = 0;
            p.sequence = 0;
            p.acknowledgement = 0;
            p.window = 0;
        }
        p.prefixLength = 0;
        if ((descriptor & PACKET_PREFIX) != 0) {
            p.prefixLength = in.length("prefix length");
            p.prefixOffset = in.skip(p.prefixLength);
            p.prefix = in.bytes;
        }
        p.tailLength = 0;
        if ((descriptor & PACKET_TAIL) != 0) {
            p.tailLength = WirePacket.TAIL_LENGTH;
            p.tailOffset = in.skip(WirePacket.TAIL_LENGTH);
            p.tail = in.bytes;
        }
        p.ipIdentification = withIdentity ? in.u16() : 0;
        p.transportChecksum = withIdentity ? in.u16() : 0;
        p.anomalies = (descriptor & PACKET_ANOMALIES) != 0 ? in.varint() : 0;
        p.extensionsLength = 0;
        if ((descriptor & PACKET_EXTENSIONS) != 0) {
            p.extensionsLength = in.extensions();
            p.extensionsOffset = in.at - p.extensionsLength;
            p.extensions = in.bytes;
        }
        coding.advance(p, direction);
        return true;
    }
}
