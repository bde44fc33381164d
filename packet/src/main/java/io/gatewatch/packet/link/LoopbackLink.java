package io.gatewatch.packet.link;

import static io.gatewatch.packet.buffer.NetworkBytes.uint32;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.buffer.Frame;

/**
 * The loopback header of the BSDs and what descends from them: an address family in four bytes, in
 * the capturing host's order (LINKTYPE_NULL) or in network order (LINKTYPE_LOOP). Families are
 * small numbers, so the order shows; the one of IPv6 differs from system to system.
 */
final class LoopbackLink {
    private static final int LENGTH = 4;
    private static final int SMALL = 0x1_0000;

    private static final int INET = 2;
    private static final int INET6_LINUX = 10;
    private static final int INET6_WINDOWS = 23;
    private static final int INET6_NETBSD = 24;
    private static final int INET6_SOLARIS = 26;
    private static final int INET6_FREEBSD = 28;
    private static final int INET6_DARWIN = 30;

    private LoopbackLink() {}

    static int decode(Frame frame) {
        // Check
        if (!frame.captured(LENGTH)) {
            return NextHeader.missing(frame, LENGTH, DecodeOutcome.UNDECODABLE_LINK);
        }
        // Accessors
        long stated = uint32(frame.bytes, frame.position);
        // Meaning
        frame.position += LENGTH;
        return next(stated < SMALL ? (int) stated : Integer.reverseBytes((int) stated));
    }

    private static int next(int family) {
        return switch (family) {
            case INET -> NextHeader.IPV4;
            case INET6_LINUX,
                    INET6_WINDOWS,
                    INET6_NETBSD,
                    INET6_SOLARIS,
                    INET6_FREEBSD,
                    INET6_DARWIN ->
                    NextHeader.IPV6;
            default -> NextHeader.end(DecodeOutcome.IGNORED_NOT_IP);
        };
    }
}
