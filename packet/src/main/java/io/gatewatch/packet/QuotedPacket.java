package io.gatewatch.packet;

import static io.gatewatch.packet.buffer.NetworkBytes.uint16;
import static io.gatewatch.packet.buffer.NetworkBytes.uint8;

import io.gatewatch.packet.buffer.Frame;
import io.gatewatch.packet.network.AuthenticationHeader;
import io.gatewatch.packet.network.Ipv4Header;
import io.gatewatch.packet.network.Ipv6Header;
import io.gatewatch.packet.transport.IcmpHeader;

/**
 * The packet that an ICMP error (RFC 792) or an ICMPv6 error (RFC 4443, section 2.4) quotes: its
 * addresses, protocol and ports, which is what a quotation of 8 bytes behind the IP header holds.
 * Lengths in it are not believed: routers have changed them, and the quotation is cut. Redirects of
 * ICMPv6 quote in an option (RFC 4861, section 4.6.3). Reused; not thread safe.
 */
public final class QuotedPacket {
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int DCCP = 33;
    private static final int ICMPV6 = 58;
    private static final int AUTHENTICATION = 51;
    private static final int SCTP = 132;
    private static final int UDP_LITE = 136;

    private static final int PORTS_LENGTH = 4;
    private static final int MAX_HEADERS = 16;

    private static final int REDIRECT_ADDRESSES_LENGTH = 32;
    private static final int OPTION_REDIRECTED_HEADER = 4;
    private static final int OPTION_UNIT = 8;

    private final Frame frame = new Frame();
    private final PacketView view = new PacketView();

    /** The quoted packet, with the MAC addresses and VLANs of the one that quotes it. */
    public PacketView view() {
        return view;
    }

    /**
     * Reads the quotation.
     *
     * @param error a decoded packet, of any protocol
     * @return what the error says of the flow of {@link #view}, {@link PacketAnomaly#bit}; 0 if the
     *     packet is no error, or what it quotes has no ports to be recognised by
     */
    public long read(PacketView error) {
        PacketAnomaly meaning = meaning(error);
        if (meaning == null || error.fragmentOffset != 0) {
            return 0;
        }
        frame.wrap(
                error.bytes,
                error.payloadOffset,
                error.capturedPayloadLength,
                error.capturedPayloadLength);
        if (error.protocol == ICMPV6
                && meaning == PacketAnomaly.ICMP_REDIRECT
                && !findRedirectedHeader()) {
            return 0;
        }
        takePath(error);
        return readHeaders(error.ipVersion) ? meaning.bit() : 0;
    }

    private static PacketAnomaly meaning(PacketView error) {
        if (!error.oneWay) {
            return null;
        }
        return error.protocol == ICMP
                ? meaningOfIcmp(error.sourcePort, error.destinationPort)
                : error.protocol == ICMPV6 ? meaningOfIcmpv6(error.sourcePort) : null;
    }

    private static PacketAnomaly meaningOfIcmp(int type, int code) {
        return switch (type) {
            case 3 -> code == 4 ? PacketAnomaly.ICMP_TOO_BIG : PacketAnomaly.ICMP_UNREACHABLE;
            case 4 -> PacketAnomaly.ICMP_SOURCE_QUENCH;
            case 5 -> PacketAnomaly.ICMP_REDIRECT;
            case 11 -> PacketAnomaly.ICMP_TIME_EXCEEDED;
            case 12 -> PacketAnomaly.ICMP_PARAMETER_PROBLEM;
            default -> null;
        };
    }

    private static PacketAnomaly meaningOfIcmpv6(int type) {
        return switch (type) {
            case 1 -> PacketAnomaly.ICMP_UNREACHABLE;
            case 2 -> PacketAnomaly.ICMP_TOO_BIG;
            case 3 -> PacketAnomaly.ICMP_TIME_EXCEEDED;
            case 4 -> PacketAnomaly.ICMP_PARAMETER_PROBLEM;
            case 137 -> PacketAnomaly.ICMP_REDIRECT;
            default -> null;
        };
    }

    private void takePath(PacketView error) {
        PacketView v = view;
        v.reset(error.bytes);
        v.sourceMac = error.sourceMac;
        v.destinationMac = error.destinationMac;
        v.vlanCount = error.vlanCount;
        v.vlanTags = error.vlanTags;
    }

    /** Moves behind the target and destination address and to the option that quotes. */
    private boolean findRedirectedHeader() {
        frame.position += REDIRECT_ADDRESSES_LENGTH;
        while (frame.captured(OPTION_UNIT)) {
            int length = uint8(frame.bytes, frame.position + 1) * OPTION_UNIT;
            if (length == 0) {
                return false;
            }
            if (uint8(frame.bytes, frame.position) == OPTION_REDIRECTED_HEADER) {
                frame.position += OPTION_UNIT;
                return true;
            }
            frame.position += length;
        }
        return false;
    }

    private boolean readHeaders(int ipVersion) {
        int next = ipVersion == 4 ? Ipv4Header.decode(frame, view) : Ipv6Header.decode(frame, view);
        for (int headers = 0; headers < MAX_HEADERS; headers++) {
            if (NextHeader.kind(next) != NextHeader.KIND_IP_PROTOCOL || view.fragmentOffset != 0) {
                return false;
            }
            int protocol = NextHeader.value(next);
            if (protocol == AUTHENTICATION) {
                next = AuthenticationHeader.decode(frame);
            } else if (view.ipVersion == 6 && IpProtocols.isExtension(protocol)) {
                next = IpProtocols.decode(protocol, frame, view);
            } else {
                view.protocol = protocol;
                return readPorts();
            }
        }
        return false;
    }

    private boolean readPorts() {
        view.sourcePort = 0;
        view.destinationPort = 0;
        return switch (view.protocol) {
            case TCP, UDP, DCCP, SCTP, UDP_LITE -> {
                if (!frame.captured(PORTS_LENGTH)) {
                    yield false;
                }
                view.sourcePort = uint16(frame.bytes, frame.position);
                view.destinationPort = uint16(frame.bytes, frame.position + 2);
                yield true;
            }
            case ICMP, ICMPV6 -> readIcmp();
            default -> true;
        };
    }

    private boolean readIcmp() {
        frame.wireEnd = Math.max(frame.wireEnd, frame.position + PORTS_LENGTH);
        int end =
                view.protocol == ICMP
                        ? IcmpHeader.decodeIcmp(frame, view)
                        : IcmpHeader.decodeIcmpv6(frame, view);
        return NextHeader.outcome(end) == DecodeOutcome.DECODED;
    }
}
