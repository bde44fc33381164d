package io.gatewatch.capture.batch;

import io.gatewatch.packet.PacketView;
import io.gatewatch.wire.WirePacket;

/**
 * Brings a decoded packet into the form of the wire, with as much payload as leaves the gateway.
 */
final class PacketFiller {
    private static final int TCP_FLAGS_MASK = 0xFFF;

    private final PayloadPolicy payloadPolicy;

    /** Reused for each packet. */
    final WirePacket packet = new WirePacket();

    PacketFiller(BatchSettings settings) {
        payloadPolicy = new PayloadPolicy(settings);
    }

    void fill(PacketView v, Flow flow, boolean fromB, long timeNs) {
        WirePacket p = packet;
        p.fromB = fromB;
        p.timeNs = timeNs;
        p.ipLength = v.ipLength;
        p.transportHeaderLength = v.transportHeaderLength;
        p.payloadLength = v.payloadLength;
        p.sequence = v.sequence;
        p.acknowledgement = v.acknowledgement;
        p.tcpFlags = v.tcpFlags & TCP_FLAGS_MASK;
        p.window = v.window;
        p.options = v.bytes;
        p.optionsOffset = v.optionsOffset;
        p.optionsLength = (v.tcpFlags & WirePacket.SYN) != 0 ? v.optionsLength : 0;
        p.ipIdentification = v.ipIdentification;
        p.transportChecksum = v.transportChecksum;
        p.anomalies = v.anomalies;
        p.extensionsLength = 0;
        fillPayload(v, payloadPolicy.prefixLength(flow, fromB, timeNs, v));
    }

    private void fillPayload(PacketView v, int prefixLength) {
        WirePacket p = packet;
        p.prefix = v.bytes;
        p.prefixOffset = v.payloadOffset;
        p.prefixLength = prefixLength;
        boolean cut = prefixLength > 0 && prefixLength < v.payloadLength;
        boolean endCaptured =
                v.capturedPayloadLength >= v.payloadLength
                        && v.payloadLength >= WirePacket.TAIL_LENGTH;
        p.tail = v.bytes;
        p.tailOffset = v.payloadOffset + v.payloadLength - WirePacket.TAIL_LENGTH;
        p.tailLength = cut && endCaptured ? WirePacket.TAIL_LENGTH : 0;
    }
}
