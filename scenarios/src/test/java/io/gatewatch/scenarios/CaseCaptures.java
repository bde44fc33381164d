package io.gatewatch.scenarios;

import static io.gatewatch.testing.TcpConversation.DEFAULT_START_NS;

import io.gatewatch.testing.CaptureFileBuilder;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.PcapngFileBuilder;
import io.gatewatch.testing.TcpConversation;
import io.gatewatch.testing.TimedFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * The scenarios whose captures are made rather than recorded: what each is for, and its packets.
 * The files in {@code cases/} are what {@link #main} wrote.
 */
final class CaseCaptures {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final String CLIENT = "192.0.2.10";
    private static final String SERVER = "198.51.100.20";
    private static final String CLIENT_6 = "2001:db8::10";
    private static final String SERVER_6 = "2001:db8:1::20";

    private CaseCaptures() {}

    /**
     * A scenario.
     *
     * @param name of its folder and its capture
     * @param purpose one or two sentences, for its README
     * @param capture the file
     */
    record Case(String name, String purpose, CaptureFileBuilder capture) {
        Path folder() {
            return Cases.folder().resolve(name);
        }

        String fileName() {
            return name + (capture instanceof PcapngFileBuilder ? ".pcapng" : ".pcap");
        }
    }

    static List<Case> all() {
        List<Case> cases = new ArrayList<>(ofSessions());
        cases.addAll(LinkCaptures.all());
        cases.addAll(NameCaptures.all());
        return cases;
    }

    private static List<Case> ofSessions() {
        return List.of(
                pcap(
                        "tcp-close",
                        "A whole connection: handshake, data both ways, both FINs.",
                        tcpClose()),
                pcap(
                        "tcp-reset",
                        "A connection that the server resets, trailing segments, and a refused one.",
                        tcpReset()),
                pcap(
                        "tcp-retransmission",
                        "Segments repeated, out of order and never captured: all count once more or are"
                                + " missed, in one session.",
                        tcpRetransmission()),
                pcap(
                        "tcp-port-reuse",
                        "One 5-tuple used three times: after a close, over an open connection (new SYN"
                                + " number), and a SYN repeated with its old number.",
                        tcpPortReuse()),
                pcap(
                        "tcp-midstream",
                        "Connections already open when the capture starts: client told by the port, and a"
                                + " SYN that arrives late.",
                        tcpMidstream()),
                pcap(
                        "tcp-half-closed",
                        "One side closes, the other goes on after the idle time-out of a closing"
                                + " connection: still one session.",
                        tcpHalfClosed()),
                pcap(
                        "tcp-simultaneous-open",
                        "Both sides send a SYN: one connection.",
                        tcpSimultaneousOpen()),
                pcap(
                        "tcp-sequence-wrap",
                        "Sequence numbers of both sides pass 2^32, with a retransmission across it.",
                        tcpSequenceWrap()),
                pcap("tcp-scan", "SYNs to many ports: refused, unanswered, answered.", tcpScan()),
                pcap(
                        "udp-idle",
                        "Two exchanges of one 5-tuple further apart than the time-out are two sessions, two"
                                + " nearer ones are one; the server's well-known port tells the client.",
                        udpIdle()),
                pcap(
                        "dns",
                        "Queries and answers on port 53 over UDP and TCP, mDNS and LLMNR.",
                        dns()),
                pcap(
                        "icmp",
                        "Echo over both IP versions, an unanswered one, and an error that quotes a packet.",
                        icmp()),
                pcap("vlan", "One 5-tuple in two VLANs, and a stack of two tags.", vlan()),
                pcap(
                        "ipv6-extension-headers",
                        "TCP and UDP behind hop-by-hop, routing and destination options.",
                        ipv6ExtensionHeaders()),
                pcap(
                        "tunnels",
                        "One conversation in each kind of tunnel, one in two, and a frame in a tunnel that"
                                + " is not IP: inner sessions beside the outer ones.",
                        TunnelCaptures.tunnels()),
                pcap(
                        "fragments",
                        "Datagrams and a segment in fragments: in order, backwards, overlapping, without a"
                                + " first one.",
                        TunnelCaptures.fragments()),
                pcap(
                        "icmp-errors",
                        "Each ICMP error about a session, which gets an anomaly and nothing else; one"
                                + " about a session that was never seen.",
                        TunnelCaptures.icmpErrors()),
                pcap(
                        "other-protocols",
                        "Protocols with ports (SCTP, DCCP, UDP-Lite), without, and no next header.",
                        TunnelCaptures.otherProtocols()),
                pcap(
                        "time-backward",
                        "A packet two seconds older than the one before it: counted, and flagged late.",
                        timeBackward()),
                pcap(
                        "many-clients",
                        "A hundred clients over ten minutes, several sessions each: many keys and minutes.",
                        manyClients()),
                new Case(
                        "pcapng-interfaces",
                        "A flow whose directions were captured on two interfaces, in two sections of"
                                + " different byte order.",
                        pcapngInterfaces()),
                new Case(
                        "snap-length",
                        "Frames cut to 60 bytes: every length still comes from the headers.",
                        snapLength()));
    }

    static Case pcap(String name, String purpose, List<TimedFrame> frames) {
        return new Case(name, purpose, CaptureFileBuilder.pcap().packets(frames));
    }

    static TcpConversation web(int port) {
        return TcpConversation.between(CLIENT, port, SERVER, 80);
    }

    static List<TimedFrame> tcpClose() {
        return web(40_001)
                .handshake()
                .clientSends("GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n")
                .serverSends(5_000)
                .clientAcknowledges()
                .clientSends(20)
                .serverSends(100)
                .close()
                .frames();
    }

    private static List<TimedFrame> tcpReset() {
        return merged(
                web(40_002)
                        .handshake()
                        .clientSends(100)
                        .serverResets()
                        .clientSends(50)
                        .serverResets()
                        .frames(),
                web(40_003).at(DEFAULT_START_NS + SECOND_NS).clientSyn().serverResets().frames(),
                web(40_004)
                        .at(DEFAULT_START_NS + 2 * SECOND_NS)
                        .handshake()
                        .serverSends(300)
                        .clientResets()
                        .frames());
    }

    private static List<TimedFrame> tcpRetransmission() {
        return merged(
                web(40_005)
                        .handshake()
                        .clientSends(100)
                        .repeatLast()
                        .serverSends(3_000)
                        .swapLastTwo()
                        .clientAcknowledges()
                        .repeat(5)
                        .close()
                        .frames(),
                web(40_006)
                        .at(DEFAULT_START_NS + SECOND_NS)
                        .handshake()
                        .clientSends(10)
                        .captured(false)
                        .serverSends(1_460)
                        .captured(true)
                        .serverSends(500)
                        .clientAcknowledges()
                        .close()
                        .frames());
    }

    private static List<TimedFrame> tcpPortReuse() {
        long later = DEFAULT_START_NS + 20 * SECOND_NS;
        return merged(
                web(40_007).handshake().clientSends(10).serverSends(20).close().frames(),
                web(40_007)
                        .sequenceNumbers(700_000, 900_000)
                        .at(later)
                        .clientSyn()
                        .repeatLast()
                        .serverSynAck()
                        .clientAcknowledges()
                        .clientSends(30)
                        .frames(),
                web(40_007)
                        .sequenceNumbers(1_700_000, 1_900_000)
                        .at(later + 20 * SECOND_NS)
                        .handshake()
                        .serverSends(40)
                        .close()
                        .frames());
    }

    private static List<TimedFrame> tcpMidstream() {
        List<TimedFrame> lateSyn =
                new ArrayList<>(web(40_009).handshake().clientSends(100).serverSends(10).frames());
        TimedFrame syn = lateSyn.remove(0);
        lateSyn.remove(0);
        lateSyn.remove(0);
        lateSyn.add(1, new TimedFrame(lateSyn.get(0).timeNs() + 1_000, syn.bytes()));
        return merged(
                web(40_008)
                        .captured(false)
                        .handshake()
                        .captured(true)
                        .serverSends(200)
                        .clientAcknowledges()
                        .close()
                        .frames(),
                lateSyn);
    }

    private static List<TimedFrame> tcpHalfClosed() {
        return web(40_010)
                .handshake()
                .clientSends(10)
                .clientCloses()
                .serverSends(100)
                .pause(200 * SECOND_NS)
                .serverSends(100)
                .clientAcknowledges()
                .serverCloses()
                .clientAcknowledges()
                .frames();
    }

    private static List<TimedFrame> tcpSimultaneousOpen() {
        TcpConversation left = TcpConversation.between(CLIENT, 5_000, SERVER, 5_001);
        TcpConversation right =
                TcpConversation.between(SERVER, 5_001, CLIENT, 5_000)
                        .sequenceNumbers(500_000, 1_000)
                        .at(DEFAULT_START_NS + 500_000);
        return merged(
                left.clientSyn().frames(),
                right.clientSyn().clientAcknowledges().clientSends(12).frames(),
                TcpConversation.between(CLIENT, 5_000, SERVER, 5_001)
                        .sequenceNumbers(1_001, 500_001)
                        .at(DEFAULT_START_NS + 10_000_000)
                        .clientSends(7)
                        .frames());
    }

    private static List<TimedFrame> tcpSequenceWrap() {
        return TcpConversation.between(CLIENT_6, 40_011, SERVER_6, 443)
                .sequenceNumbers(0xFFFF_FF00L, 0xFFFF_FFF0L)
                .handshake()
                .clientSends(1_000)
                .repeatLast()
                .serverSends(4_000)
                .clientAcknowledges()
                .close()
                .frames();
    }

    private static List<TimedFrame> tcpScan() {
        List<TimedFrame> frames = new ArrayList<>();
        for (int port = 1; port <= 60; port++) {
            TcpConversation probe =
                    TcpConversation.between(CLIENT, 41_000, SERVER, port)
                            .at(DEFAULT_START_NS + port * 10_000_000L)
                            .clientSyn();
            switch (port % 3) {
                case 0 -> probe.serverResets();
                case 1 -> probe.serverSynAck().clientResets();
                default -> probe.pause(0);
            }
            frames.addAll(probe.frames());
        }
        return frames;
    }

    private static List<TimedFrame> udpIdle() {
        List<TimedFrame> frames = new ArrayList<>();
        long[] startSeconds = {0, 300, 1_000, 1_601};
        for (long start : startSeconds) {
            frames.add(udp(start * SECOND_NS, CLIENT, 50_000, SERVER, 3_478, 20));
            frames.add(udp(start * SECOND_NS + 5_000_000, SERVER, 3_478, CLIENT, 50_000, 40));
        }
        frames.add(udp(2_000 * SECOND_NS, SERVER, 123, CLIENT, 50_001, 48));
        frames.add(udp(2_000 * SECOND_NS + 1_000, CLIENT, 50_001, SERVER, 123, 48));
        return frames;
    }

    private static List<TimedFrame> dns() {
        byte[] query = new byte[29];
        byte[] answer = new byte[45];
        List<TimedFrame> frames = new ArrayList<>();
        frames.add(udp(0, CLIENT, 33_000, SERVER, 53, query.length));
        frames.add(udp(20_000_000, SERVER, 53, CLIENT, 33_000, answer.length));
        frames.add(udp(30_000_000, CLIENT, 5_353, "224.0.0.251", 5_353, 40));
        frames.add(udp(40_000_000, CLIENT_6, 5_355, "ff02::1:3", 5_355, 25));
        frames.addAll(
                TcpConversation.between(CLIENT, 33_001, SERVER, 53)
                        .at(DEFAULT_START_NS + SECOND_NS)
                        .handshake()
                        .clientSends(31)
                        .serverSends(2_000)
                        .close()
                        .frames());
        return frames;
    }

    private static List<TimedFrame> icmp() {
        List<TimedFrame> frames = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            long at = DEFAULT_START_NS + i * SECOND_NS;
            frames.add(
                    new TimedFrame(
                            at,
                            FrameBuilder.ethernet()
                                    .ipv4(CLIENT, SERVER)
                                    .icmp(8, 0)
                                    .icmpRest(i)
                                    .payload(56)
                                    .build()));
            frames.add(
                    new TimedFrame(
                            at + 9_000_000,
                            fromServer()
                                    .ipv4(SERVER, CLIENT)
                                    .icmp(0, 0)
                                    .icmpRest(i)
                                    .payload(56)
                                    .build()));
            frames.add(
                    new TimedFrame(
                            at + 20_000_000,
                            FrameBuilder.ethernet()
                                    .ipv6(CLIENT_6, SERVER_6)
                                    .icmpv6(128, 0)
                                    .icmpRest(i)
                                    .payload(56)
                                    .build()));
            frames.add(
                    new TimedFrame(
                            at + 29_000_000,
                            fromServer()
                                    .ipv6(SERVER_6, CLIENT_6)
                                    .icmpv6(129, 0)
                                    .icmpRest(i)
                                    .payload(56)
                                    .build()));
        }
        long late = DEFAULT_START_NS + 10 * SECOND_NS;
        frames.add(
                new TimedFrame(
                        late,
                        FrameBuilder.ethernet()
                                .ipv4(CLIENT, "203.0.113.7")
                                .icmp(8, 0)
                                .payload(56)
                                .build()));
        byte[] refused =
                FrameBuilder.withoutLink().ipv4(CLIENT, SERVER).udp(51_000, 9).payload(10).build();
        frames.add(udp(11 * SECOND_NS, CLIENT, 51_000, SERVER, 9, 10));
        frames.add(
                new TimedFrame(
                        late + SECOND_NS + 1_000_000,
                        fromServer().ipv4(SERVER, CLIENT).icmp(3, 3).payload(refused).build()));
        return frames;
    }

    private static List<TimedFrame> vlan() {
        TimedFrame stacked =
                new TimedFrame(
                        DEFAULT_START_NS + 5 * SECOND_NS,
                        FrameBuilder.ethernet()
                                .vlan(0x88A8, 100)
                                .vlan(200)
                                .ipv4(CLIENT, SERVER)
                                .udp(52_000, 5_060)
                                .payload(30)
                                .build());
        return merged(
                web(40_012).vlan(10).handshake().clientSends(10).close().frames(),
                web(40_012)
                        .vlan(20)
                        .sequenceNumbers(77_000, 88_000)
                        .at(DEFAULT_START_NS + 2 * SECOND_NS)
                        .handshake()
                        .serverSends(10)
                        .close()
                        .frames(),
                List.of(stacked));
    }

    private static List<TimedFrame> ipv6ExtensionHeaders() {
        byte[] options = new byte[6];
        byte[] routing = new byte[6];
        List<TimedFrame> frames = new ArrayList<>();
        frames.add(
                new TimedFrame(
                        DEFAULT_START_NS,
                        FrameBuilder.ethernet()
                                .ipv6(CLIENT_6, SERVER_6)
                                .extension(0, options)
                                .extension(60, options)
                                .udp(52_001, 4_000)
                                .payload(33)
                                .build()));
        frames.add(
                new TimedFrame(
                        DEFAULT_START_NS + 1_000_000,
                        fromServer()
                                .ipv6(SERVER_6, CLIENT_6)
                                .extension(43, routing)
                                .udp(4_000, 52_001)
                                .payload(44)
                                .build()));
        frames.add(
                new TimedFrame(
                        DEFAULT_START_NS + 2_000_000,
                        FrameBuilder.ethernet()
                                .ipv6(CLIENT_6, SERVER_6)
                                .extension(60, options)
                                .tcp(52_002, 443)
                                .flags("S")
                                .sequence(1)
                                .build()));
        return frames;
    }

    private static List<TimedFrame> timeBackward() {
        return web(40_013)
                .handshake()
                .pause(3 * SECOND_NS)
                .clientSends(10)
                .pause(-2 * SECOND_NS)
                .serverSends(20)
                .pause(2 * SECOND_NS)
                .close()
                .frames();
    }

    private static List<TimedFrame> manyClients() {
        Random random = new Random(1); // fixed: the capture is the same on every run
        List<TimedFrame> frames = new ArrayList<>();
        for (int client = 0; client < 100; client++) {
            String address = "10.1.0." + (client + 1);
            for (int session = 0; session < 3; session++) {
                long at =
                        DEFAULT_START_NS
                                + random.nextInt(600) * SECOND_NS
                                + random.nextInt(1_000_000);
                int port = 20_000 + random.nextInt(40_000);
                frames.addAll(
                        TcpConversation.between(
                                        address,
                                        port,
                                        "198.51.100." + (1 + random.nextInt(20)),
                                        443)
                                .sequenceNumbers(random.nextInt(1 << 30), random.nextInt(1 << 30))
                                .at(at)
                                .step(1_000 + random.nextInt(200_000_000))
                                .handshake()
                                .clientSends(1 + random.nextInt(600))
                                .serverSends(1 + random.nextInt(4_000))
                                .clientAcknowledges()
                                .close()
                                .frames());
            }
            frames.add(
                    udp(random.nextInt(600) * SECOND_NS, address, 30_000 + client, SERVER, 53, 40));
        }
        frames.sort(Comparator.comparingLong(TimedFrame::timeNs));
        return frames;
    }

    private static CaptureFileBuilder pcapngInterfaces() {
        PcapngFileBuilder file = CaptureFileBuilder.pcapng();
        file.section(ByteOrder.LITTLE_ENDIAN).interfaceOf(1, "lan0", 6).interfaceOf(1, "wan0", 9);
        int index = 0;
        for (TimedFrame frame :
                web(40_014).handshake().clientSends(10).serverSends(2_000).frames()) {
            file.packet(index++ % 2, frame.timeNs(), frame.bytes());
        }
        file.section(ByteOrder.BIG_ENDIAN).interfaceOf(1, "lan1", 9);
        for (TimedFrame frame :
                web(40_015)
                        .at(DEFAULT_START_NS + SECOND_NS)
                        .step(1_001)
                        .handshake()
                        .close()
                        .frames()) {
            file.packet(0, frame.timeNs(), frame.bytes());
        }
        return file;
    }

    private static CaptureFileBuilder snapLength() {
        var file = CaptureFileBuilder.pcap().nanoseconds().snapLength(60);
        for (TimedFrame frame : tcpClose()) {
            byte[] kept = Arrays.copyOf(frame.bytes(), Math.min(60, frame.bytes().length));
            file.packet(frame.timeNs(), kept, frame.bytes().length);
        }
        return file;
    }

    private static TimedFrame udp(
            long offsetNs, String from, int fromPort, String to, int toPort, int length) {
        FrameBuilder frame = from.equals(SERVER) ? fromServer() : FrameBuilder.ethernet();
        return new TimedFrame(
                DEFAULT_START_NS + offsetNs,
                frame.ip(from, to).udp(fromPort, toPort).payload(length).build());
    }

    private static FrameBuilder fromServer() {
        return FrameBuilder.ethernet(FrameBuilder.GATEWAY_MAC, FrameBuilder.CLIENT_MAC);
    }

    @SafeVarargs
    private static List<TimedFrame> merged(List<TimedFrame>... conversations) {
        List<TimedFrame> frames = new ArrayList<>();
        for (List<TimedFrame> conversation : conversations) {
            frames.addAll(conversation);
        }
        frames.sort(Comparator.comparingLong(TimedFrame::timeNs));
        return frames;
    }

    /**
     * Writes every case's capture and README; what is expected of them is written by the golden
     * test.
     */
    public static void main(String[] arguments) throws IOException {
        all().forEach(CaseCaptures::write);
    }

    private static void write(Case scenario) {
        try {
            Files.createDirectories(scenario.folder());
            scenario.capture().writeTo(scenario.folder().resolve(scenario.fileName()));
            Files.writeString(
                    scenario.folder().resolve("README.md"),
                    "# "
                            + scenario.name()
                            + "\n\n"
                            + scenario.purpose()
                            + "\n\nMade by `CaseCaptures`.\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
