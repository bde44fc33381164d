package io.gatewatch.capture.batch;

import io.gatewatch.packet.PacketView;
import io.gatewatch.wire.WirePacket;

/**
 * How much payload of a packet leaves the gateway. Payload serves to name a flow, and what names it
 * stands in its first data packets: so each side has a number of packets and bytes, the side that
 * opened the flow more than the other. It opened the flow who sent its first packet; in TCP the
 * sender of the SYN, or the receiver of a SYN+ACK.
 *
 * <ul>
 *   <li>A SYN with another sequence number starts again, and so does a flow after a silence after
 *       which it is another session.
 *   <li>TCP bytes that were just shipped are not shipped again.
 *   <li>A side ends where TLS application data begins (RFC 8446 section 5.1: content type 23).
 *   <li>A QUIC packet with a short header (RFC 9000 section 17.3) is left out once the flow showed
 *       a long one.
 *   <li>DNS flows ship everything, protocols other than TCP and UDP nothing.
 *   <li>Of a UDP datagram in fragments the first is shipped; in DNS flows the whole message beside
 *       it, once it is put together.
 * </ul>
 *
 * State lies in the {@link Flow}. Allocates nothing but that, once. One thread.
 */
final class PayloadPolicy {
    /** The longest time-out of a session: later packets of the flow belong to another one. */
    static final long SILENCE_NS = 600_000_000_000L;

    private static final int TCP = 6;
    private static final int UDP = 17;

    private static final int TLS_RECORD_HEADER_LENGTH = 5;
    private static final int TLS_APPLICATION_DATA = 23;

    private static final int QUIC_LONG_HEADER_MIN_LENGTH = 7;
    private static final int QUIC_LONG_HEADER_BIT = 0x80;

    private final BatchSettings settings;

    PayloadPolicy(BatchSettings settings) {
        this.settings = settings;
    }

    /** Payload bytes of this packet to ship, from its first on; updates the flow. */
    int prefixLength(Flow flow, boolean fromB, long timeNs, PacketView packet) {
        noteOpening(flow, fromB, timeNs, packet);
        int available = Math.min(packet.capturedPayloadLength, packet.payloadLength);
        if (available <= 0) {
            return 0;
        }
        if (packet.protocol == UDP && packet.isFragment() && packet.fragmentOffset != 0) {
            return 0;
        }
        if (flow.wholePayload) {
            return available;
        }
        PayloadSide side = sideOf(flow, fromB);
        if (side.isExhausted()) {
            return 0;
        }
        return switch (packet.protocol) {
            case TCP -> tcpPrefix(side, available, packet, bytesPerPacket(flow, fromB));
            case UDP -> udpPrefix(flow, side, available, packet, bytesPerPacket(flow, fromB));
            default -> 0;
        };
    }

    private void noteOpening(Flow flow, boolean fromB, long timeNs, PacketView packet) {
        boolean first = flow.latestTimeNs == Flow.NEVER;
        if (first || timeNs - flow.latestTimeNs > SILENCE_NS) {
            start(flow, fromB);
        }
        if (first || timeNs > flow.latestTimeNs) {
            flow.latestTimeNs = timeNs;
        }
        if (packet.protocol == TCP && (packet.tcpFlags & WirePacket.SYN) != 0) {
            noteSyn(flow, fromB, packet);
        }
    }

    private void noteSyn(Flow flow, boolean fromB, PacketView packet) {
        if (flow.hasSyn(fromB, packet.sequence)) {
            return;
        }
        boolean answer = (packet.tcpFlags & WirePacket.ACK) != 0;
        boolean completesHandshake = !flow.hasSyn(fromB) && flow.hasSyn(!fromB);
        // Without ACK it may be a simultaneous open (RFC 9293 section 3.5), as long as no data
        // came.
        if (!completesHandshake || (!answer && hasSpent(flow))) {
            start(flow, answer != fromB);
        }
        flow.syn(fromB, packet.sequence);
    }

