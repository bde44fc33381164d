package io.gatewatch.packet.link;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;

/**
 * Protocol fields that hold an EtherType, but numbers of their own where 802.3 has a length: those
 * are no IP.
 */
final class LinkProtocol {
    /** The smallest EtherType (IEEE 802.3, 3.2.6). */
    private static final int MIN_ETHER_TYPE = 0x0600;

    private LinkProtocol() {}

    static int next(int protocol) {
        return protocol >= MIN_ETHER_TYPE
                ? NextHeader.etherType(protocol)
                : NextHeader.end(DecodeOutcome.IGNORED_NOT_IP);
    }
}
