package io.gatewatch.packet;

import io.gatewatch.packet.buffer.Frame;
import io.gatewatch.packet.link.LinkTypes;

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

    private final Frame frame = new Frame();

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
        int next = LinkTypes.decode(linkType, frame, view);
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
