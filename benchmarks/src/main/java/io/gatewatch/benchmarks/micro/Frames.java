package io.gatewatch.benchmarks.micro;

import io.gatewatch.testing.FrameBuilder;

/** Frames of the kinds that decoding takes different ways for. */
public enum Frames {
    TCP,
    UDP,
    VLANS,
    VXLAN,
    GRE,
    FRAGMENT,
    LATER_FRAGMENT,
    IPV6,
    IPV6_EXTENSIONS,
    ICMP_ERROR,
    CUT;

    private static final String CLIENT = "192.0.2.1";
    private static final String SERVER = "198.51.100.7";
    private static final String CLIENT_6 = "2001:db8::1";
    private static final String SERVER_6 = "2001:db8:1::7";
    private static final int PAYLOAD = 512;
    private static final int HOP_BY_HOP = 0;
    private static final int DESTINATION_OPTIONS = 60;

    /** VXLAN header: the flag, then network 42. */
    private static final byte[] VXLAN_HEADER = {8, 0, 0, 0, 0, 0, 42, 0};

    /** GRE header of version 0 without options, around IPv4. */
    private static final byte[] GRE_HEADER = {0, 0, 8, 0};

    private static final int VXLAN_PORT = 4_789;
    private static final int GRE_PROTOCOL = 47;

    /** The frame of one of many flows. */
    byte[] build(int flow) {
        int port = 20_000 + flow;
        return switch (this) {
            case TCP -> tcp(FrameBuilder.ethernet(), port).build();
            case UDP ->
                    FrameBuilder.ethernet()
                            .ipv4(CLIENT, SERVER)
                            .udp(port, 9)
                            .payload(PAYLOAD)
                            .build();
            case VLANS -> tcp(FrameBuilder.ethernet().vlan(0x88A8, 7).vlan(42), port).build();
            case VXLAN ->
                    FrameBuilder.ethernet()
                            .ipv4("203.0.113.1", "203.0.113.2")
                            .udp(port, VXLAN_PORT)
                            .payload(join(VXLAN_HEADER, tcp(FrameBuilder.ethernet(), port).build()))
                            .build();
            case GRE ->
                    FrameBuilder.ethernet()
                            .ipv4("203.0.113.1", "203.0.113.2")
                            .protocol(GRE_PROTOCOL)
                            .payload(
                                    join(GRE_HEADER, tcp(FrameBuilder.withoutLink(), port).build()))
                            .build();
            case FRAGMENT ->
                    FrameBuilder.ethernet()
                            .ipv4(CLIENT, SERVER)
                            .identification(flow)
                            .fragment(0, true)
                            .udp(port, 9)
                            .payload(PAYLOAD)
                            .build();
            case LATER_FRAGMENT ->
                    FrameBuilder.ethernet()
                            .ipv4(CLIENT, SERVER)
                            .identification(flow)
                            .fragment(520, false)
                            .protocol(17)
                            .payload(PAYLOAD)
                            .build();
            case IPV6 ->
                    FrameBuilder.ethernet()
                            .ipv6(CLIENT_6, SERVER_6)
                            .tcp(port, 443)
                            .flags("A")
                            .payload(PAYLOAD)
                            .build();
            case IPV6_EXTENSIONS ->
                    FrameBuilder.ethernet()
                            .ipv6(CLIENT_6, SERVER_6)
                            .extension(HOP_BY_HOP, new byte[] {1, 4, 0, 0, 0, 0})
                            .extension(DESTINATION_OPTIONS, new byte[] {1, 4, 0, 0, 0, 0})
                            .tcp(port, 443)
                            .flags("A")
                            .payload(PAYLOAD)
                            .build();
            case ICMP_ERROR ->
                    FrameBuilder.ethernet()
                            .ipv4(SERVER, CLIENT)
                            .icmp(3, 3)
                            .payload(tcp(FrameBuilder.withoutLink(), port).buildCut(28))
                            .build();
            case CUT -> tcp(FrameBuilder.ethernet(), port).buildCut(64);
        };
    }

    private static FrameBuilder tcp(FrameBuilder outer, int port) {
        return outer.ipv4(CLIENT, SERVER).tcp(port, 443).flags("A").payload(PAYLOAD);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] all = new byte[first.length + second.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