    private boolean hasSpent(Flow flow) {
        return hasSpent(flow.sentByA, packets(flow, false))
                || hasSpent(flow.sentByB, packets(flow, true));
    }

    private static boolean hasSpent(PayloadSide side, int packets) {
        return side != null && side.packetsLeft != packets;
    }

    private void start(Flow flow, boolean openedByB) {
        flow.openedByB = openedByB;
        flow.quic = false;
        flow.forgetSyns();
        start(flow.sentByA, flow, false);
        start(flow.sentByB, flow, true);
    }

    private void start(PayloadSide side, Flow flow, boolean b) {
        if (side != null) {
            boolean opener = b == flow.openedByB;
            side.start(
                    packets(flow, b),
                    opener ? settings.clientPayloadTotal() : settings.serverPayloadTotal());
        }
    }

    private int packets(Flow flow, boolean b) {
        return b == flow.openedByB
                ? settings.clientPayloadPackets()
                : settings.serverPayloadPackets();
    }

    private int bytesPerPacket(Flow flow, boolean b) {
        return b == flow.openedByB ? settings.clientPayloadBytes() : settings.serverPayloadTotal();
    }

    private PayloadSide sideOf(Flow flow, boolean b) {
        PayloadSide known = b ? flow.sentByB : flow.sentByA;
        if (known != null) {
            return known;
        }
        PayloadSide side = new PayloadSide();
        start(side, flow, b);
        if (b) {
            flow.sentByB = side;
        } else {
            flow.sentByA = side;
        }
        return side;
    }

    private static int tcpPrefix(
            PayloadSide side, int available, PacketView packet, int bytesPerPacket) {
        if (isTlsApplicationData(packet.bytes, packet.payloadOffset, available)) {
            side.end();
            return 0;
        }
        // A SYN takes the first sequence number itself (RFC 9293 section 3.4).
        int sequence = (int) packet.sequence + ((packet.tcpFlags & WirePacket.SYN) != 0 ? 1 : 0);
        if (side.hasShipped(sequence, packet.payloadLength)) {
            return 0;
        }
        side.shipped(sequence, packet.payloadLength);
        return side.spend(available, bytesPerPacket);
    }

    private static int udpPrefix(
            Flow flow, PayloadSide side, int available, PacketView packet, int bytesPerPacket) {
        boolean longHeader = (packet.bytes[packet.payloadOffset] & QUIC_LONG_HEADER_BIT) != 0;
        if (flow.quic && !longHeader) {
            return 0;
        }
        if (longHeader && isQuicVersion(packet.bytes, packet.payloadOffset, available)) {
            flow.quic = true;
        }
        return side.spend(available, bytesPerPacket);
    }

    private static boolean isTlsApplicationData(byte[] bytes, int at, int length) {
        return length >= TLS_RECORD_HEADER_LENGTH
                && bytes[at] == TLS_APPLICATION_DATA
                && bytes[at + 1] == 3
                && bytes[at + 2] >= 0
                && bytes[at + 2] <= 4;
    }

    /** Whether a long header's version is one of QUIC (IANA registry, drafts, reserved ones). */
    private static boolean isQuicVersion(byte[] bytes, int at, int length) {
        if (length < QUIC_LONG_HEADER_MIN_LENGTH) {
            return false;
        }
        int version =
                (bytes[at + 1] & 0xFF) << 24
                        | (bytes[at + 2] & 0xFF) << 16
                        | (bytes[at + 3] & 0xFF) << 8
                        | (bytes[at + 4] & 0xFF);
        return version == 1
                || version == 0x6b3343cf // version 2, RFC 9369
                || version >>> 8 == 0xff0000 // IETF drafts
                || version >>> 16 == 0x5130 // Google's Q046, Q050
                || version >>> 16 == 0x5430 // Google's T050, T051
                || (version & 0x0f0f0f0f) == 0x0a0a0a0a; // reserved, RFC 9000 section 15
    }
}
