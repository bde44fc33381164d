package io.gatewatch.packet;

import io.gatewatch.packet.buffer.Frame;
import io.gatewatch.packet.link.LinkTypes;
import io.gatewatch.packet.tunnel.Tunnels;

/**
 * Decodes frames of any supported link type into a {@link PacketView}: goes from header to header
 * until one gives the packet its ports or ends the matter. Never throws for what is in a frame,
 * never reads outside of it, allocates nothing per frame. Checksums are not verified: a capturing
 * machine sees its own packets before the network card fills them in. Not thread safe.
 *
 * <p>Lengths come from the headers, never from what was captured. A header that the snap length cut
 * still counts as long as the ports are there, and for TCP all up to the flags.
 */
public final class PacketDecoder {
    /**
     * Headers of one packet at most; more are a packet made to cost time. Four VLAN tags, a tunnel
     * and all extension headers that RFC 8200 section 4.1 recommends are far below.
     */
    private static final int MAX_HEADERS = 32;

    private static final int TCP = 6;

    /** Tunnels within each other at most. */
    private static final int MAX_TUNNELS = 4;

    /** What a first fragment may still hold of a packet that goes on in others. */
    private static final int MAX_PACKET_LENGTH = 65_535;

    private final Frame frame = new Frame();
    private int tunnels;

    /** The header that {@link #enterTunnel} found. */
    private int innerHeader;

    /** Whether frames of this LINKTYPE_ can be decoded at all. */
    public static boolean supports(int linkType) {
        return LinkTypes.supports(linkType);
    }

    /**
     * Decodes one frame.
     *
     * @param linkType LINKTYPE_ value of the tcpdump.org registry
     * @param offset where the frame begins in {@code bytes}
     * @param capturedLength bytes of it that were captured
     * @param originalLength bytes of it on the wire
     * @param view filled when the outcome is {@link DecodeOutcome#DECODED}, undefined otherwise
     */
    public DecodeOutcome decode(
            int linkType,
            byte[] bytes,
            int offset,
            int capturedLength,
            int originalLength,
            PacketView view) {
        frame.wrap(bytes, offset, capturedLength, originalLength);
        view.reset(bytes);
        tunnels = 0;
        return decodeFrom(LinkTypes.decode(linkType, frame, view), view);
    }

    /**
     * Whether the packet in the view, which was decoded last, carries another one. Later fragments
     * carry none: what they hold is not put together with the rest.
     *
     * @return true if {@link #decodeInner} is to be called; the view then has the tunnel, and the
     *     rest as it was
     */
    public boolean enterTunnel(PacketView view) {
        if (view.protocol == TCP || view.fragmentOffset != 0) {
            return false;
        }
        Frame inner = frame;
        inner.position = view.payloadOffset;
        inner.capturedEnd = view.payloadOffset + view.capturedPayloadLength;
        inner.wireEnd = view.payloadOffset + view.payloadLength;
        if (view.moreFragments) {
            inner.wireEnd = Math.max(inner.wireEnd, inner.position + MAX_PACKET_LENGTH);
            inner.snapped = true;
        }
        innerHeader = Tunnels.enter(inner, view);
        return innerHeader != Tunnels.NONE;
    }

    /**
     * Decodes the packet in the tunnel that {@link #enterTunnel} found. It has the MAC addresses of
     * the innermost Ethernet header and the VLAN tags of all.
     *
     * @param view filled when the outcome is {@link DecodeOutcome#DECODED}, undefined otherwise
     */
    public DecodeOutcome decodeInner(PacketView view) {
        if (tunnels == MAX_TUNNELS) {
            return DecodeOutcome.UNDECODABLE_TUNNELS;
        }
        tunnels++;
        view.resetPacket();
        return decodeFrom(innerHeader, view);
    }

    /** Whether the frame decoded last has another one beside it, in an A-MSDU of 802.11. */
    public boolean hasNext() {
        return frame.hasNext();
    }

    /**
     * Decodes the frame that {@link #hasNext} told of; parameters and outcome as of {@link
     * #decode}.
     */
    public DecodeOutcome decodeNext(PacketView view) {
        frame.goToNext();
        view.reset(frame.bytes);
        tunnels = 0;
        return decodeFrom(LinkTypes.decodeAggregated(frame, view), view);
    }

    private DecodeOutcome decodeFrom(int first, PacketView view) {
        int next = first;
        for (int headers = 1; headers < MAX_HEADERS; headers++) {
            int value = NextHeader.value(next);
            switch (NextHeader.kind(next)) {
                case NextHeader.KIND_ETHER_TYPE -> next = EtherTypes.decode(value, frame, view);
                case NextHeader.KIND_IP_PROTOCOL -> next = IpProtocols.decode(value, frame, view);
                case NextHeader.KIND_LINK_TYPE -> next = LinkTypes.decode(value, frame, view);
                default -> {
                    return NextHeader.outcome(next);
                }
            }
        }
        return NextHeader.kind(next) == NextHeader.KIND_END
                ? NextHeader.outcome(next)
                : DecodeOutcome.UNDECODABLE_HEADERS;
    }
}
