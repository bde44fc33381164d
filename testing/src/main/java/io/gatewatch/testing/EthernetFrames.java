package io.gatewatch.testing;

import java.util.List;

/**
 * One valid Ethernet frame of each shape that the decoder knows, tunnels apart: where fuzzers
 * begin.
 */
public final class EthernetFrames {
    private static final String CLIENT = "192.0.2.1";
    private static final String SERVER = "198.51.100.2";

    private EthernetFrames() {}

    public static List<byte[]> all() {
        return List.of(
                FrameBuilder.ethernet()
                        .ipv4(CLIENT, SERVER)
                        .tcp(40000, 443)
                        .flags("S")
                        .tcpOptions(Hex.bytes("02 04 05 b4 04 02 08 0a 00 00 00 01 00 00 00 00"))
                        .build(),
                FrameBuilder.ethernet()
                        .vlan(0x88A8, 100)
                        .vlan(42)
                        .ipv4(CLIENT, SERVER)
                        .ipOptions(Hex.bytes("94 04 00 00"))
                        .udp(40000, 53)
                        .payload(30)
                        .padding(6)
                        .build(),
                FrameBuilder.ethernet()
                        .ipv6("2001:db8::1", "2001:db8::2")
                        .extension(0, Hex.bytes("05 02 00 00 01 00"))
                        .extension(60, new byte[14])
                        .fragment(0, true)
                        .authenticationHeader()
                        .tcp(40000, 80)
                        .flags("PA")
                        .payload(20)
                        .build(),
                FrameBuilder.ethernet()
                        .ipv6("2001:db8::1", "2001:db8::2")
                        .extension(0, Hex.bytes("c2 04 00 01 00 00"))
                        .ipLength(0)
                        .icmpv6(128, 0)
                        .payload(20)
                        .build(),
                FrameBuilder.ethernet()
                        .ipv6("2001:db8::1", "2001:db8::2")
                        .icmpv6(1, 4)
                        .payload(
                                FrameBuilder.withoutLink()
                                        .ipv6("2001:db8::2", "2001:db8::1")
                                        .udp(5000, 6000)
                                        .build())
                        .build(),
                FrameBuilder.ethernet()
                        .ipv4(CLIENT, SERVER)
                        .icmp(3, 1)
                        .payload(
                                FrameBuilder.withoutLink()
                                        .ipv4(SERVER, CLIENT)
                                        .udp(5000, 6000)
                                        .build())
                        .build(),
                FrameBuilder.ethernet()
                        .ipv4(CLIENT, SERVER)
                        .identification(7)
                        .fragment(1480, false)
                        .protocol(17)
                        .payload(40)
                        .build(),
                FrameBuilder.ethernet()
                        .ipv4(CLIENT, SERVER)
                        .identification(7)
                        .fragment(0, true)
                        .udp(40000, 53)
                        .payload(1472)
                        .build());
    }
}
