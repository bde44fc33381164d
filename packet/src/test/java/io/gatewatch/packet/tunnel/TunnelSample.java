package io.gatewatch.packet.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.DecodedFrame;
import io.gatewatch.packet.PacketTunnel;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.Hex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Frames with a packet in a tunnel, all from 10.0.0.1 to 10.0.0.2. */
public final class TunnelSample {
    static final String INNER_MAC = "02:00:00:00:11:11";

    private TunnelSample() {}

    static FrameBuilder outer() {
        return FrameBuilder.ethernet().ipv4("10.0.0.1", "10.0.0.2");
    }

    /** A UDP datagram with a tunnel's header and what it carries. */
    static byte[] udp(int port, String header, byte[] packet) {
        return outer().udp(50_000, port).payload(join(Hex.bytes(header), packet)).build();
    }

    static byte[] gre(String header, byte[] packet) {
        return outer().protocol(47).payload(join(Hex.bytes(header), packet)).build();
    }

    static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** 192.0.2.7:1234 to 192.0.2.8:80, 5 bytes. */
    static byte[] ipv4() {
        return ipv4Packet(FrameBuilder.withoutLink());
    }

    /** The same in an Ethernet frame. */
    static byte[] ethernet() {
        return ipv4Packet(FrameBuilder.ethernet(INNER_MAC, "02:00:00:00:22:22"));
    }

    private static byte[] ipv4Packet(FrameBuilder frame) {
        return frame.ipv4("192.0.2.7", "192.0.2.8").tcp(1234, 80).flags("PA").payload(5).build();
    }

    static byte[] ipv6() {
        return FrameBuilder.withoutLink()
                .ipv6("2001:db8::7", "2001:db8::8")
                .udp(1234, 53)
                .payload(5)
                .build();
    }

    /** One frame for each form of each tunnel, whose inner packet is decoded. */
    public static List<byte[]> all() {
        List<byte[]> frames = new ArrayList<>();
        frames.add(outer().protocol(4).payload(ipv4()).build());
        frames.add(outer().protocol(41).payload(ipv6()).build());
        FrameBuilder outer6 = FrameBuilder.ethernet().ipv6("2001:db8:1::1", "2001:db8:1::2");
        frames.add(outer6.protocol(4).payload(ipv4()).build());
        frames.add(
                FrameBuilder.ethernet()
                        .ipv6("2001:db8:1::1", "2001:db8:1::2")
                        .extension(60, new byte[6])
                        .protocol(41)
                        .payload(ipv6())
                        .build());
        frames.add(gre("0000 0800", ipv4()));
        frames.add(gre("b000 6558 12340000 0000002a 00000001", ethernet()));
        frames.add(gre("3081 880b 0035 0007 00000001 00000002 ff03 0021", ipv4()));
        frames.add(gre("0000 883e 00000000", ipv4()));
        frames.add(gre("0000 883e", ipv4()));
        frames.add(gre("0000 88be", ethernet()));
        frames.add(gre("1000 88be 00000001 1005 0123 00000001", ethernet()));
        frames.add(
                gre(
                        "1000 22eb 00000001 2005 0123 00000001 0000 0001" + "00".repeat(8),
                        ethernet()));
        frames.add(gre("1000 22eb 00000001 2005 0123 00000001 0000 0800", ipv4()));
        frames.add(udp(4789, "08000000 00002a00", ethernet()));
        frames.add(udp(8472, "88000001 00002a00", ethernet()));
        frames.add(udp(6081, "0200 6558 00002a00 0102 8001 aabbccdd", ethernet()));
        frames.add(udp(6081, "0040 0800 00002a00", ipv4()));
        frames.add(udp(2152, "30ff 002d 0000002a", ipv4()));
        frames.add(udp(2152, "34ff 0035 0000002a 0000 00 85 01 1000 00", ipv4()));
        frames.add(udp(3544, "", ipv6()));
        frames.add(udp(3544, "0001 0101 aa bb 0102030405060708 00 0000 1234 c0000201", ipv6()));
        return frames;
    }

    /** The packet in the frame, which must have been found and decoded. */
    static DecodedFrame inner(byte[] frame, PacketTunnel kind, long id) {
        DecodedFrame outer = DecodedFrame.of(frame);
        assertThat(outer.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(outer.inner).isNotNull();
        DecodedFrame inner = outer.inner;
        assertThat(inner.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(inner.view.tunnel).isEqualTo(kind);
        assertThat(inner.view.tunnelId).isEqualTo(id);
        assertThat(inner.view.tunnelIpVersion).isEqualTo(outer.view.ipVersion);
        assertThat(inner.view.tunnelSourceLow).isEqualTo(outer.view.sourceLow);
        assertThat(inner.view.tunnelDestinationLow).isEqualTo(outer.view.destinationLow);
        assertThat(inner.view.payloadLength).isEqualTo(5);
        assertThat(inner.view.anomalies).isZero();
        return inner;
    }

    /** How the packet in the frame ended, which must have been found. */
    static DecodeOutcome outcome(byte[] frame) {
        DecodedFrame inner = DecodedFrame.of(frame).inner;
        assertThat(inner).isNotNull();
        return inner.outcome;
    }

    static void requireNone(byte[] frame) {
        DecodedFrame outer = DecodedFrame.of(frame);
        assertThat(outer.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(outer.inner).isNull();
    }
}
