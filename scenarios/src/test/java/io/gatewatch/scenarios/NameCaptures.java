package io.gatewatch.scenarios;

import static io.gatewatch.testing.TcpConversation.DEFAULT_START_NS;

import io.gatewatch.testing.DnsMessageBuilder;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.TcpConversation;
import io.gatewatch.testing.TimedFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The scenario of names: clients that ask, each in another way, and then connect. */
final class NameCaptures {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final String ALICE = "192.168.7.10";
    private static final String BOB = "192.168.7.11";
    private static final String RESOLVER = "192.168.7.1";
    private static final String PRINTER = "192.168.7.20";
    private static final String STORE = "192.168.7.30";
    private static final String WEB = "198.51.100.20";
    private static final String MAIL = "198.51.100.21";
    private static final String MULTICAST = "224.0.0.251";

    private NameCaptures() {}

    static List<CaseCaptures.Case> all() {
        return List.of(
                CaseCaptures.pcap(
                        "names",
                        "Clients ask and then connect: over UDP through aliases, over TCP in pieces,"
                                + " by multicast DNS and by a reverse query; one connects before it"
                                + " has asked, one never asks.",
                        names()));
    }

    private static List<TimedFrame> names() {
        List<TimedFrame> frames = new ArrayList<>();
        frames.addAll(connection(0, ALICE, 40_000, WEB));
        frames.add(udp(1, ALICE, 33_000, RESOLVER, 53, query(1, "www.shop.example")));
        frames.add(
                udp(
                        2,
                        RESOLVER,
                        53,
                        ALICE,
                        33_000,
                        DnsMessageBuilder.response(1)
                                .question("www.shop.example", DnsMessageBuilder.A)
                                .address("edge7.cdn.example", WEB, 30)
                                .alias("shop.cdn.example", "edge7.cdn.example", 300)
                                .alias("www.shop.example", "shop.cdn.example", 3_600)));
        frames.addAll(connection(3, ALICE, 40_001, WEB));
        frames.addAll(overTcp(4));
        frames.addAll(connection(6, BOB, 40_002, MAIL));
        frames.addAll(connection(7, BOB, 40_003, WEB));
        frames.add(
                udp(
                        8,
                        PRINTER,
                        5_353,
                        MULTICAST,
                        5_353,
                        DnsMessageBuilder.response(0).address("printer.local", PRINTER, 120)));
        frames.addAll(connection(9, ALICE, 40_004, PRINTER));
        frames.add(
                udp(
                        10,
                        RESOLVER,
                        53,
                        BOB,
                        33_002,
                        DnsMessageBuilder.response(3)
                                .question("30.7.168.192.in-addr.arpa", DnsMessageBuilder.PTR)
                                .pointer("30.7.168.192.in-addr.arpa", "store.lan", 60)));
        frames.addAll(connection(11, ALICE, 40_005, STORE));
        frames.addAll(connection(12, BOB, 40_006, "203.0.113.99"));
        frames.sort(Comparator.comparingLong(TimedFrame::timeNs));
        return frames;
    }

    private static List<TimedFrame> overTcp(int second) {
        byte[] response =
                DnsMessageBuilder.response(2)
                        .question("mail.example", DnsMessageBuilder.A)
                        .address("mail.example", MAIL, 600)
                        .buildForTcp();
        return TcpConversation.between(BOB, 33_001, RESOLVER, 53)
                .at(time(second))
                .handshake()
                .clientSends(query(2, "mail.example").buildForTcp())
                .serverSends(Arrays.copyOf(response, 20))
                .serverSends(Arrays.copyOfRange(response, 20, response.length))
                .swapLastTwo()
                .close()
                .frames();
    }

    private static DnsMessageBuilder query(int id, String name) {
        return DnsMessageBuilder.query(id).question(name, DnsMessageBuilder.A);
    }

    private static List<TimedFrame> connection(int second, String client, int port, String server) {
        return TcpConversation.between(client, port, server, 443)
                .at(time(second))
                .handshake()
                .clientSends(100)
                .serverSends(200)
                .close()
                .frames();
    }

    private static TimedFrame udp(
            int second, String from, int fromPort, String to, int toPort, DnsMessageBuilder dns) {
        FrameBuilder frame =
                from.equals(RESOLVER)
                        ? FrameBuilder.ethernet(FrameBuilder.GATEWAY_MAC, FrameBuilder.CLIENT_MAC)
                        : FrameBuilder.ethernet();
        return new TimedFrame(
                time(second),
                frame.ipv4(from, to).udp(fromPort, toPort).payload(dns.build()).build());
    }

    private static long time(int second) {
        return DEFAULT_START_NS + second * SECOND_NS;
    }
}
