package io.gatewatch.scenarios;

import static io.gatewatch.scenarios.DnsBytes.octets;
import static io.gatewatch.testing.TcpConversation.DEFAULT_START_NS;

import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.TcpConversation;
import io.gatewatch.testing.TimedFrame;
import java.util.List;
import java.util.stream.Stream;

/** A client's connections, and the answers that it got 200 ms before each began. */
final class LateAnswers {
    static final Server OPEN = new Server(1, "open");
    static final Server CLOSED = new Server(2, "closed");
    static final int TTL = 30;

    private static final String CLIENT = "192.0.2.77";
    private static final String RESOLVER = "192.0.2.53";
    private static final int FIRST_PORT = 42_000;
    private static final long ANSWERED_NS = DEFAULT_START_NS + 3_600_000_000_000L;
    private static final long UNTIL_START_NS = 200_000_000;

    private LateAnswers() {}

    /** A server that the client was told of by name. */
    record Server(int number, String label) {
        byte[] octets() {
            return new byte[] {(byte) 203, 0, 113, (byte) number};
        }

        String address() {
            return "203.0.113." + number;
        }

        String name() {
            return label + ".test";
        }
    }

    /** A conversation with the server that has not begun. */
    static TcpConversation conversation(Server server) {
        return TcpConversation.between(CLIENT, FIRST_PORT + server.number(), server.address(), 443)
                .at(ANSWERED_NS + UNTIL_START_NS);
    }

    /** The answers about both. */
    static List<TimedFrame> answers() {
        return Stream.of(OPEN, CLOSED)
                .map(server -> new TimedFrame(ANSWERED_NS, answer(server)))
                .toList();
    }

    private static byte[] answer(Server server) {
        byte[] name = DnsBytes.name(List.of(octets(server.label()), octets("test")));
        return FrameBuilder.ethernet(FrameBuilder.GATEWAY_MAC, FrameBuilder.CLIENT_MAC)
                .ipv4(RESOLVER, CLIENT)
                .udp(53, FIRST_PORT)
                .payload(
                        DnsBytes.response(server.number(), name, DnsBytes.A, 1)
                                .answer(name, DnsBytes.A, TTL, server.octets())
                                .toByteArray())
                .build();
    }
}
