package io.gatewatch.packet.link;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;

/**
 * The registry of capture link types (LINKTYPE_ values of the tcpdump.org registry): one line in
 * each of the two methods.
 */
public final class LinkTypes {
    public static final int ETHERNET = 1;

    private LinkTypes() {}

    public static boolean supports(int linkType) {
        return switch (linkType) {
            case ETHERNET -> true;
            default -> false;
        };
    }

    /** Decodes the link header that stands at the frame's position. */
    public static int decode(int linkType, Frame frame, PacketView view) {
        return switch (linkType) {
            case ETHERNET -> EthernetLink.decode(frame, view);
            default -> NextHeader.end(DecodeOutcome.IGNORED_LINK_TYPE);
        };
    }
}
