package io.gatewatch.scenarios;

import static io.gatewatch.testing.TcpConversation.DEFAULT_START_NS;

import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.Hex;
import io.gatewatch.testing.TcpConversation;
import io.gatewatch.testing.TimedFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Packets of {@link CaseCaptures} that are in tunnels, in fragments, or quoted by ICMP errors. */
final class TunnelCaptures {
    private static final long MS = 1_000_000L;
    private static final int ETHERNET_LENGTH = 14;
    private static final String CLIENT = "192.0.2.10";
    private static final String SERVER = "198.51.100.20";
    private static final String CLIENT_6 = "2001:db8::10";
    private static final String SERVER_6 = "2001:db8:1::20";
    private static final String ROUTER = "203.0.113.9";
    private static final String NEAR = "10.0.0.1";
    private static final String FAR = "10.0.0.2";

    private TunnelCaptures() {}

    /** The same small conversation in each kind of tunnel, at other ports each time. */
    static List<TimedFrame> tunnels() {
        List<TimedFrame> frames = new ArrayList<>();
        for (Carrier carrier : carriers()) {
            int port = 42_000 + frames.size();
            TcpConversation inside =
                    TcpConversation.between(CLIENT, port, SERVER, 80)
                            .at(DEFAULT_START_NS + frames.size() * 10L * MS)
                            .handshake()
                            .clientSends(20)
                            .close();
            int packet = 0;
            for (TimedFrame frame : inside.frames()) {
                frames.add(new TimedFrame(frame.timeNs(), carrier.around(frame.bytes(), packet++)));
            }
        }
        frames.addAll(teredo());
        frames.addAll(doubleTunnel());
        return frames;
    }

    /** Puts an Ethernet frame, or the packet in it, into a tunnel. */
    private interface Carrier {
        byte[] around(byte[] frame, int number);
    }

    private static List<Carrier> carriers() {
        return List.of(
                (frame, n) -> ip(4, packet(frame)),
                (frame, n) -> gre("0000 0800", packet(frame)),
                (frame, n) -> gre("3000 6558 00000007" + u32(n), frame),
                (frame, n) -> gre("3001 880b 0000 0009" + u32(n) + "ff03 0021", packet(frame)),
                (frame, n) -> gre("1000 88be" + u32(n) + "1000 0005 00000000", frame),
                (frame, n) -> gre("1000 22eb" + u32(n) + "2000 0006 00000000 0000 0000", frame),
                (frame, n) -> udp(4_789, "08000000 00002a00", frame),
                (frame, n) -> udp(6_081, "0140 6558 00002b00 01020300", frame),
                (frame, n) -> gtp(packet(frame)),
                (frame, n) ->
                        FrameBuilder.ethernet()
                                .ipv6(CLIENT_6, SERVER_6)
                                .protocol(4)
                                .payload(packet(frame))
                                .build());
    }

    private static List<TimedFrame> teredo() {
        byte[] query =
                FrameBuilder.withoutLink()
                        .ipv6("2001:0:1::1", SERVER_6)
                        .udp(50_000, 4_000)
                        .payload(12)
                        .build();
        byte[] bubble =
                FrameBuilder.withoutLink()
                        .ipv6("fe80::1", "2001:0:1::1")
                        .protocol(59)
                        .payload(0)
                        .build();
        return List.of(
                at(2_000, udp(3_544, "", query)),
                at(2_010, udp(3_544, "0001 0000 0102030405060708 00 0000 1234 c0000201", bubble)));
    }

    /** IPv6 in IPv4 in GRE, and a frame in VXLAN that is not IP. */
    private static List<TimedFrame> doubleTunnel() {
        byte[] inside =
                FrameBuilder.withoutLink()
                        .ipv6(CLIENT_6, SERVER_6)
                        .icmpv6(128, 0)
                        .payload(8)
                        .build();
        byte[] sixInFour =
                FrameBuilder.withoutLink()
                        .ipv4(CLIENT, SERVER)
                        .protocol(41)
                        .payload(inside)
                        .build();
        byte[] arp = new byte[ETHERNET_LENGTH + 28];
        arp[12] = 0x08;
        arp[13] = 0x06;
        return List.of(
                at(3_000, gre("0000 0800", sixInFour)),
                at(3_010, udp(4_789, "08000000 00002a00", arp)));
    }

    private static byte[] packet(byte[] frame) {
        return Arrays.copyOfRange(frame, ETHERNET_LENGTH, frame.length);
    }

    private static String u32(int value) {
        return String.format("%08x", value);
    }

    private static byte[] ip(int protocol, byte[] payload) {
        return FrameBuilder.ethernet().ipv4(NEAR, FAR).protocol(protocol).payload(payload).build();
    }

    private static byte[] gre(String header, byte[] packet) {
        return ip(47, join(Hex.bytes(header), packet));
    }

    private static byte[] udp(int port, String header, byte[] packet) {
        return FrameBuilder.ethernet()
                .ipv4(NEAR, FAR)
                .udp(50_000, port)
                .payload(join(Hex.bytes(header), packet))
                .build();
    }

