package io.gatewatch.packet.network;

import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.PacketAnomaly;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;
import io.gatewatch.packet.transport.NoPorts;

/** What IPv4 and IPv6 fragments have in common: the place of their data in the datagram. */
final class Fragment {
    /** No datagram is longer (RFC 791, section 3.1); IPv6 has no fragments of jumbograms. */
    private static final int MAX_END = 65_535;

    private static final int UNIT = 8;

    private Fragment() {}

    /**
     * Takes over a fragment whose data begins at the frame's position.
     *
     * @param next what follows if it is the first fragment
     */
    static int decode(
            Frame frame, PacketView view, long identification, int offset, boolean more, int next) {
        int length = frame.wireRemaining();
        view.fragmentIdentification = identification;
        view.fragmentOffset = offset;
        view.fragmentLength = length;
        view.fragmentCapturedLength = Math.min(length, frame.capturedRemaining());
        view.fragmentProtocol = NextHeader.value(next);
        view.fragmentPosition = frame.position;
        view.moreFragments = more;
        boolean lengthKnown = (view.anomalies & PacketAnomaly.IP_LENGTH_ZERO.bit()) == 0;
        if (lengthKnown && ((more && length % UNIT != 0) || offset + length > MAX_END)) {
            view.add(PacketAnomaly.FRAGMENT_BAD);
        }
        if (offset == 0) {
            return next;
        }
        view.protocol = NextHeader.value(next);
        return NoPorts.decode(frame, view);
    }
}
