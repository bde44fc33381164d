package io.gatewatch.scenarios;

import io.gatewatch.testing.CaptureFileBuilder;
import io.gatewatch.testing.DnsMessageBuilder;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.TcpConversation;
import io.gatewatch.testing.TimedFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;

/**
 * A capture of 100 seconds in which 300 connections, each with a query before it, are open at the
 * same time from its first quarter to its last; every third of them is never closed. Of four, the
 * first has an old answer, a new one and later ones with other names; the second's answer goes
 * through aliases; the third's comes over TCP in pieces; the last's came hours ago and has ended.
 */
final class LongConnections {
    private static final int CONNECTIONS = 300;
    private static final int EXCHANGES = 12;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MILLISECOND_NS = 1_000_000L;

    private static final long HOURS_NS = 7_200 * SECOND_NS;
    private static final String RESOLVER = "192.0.2.254";

    /** How many connections have the name that their client asked for; the others have none. */
    static final long NAMED = CONNECTIONS / 4 * 3;

    private LongConnections() {}

    static Path write(Path file) throws IOException {
        Random random = new Random(1); // the same capture every time
        List<TimedFrame> frames = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            long startNs = TcpConversation.DEFAULT_START_NS + i * 50L * MILLISECOND_NS;
            String client = "192.0.2." + (1 + i % 200);
            String server = "198.51." + (100 + i % 4) + "." + (1 + i % 50);
            frames.addAll(names(i, client, server, startNs));
            frames.addAll(
                    connection(
                            client, 40_000 + i, server, startNs + SECOND_NS, random, i % 3 != 0));
        }
        frames.sort(Comparator.comparingLong(TimedFrame::timeNs));
        return CaptureFileBuilder.pcap().nanoseconds().packets(frames).writeTo(file);
    }

    /** How many connections have the name that is right for their port; -1 if another has one. */
    static long namesOf(SortedMap<String, SortedMap<String, String>> sessions) {
        long named = 0;
        for (SortedMap<String, String> session : sessions.values()) {
            String host = session.get("host");
            int i = Integer.parseInt(session.get("client_port")) - 40_000;
            if (host.equals("\"host" + i + ".example\"")) {
                named++;
            } else if (!host.equals("null")) {
                return -1;
            }
        }
        return named;
    }

    private static List<TimedFrame> names(int i, String client, String server, long startNs) {
        String name = "host" + i + ".example";
        List<TimedFrame> frames = new ArrayList<>();
        if (i % 4 == 2) {
            return overTcp(i, client, server, name, startNs);
        }
        frames.add(
                new TimedFrame(
                        startNs, query(client, 30_000 + i, DnsMessageBuilder.query(i), name)));
        switch (i % 4) {
            case 0 -> {
                frames.add(answer(i, client, server, "old.example", startNs - 60 * SECOND_NS));
                frames.add(answer(i, client, server, name, startNs + 20 * MILLISECOND_NS));
                for (int later = 1; later <= 5; later++) {
                    long timeNs = startNs + (1 + 15 * later) * SECOND_NS;
                    frames.add(answer(i, client, server, "later" + later + ".example", timeNs));
                }
            }
            case 1 ->
                    frames.add(
                            response(
                                    client,
                                    30_000 + i,
                                    startNs + 20 * MILLISECOND_NS,
                                    DnsMessageBuilder.response(i)
                                            .question(name, DnsMessageBuilder.A)
                                            .alias(name, "alias" + i + ".example", 300)
                                            .alias("alias" + i + ".example", "edge.example", 300)
                                            .address("edge.example", server, 30)));
            default -> frames.add(answer(i, client, server, "ended.example", startNs - HOURS_NS));
        }
        return frames;
    }

    private static List<TimedFrame> overTcp(
            int i, String client, String server, String name, long startNs) {
        byte[] response =
                DnsMessageBuilder.response(i)
                        .question(name, DnsMessageBuilder.A)
                        .address(name, server, 300)
                        .buildForTcp();
        byte[] query = DnsMessageBuilder.query(i).question(name, DnsMessageBuilder.A).buildForTcp();
        return TcpConversation.between(client, 30_000 + i, RESOLVER, 53)
                .at(startNs)
                .handshake()
                .clientSends(query)
                .serverSends(Arrays.copyOf(response, 25))
                .pause(300 * MILLISECOND_NS)
                .serverSends(Arrays.copyOfRange(response, 25, response.length))
                .close()
                .frames();
    }

    private static byte[] query(String client, int port, DnsMessageBuilder query, String name) {
        return FrameBuilder.ethernet()
                .ipv4(client, RESOLVER)
                .udp(port, 53)
                .payload(query.question(name, DnsMessageBuilder.A).build())
                .build();
    }

    private static TimedFrame answer(
            int i, String client, String server, String name, long timeNs) {
        return response(
                client,
                30_000 + i,
                timeNs,
                DnsMessageBuilder.response(i)
                        .question(name, DnsMessageBuilder.A)
                        .address(name, server, 60));
    }

    private static TimedFrame response(
            String client, int port, long timeNs, DnsMessageBuilder response) {
        return new TimedFrame(
                timeNs,
                FrameBuilder.ethernet(FrameBuilder.GATEWAY_MAC, FrameBuilder.CLIENT_MAC)
                        .ipv4(RESOLVER, client)
                        .udp(53, port)
                        .payload(response.build())
                        .build());
    }

    private static List<TimedFrame> connection(
            String client, int port, String server, long startNs, Random random, boolean closed) {
        TcpConversation connection =
                TcpConversation.between(client, port, server, 443)
                        .at(startNs)
                        .step(10 * MILLISECOND_NS)
                        .handshake();
        for (int i = 0; i < EXCHANGES; i++) {
            connection
                    .pause((6_000 + random.nextInt(1_000)) * MILLISECOND_NS)
                    .clientSends(1 + random.nextInt(500))
                    .serverSends(1 + random.nextInt(4_000))
                    .clientAcknowledges();
        }
        return closed ? connection.close().frames() : connection.frames();
    }
}
