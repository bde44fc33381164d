package io.gatewatch.traffic.session;

import io.gatewatch.wire.WirePacket;

/**
 * Moves a side's {@link EndpointState} by a segment that it sent, so that the outcome is what Zeek
 * calls the connection. It goes beyond Zeek in one thing: where SYN and SYN+ACK, or SYN and first
 * data, were captured in the wrong order, the connection counts as established all the same.
 */
final class Endpoints {
    private Endpoints() {}

    static void segment(
            DirectionState own, DirectionState peer, boolean client, WirePacket packet) {
        int flags = packet.tcpFlags;
        switch (own.endpoint) {
            case INACTIVE -> inactive(own, peer, client, packet);
            case SYN_SENT, SYN_ACK_SENT -> {
                if ((flags & WirePacket.RST) != 0) {
                    own.endpoint = EndpointState.RESET;
                } else if ((flags & WirePacket.FIN) != 0) {
                    own.endpoint = EndpointState.CLOSED;
                }
            }
            case PARTIAL, ESTABLISHED -> open(own, peer, client, flags);
            case CLOSED -> {
                // A RST after both FINs is how some stacks say goodbye.
                if ((flags & WirePacket.RST) != 0 && peer.endpoint != EndpointState.CLOSED) {
                    own.endpoint = EndpointState.RESET;
                    own.mark(DirectionState.CLOSED_BEFORE_RESET);
                }
            }
            case RESET -> {}
        }
    }

    private static void inactive(
            DirectionState own, DirectionState peer, boolean client, WirePacket packet) {
        int flags = packet.tcpFlags;
        if ((flags & WirePacket.RST) != 0) {
            own.endpoint = EndpointState.RESET;
        } else if ((flags & WirePacket.FIN) != 0) {
            own.endpoint = EndpointState.CLOSED;
        } else if ((flags & WirePacket.SYN) != 0) {
            handshake(own, peer, client, flags);
        } else {
            joined(own, peer, client, packet);
        }
    }

    private static void handshake(
            DirectionState own, DirectionState peer, boolean client, int flags) {
        if (!client) {
            own.endpoint = EndpointState.ESTABLISHED;
            if (peer.endpoint == EndpointState.SYN_SENT) {
                peer.endpoint = EndpointState.ESTABLISHED;
            }
        } else if (peer.endpoint == EndpointState.ESTABLISHED) {
            own.endpoint = EndpointState.ESTABLISHED;
        } else {
            own.endpoint =
                    (flags & WirePacket.ACK) != 0
                            ? EndpointState.SYN_ACK_SENT
                            : EndpointState.SYN_SENT;
        }
    }

    private static void joined(
            DirectionState own, DirectionState peer, boolean client, WirePacket packet) {
        boolean acknowledges = (packet.tcpFlags & WirePacket.ACK) != 0;
        if (!client && packet.payloadLength == 0 && peer.endpoint == EndpointState.SYN_SENT) {
            return; // acknowledges the SYN before it answers with its own
        }
        own.endpoint =
                acknowledges && peer.endpoint == EndpointState.ESTABLISHED
                        ? EndpointState.ESTABLISHED
                        : EndpointState.PARTIAL;
    }

    private static void open(DirectionState own, DirectionState peer, boolean client, int flags) {
        if ((flags & WirePacket.RST) != 0) {
            own.endpoint = EndpointState.RESET;
        } else if ((flags & WirePacket.FIN) != 0) {
            own.endpoint = EndpointState.CLOSED;
            if (peer.endpoint == EndpointState.RESET
                    && peer.has(DirectionState.CLOSED_BEFORE_RESET)) {
                peer.endpoint = EndpointState.CLOSED; // FIN, then RST: closed after all
            }
        } else if ((flags & WirePacket.SYN) != 0 && own.endpoint == EndpointState.PARTIAL) {
            own.endpoint = EndpointState.INACTIVE;
            handshake(own, peer, client, flags);
            if (!client && peer.endpoint == EndpointState.PARTIAL) {
                peer.endpoint = EndpointState.ESTABLISHED;
            }
        }
    }
}