    private static byte[] gtp(byte[] packet) {
        String length = String.format("%04x", packet.length);
        return udp(2_152, "30ff" + length + "00000063", packet);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Datagrams and a segment in fragments: in order, backwards, without a first, overlapping. */
    static List<TimedFrame> fragments() {
        List<TimedFrame> frames = new ArrayList<>();
        List<byte[]> inOrder = fragments(1, 17, 4_000);
        List<byte[]> backwards = fragments(2, 17, 4_001);
        List<byte[]> withoutFirst = fragments(3, 17, 4_002);
        List<byte[]> overlapping = fragments(4, 17, 4_003);
        List<byte[]> segment = fragments(5, 6, 443);
        for (int i = 0; i < inOrder.size(); i++) {
            frames.add(at(i, inOrder.get(i)));
            frames.add(at(20 + i, backwards.get(inOrder.size() - 1 - i)));
            frames.add(at(60 + i, overlapping.get(i)));
            frames.add(at(80 + i, segment.get((i + 1) % segment.size())));
        }
        frames.add(at(40, withoutFirst.get(1)));
        frames.add(
                at(
                        70,
                        FrameBuilder.ethernet()
                                .ipv4(CLIENT, SERVER)
                                .identification(4)
                                .fragment(56, true)
                                .protocol(17)
                                .payload(16)
                                .build()));
        byte[] whole6 =
                FrameBuilder.ethernet().ipv6(CLIENT_6, SERVER_6).udp(6, 7).payload(92).build();
        for (int part = 0; part < 2; part++) {
            int from = ETHERNET_LENGTH + 40 + 48 * part;
            int to = part == 0 ? from + 48 : whole6.length;
            frames.add(
                    at(
                            100 - part,
                            FrameBuilder.ethernet()
                                    .ipv6(CLIENT_6, SERVER_6)
                                    .fragment(48 * part, part == 0)
                                    .protocol(17)
                                    .payload(Arrays.copyOfRange(whole6, from, to))
                                    .build()));
        }
        frames.add(at(40_000, FrameBuilder.ethernet().ipv4(CLIENT, SERVER).udp(5, 6).build()));
        frames.sort((a, b) -> Long.compare(a.timeNs(), b.timeNs()));
        return frames;
    }

    private static List<byte[]> fragments(int identification, int protocol, int port) {
        FrameBuilder packet = FrameBuilder.ethernet().ipv4(CLIENT, SERVER);
        packet = protocol == 6 ? packet.tcp(40_020, port).flags("PA") : packet.udp(40_020, port);
        byte[] whole = packet.payload(200).build();
        List<byte[]> fragments = new ArrayList<>();
        for (int at = ETHERNET_LENGTH + 20; at < whole.length; at += 64) {
            int end = Math.min(whole.length, at + 64);
            fragments.add(
                    FrameBuilder.ethernet()
                            .ipv4(CLIENT, SERVER)
                            .identification(identification)
                            .fragment(at - ETHERNET_LENGTH - 20, end < whole.length)
                            .protocol(protocol)
                            .payload(Arrays.copyOfRange(whole, at, end))
                            .build());
        }
        return fragments;
    }

    /** Each error once about a flow of its own, one about a flow that was never seen. */
    static List<TimedFrame> icmpErrors() {
        List<TimedFrame> frames = new ArrayList<>();
        int[][] errors = {{3, 1}, {3, 4}, {4, 0}, {5, 1}, {11, 0}, {12, 0}};
        for (int i = 0; i < errors.length; i++) {
            FrameBuilder sent = FrameBuilder.ethernet().ipv4(CLIENT, SERVER);
            byte[] frame = sent.udp(51_000 + i, 4_000).payload(40).build();
            frames.add(at(100L * i, frame));
            frames.add(at(100L * i + 10, error(errors[i][0], errors[i][1], frame, 28)));
        }
        int[] errors6 = {1, 2, 3, 4};
        for (int i = 0; i < errors6.length; i++) {
            FrameBuilder sent = FrameBuilder.ethernet().ipv6(CLIENT_6, SERVER_6);
            byte[] frame = sent.udp(51_100 + i, 4_000).payload(40).build();
            frames.add(at(1_000 + 100L * i, frame));
            frames.add(
                    at(
                            1_010 + 100L * i,
                            FrameBuilder.ethernet()
                                    .ipv6("2001:db8:9::9", CLIENT_6)
                                    .icmpv6(errors6[i], 0)
                                    .payload(Arrays.copyOf(packet(frame), 48))
                                    .build()));
        }
        byte[] neverSeen =
                FrameBuilder.ethernet().ipv4(CLIENT, SERVER).tcp(51_200, 9).flags("S").build();
        frames.add(at(2_000, error(3, 3, neverSeen, 28)));
        return frames;
    }

    private static byte[] error(int type, int code, byte[] frame, int quoted) {
        return FrameBuilder.ethernet(FrameBuilder.GATEWAY_MAC, FrameBuilder.CLIENT_MAC)
                .ipv4(ROUTER, CLIENT)
                .icmp(type, code)
                .payload(Arrays.copyOf(packet(frame), quoted))
                .build();
    }

    /** IP protocols with ports of their own, without ports, and none at all. */
    static List<TimedFrame> otherProtocols() {
        List<TimedFrame> frames = new ArrayList<>();
        String ports = "c738 0d05";
        int[] protocols = {2, 33, 50, 88, 89, 112, 132, 136, 253};
        for (int i = 0; i < protocols.length; i++) {
            byte[] payload = Hex.bytes(ports, "03000000", "00".repeat(16));
            frames.add(
                    at(
                            i,
                            FrameBuilder.ethernet()
                                    .ipv4(CLIENT, SERVER)
                                    .protocol(protocols[i])
                                    .payload(payload)
                                    .build()));
        }
        frames.add(
                at(
                        100,
                        FrameBuilder.ethernet()
                                .ipv6(CLIENT_6, SERVER_6)
                                .extension(60, new byte[6])
                                .protocol(59)
                                .payload(0)
                                .build()));
        return frames;
    }

    private static TimedFrame at(long milliseconds, byte[] frame) {
        return new TimedFrame(DEFAULT_START_NS + milliseconds * MS, frame);
    }
}
