package io.gatewatch.benchmarks.load;

import io.gatewatch.wire.FlowEntry;
import io.gatewatch.wire.FlowHash;
import io.gatewatch.wire.FlowPath;
import io.gatewatch.wire.WirePacket;

/**
 * TCP connections, numbered: a handshake, then a request of 100 bytes, an answer of 1,200 bytes and
 * an acknowledgement, over and over. Every packet follows from its connection's and its own number,
 * so nothing is remembered of millions of them. Not thread safe.
 */
public final class SyntheticFlow {
    /** Site and gateway of all of them. */
    public static final String SITE = "bench";

    static final int REQUEST_BYTES = 100;
    static final int ANSWER_BYTES = 1_200;

    private static final int TCP = 6;
    private static final int TCP_HEADER = 20;
    private static final int IPV4_HEADER = 20;
    private static final int HANDSHAKE = 3;
    private static final int CYCLE = 3;
    private static final int WINDOW = 64_240;
    private static final long CLIENTS = 0x0A00_0000L;
    private static final int CLIENT_BITS = 0xFF_FFFF;
    private static final long SERVERS = 0xC633_6400L;
    private static final int SERVER_COUNT = 251;
    private static final int FIRST_PORT = 1_024;
    private static final int PORTS = 60_000;
    private static final int HTTPS = 443;
    private static final long SITE_HASH = FlowHash.ofSite(SITE);
    private static final FlowPath FROM_CLIENT =
            new FlowPath(0, 0x0200_0000_0001L, 0xFEL, 0, 0, null);
    private static final FlowPath FROM_SERVER =
            new FlowPath(0, 0xFEL, 0x0200_0000_0001L, 0, 0, null);

    private final byte[] request = new byte[REQUEST_BYTES];

    /** Fills in who talks; A is the client. */
    public void identify(int number, boolean seenBefore, FlowEntry to) {
        to.protocol = TCP;
        to.ipVersion = 4;
        to.addressALow = client(number);
        to.addressBLow = server(number);
        to.portA = port(number);
        to.portB = HTTPS;
        to.seenBefore = seenBefore;
        to.paths.clear();
        to.paths.add(FROM_CLIENT);
        to.paths.add(FROM_SERVER);
    }

    /** The partition of the packets topic that the connection belongs to. */
    public static int partition(int number, int partitions) {
        long hash =
                FlowHash.of(
                        SITE_HASH,
                        TCP,
                        4,
                        0,
                        client(number),
                        0,
                        server(number),
                        port(number),
                        HTTPS);
        return FlowHash.partition(hash, partitions);
    }

    private static long client(int number) {
        return CLIENTS | (number & CLIENT_BITS);
    }

    private static long server(int number) {
        return SERVERS + number % SERVER_COUNT;
    }

    private static int port(int number) {
        return FIRST_PORT + number % PORTS;
    }

    /** Fills in a packet of a connection: its {@code index}th, from 0. */
    public void packet(int index, long timeNs, WirePacket to) {
        to.timeNs = timeNs;
        to.transportHeaderLength = TCP_HEADER;
        to.window = WINDOW;
        to.prefixLength = 0;
        to.payloadLength = 0;
        if (index < HANDSHAKE) {
            handshake(index, to);
        } else {
            exchange((index - HANDSHAKE) / CYCLE, (index - HANDSHAKE) % CYCLE, to);
        }
        to.path = to.fromB ? 1 : 0;
        to.ipLength = IPV4_HEADER + TCP_HEADER + to.payloadLength;
    }

    private static void handshake(int index, WirePacket to) {
        to.fromB = index == 1;
        to.tcpFlags = (index < 2 ? WirePacket.SYN : 0) | (index > 0 ? WirePacket.ACK : 0);
        to.sequence = index == 2 ? 1 : 0;
        to.acknowledgement = index > 0 ? 1 : 0;
    }

    private void exchange(long cycle, int step, WirePacket to) {
        long sentByClient = 1 + cycle * REQUEST_BYTES;
        long sentByServer = 1 + cycle * ANSWER_BYTES;
        to.fromB = step == 1;
        to.tcpFlags = step == 2 ? WirePacket.ACK : WirePacket.ACK | WirePacket.PSH;
        switch (step) {
            case 0 -> {
                to.payloadLength = REQUEST_BYTES;
                to.sequence = wrap(sentByClient);
                to.acknowledgement = wrap(sentByServer);
                if (cycle == 0) {
                    to.prefix = request;
                    to.prefixLength = REQUEST_BYTES;
                }
            }
            case 1 -> {
                to.payloadLength = ANSWER_BYTES;
                to.sequence = wrap(sentByServer);
                to.acknowledgement = wrap(sentByClient + REQUEST_BYTES);
            }
            default -> {
                to.sequence = wrap(sentByClient + REQUEST_BYTES);
                to.acknowledgement = wrap(sentByServer + ANSWER_BYTES);
            }
        }
    }

    private static long wrap(long number) {
        return number & 0xFFFF_FFFFL;
    }
}
