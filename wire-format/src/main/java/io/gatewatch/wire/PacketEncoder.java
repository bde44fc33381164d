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
 * Writes one packet after the packets of its flow that came before it in the batch. Allocates
 * nothing.
 */
public final class PacketEncoder {
    /** Bytes that a packet takes at most besides options, prefix, tail and extensions. */
    private static final int MAX_FIXED_LENGTH = 112;

    private PacketEncoder() {}

    /** Room that {@link #encode} needs for this packet. */
    public static int maxLength(WirePacket packet) {
        return MAX_FIXED_LENGTH
                + packet.optionsLength
                + packet.prefixLength
                + packet.tailLength
                + packet.extensionsLength;
    }

    /**
     * Writes {@code packet} at {@code at} and takes it over into {@code coding}.
     *
     * @param withIdentity whether the batch has {@link BatchHead#FLAG_PACKET_IDENTITY}
     * @return the position behind the packet
     */
    public static int encode(
            WirePacket packet, FlowCoding coding, boolean withIdentity, byte[] out, int at) {
        int direction = packet.fromB ? 1 : 0;
        int ipHeaderLength = packet.ipLength - packet.transportHeaderLength - packet.payloadLength;
        int descriptor = packet.fromB ? PACKET_FROM_B : 0;
        if (packet.path != coding.path[direction]) {
            descriptor |= PACKET_PATH;
        }
        if (ipHeaderLength != coding.plainIpHeaderLength) {
            descriptor |= PACKET_IP_HEADER_LENGTH;
        }
        if (packet.prefixLength != 0) {
            descriptor |= PACKET_PREFIX;
        }
        if (packet.tailLength != 0) {
            requireWholeTail(packet);
            descriptor |= PACKET_TAIL;
        }
        if (packet.anomalies != 0) {
            descriptor |= PACKET_ANOMALIES;
        }
        if (packet.extensionsLength != 0) {
            descriptor |= PACKET_EXTENSIONS;
        }
        if (packet.transportHeaderLength != coding.transportHeaderLength[direction]) {
            descriptor |= PACKET_TRANSPORT_HEADER_LENGTH;
        }

        int to = at;
        out[to++] = (byte) descriptor;
        if ((descriptor & PACKET_PATH) != 0) {
            to = WireWriter.putVarint(out, to, packet.path);
        }
        to = WireWriter.putZigzag(out, to, packet.timeNs - coding.lastTimeNs);
        if ((descriptor & PACKET_TRANSPORT_HEADER_LENGTH) != 0) {
            to = WireWriter.putVarint(out, to, packet.transportHeaderLength);
        }
        to = WireWriter.putVarint(out, to, packet.payloadLength);
        if ((descriptor & PACKET_IP_HEADER_LENGTH) != 0) {
            to = WireWriter.putZigzag(out, to, ipHeaderLength);
        }
        if (coding.tcp) {
            to = WireWriter.putVarint(out, to, packet.tcpFlags);
            long nextSequence = coding.nextSequence[direction];
            to = WireWriter.putZigzag(out, to, wrapped(packet.sequence - nextSequence));
            long predicted = coding.predictedAcknowledgement(direction);
            to = WireWriter.putZigzag(out, to, wrapped(packet.acknowledgement - predicted));
            to = WireWriter.putZigzag(out, to, packet.window - coding.window[direction]);
            if ((packet.tcpFlags & WirePacket.SYN) != 0) {
                to = putBytes(out, to, packet.options, packet.optionsOffset, packet.optionsLength);
            }
        }
        if (packet.prefixLength != 0) {
            to = putBytes(out, to, packet.prefix, packet.prefixOffset, packet.prefixLength);
        }
        if (packet.tailLength != 0) {
            System.arraycopy(packet.tail, packet.tailOffset, out, to, WirePacket.TAIL_LENGTH);
            to += WirePacket.TAIL_LENGTH;
        }
        if (withIdentity) {
            out[to++] = (byte) (packet.ipIdentification >>> 8);
            out[to++] = (byte) packet.ipIdentification;
            out[to++] = (byte) (packet.transportChecksum >>> 8);
            out[to++] = (byte) packet.transportChecksum;
        }
        if (packet.anomalies != 0) {
            to = WireWriter.putVarint(out, to, packet.anomalies);
        }
        if (packet.extensionsLength != 0) {
            to =
                    putBytes(
                            out,
                            to,
                            packet.extensions,
                            packet.extensionsOffset,
                            packet.extensionsLength);
        }
        coding.advance(packet, direction);
        return to;
    }

    private static void requireWholeTail(WirePacket packet) {
        if (packet.tailLength != WirePacket.TAIL_LENGTH) {
            throw new IllegalArgumentException(
                    "tail of "
                            + packet.tailLength
                            + " bytes: must be 0 or "
                            + WirePacket.TAIL_LENGTH);
        }
    }

    /** The same difference modulo 2^32, nearest to zero: sequence numbers wrap. */
    private static int wrapped(long difference) {
        return (int) difference;
    }

    private static int putBytes(byte[] out, int at, byte[] source, int offset, int length) {
        int to = WireWriter.putVarint(out, at, length);
        System.arraycopy(source, offset, out, to, length);
        return to + length;
    }
}
