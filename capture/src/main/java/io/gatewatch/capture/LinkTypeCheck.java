package io.gatewatch.capture;

import io.gatewatch.packet.PacketDecoder;
import io.gatewatch.wire.CaptureInterface;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Tells an input of which nothing can be decoded, because of its link types, from one of which only
 * some interfaces cannot: the former is its user's mistake, the latter's frames are counted as
 * ignored.
 */
public final class LinkTypeCheck {
    private LinkTypeCheck() {}

    /**
     * One line for the user if no interface of an input has a link type that is supported. To be
     * asked when the input was read to its end, since a pcapng may state interfaces late; an input
     * without any interface is empty rather than unsupported.
     *
     * @param interfaces all interfaces of one input
     */
    public static Optional<String> problem(List<CaptureInterface> interfaces) {
        TreeSet<Integer> unsupported = new TreeSet<>();
        for (CaptureInterface captured : interfaces) {
            if (PacketDecoder.supports(captured.linkType())) {
                return Optional.empty();
            }
            unsupported.add(captured.linkType());
        }
        if (unsupported.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder line = new StringBuilder("no supported link type: only ");
        String separator = "";
        for (int linkType : unsupported) {
            line.append(separator).append(linkType);
            separator = ", ";
        }
        return Optional.of(line.toString());
    }
}
