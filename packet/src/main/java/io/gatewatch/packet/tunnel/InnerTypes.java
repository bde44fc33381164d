package io.gatewatch.packet.tunnel;

/** EtherTypes that tunnels name without a field for them. */
final class InnerTypes {
    static final int IPV4 = 0x0800;
    static final int IPV6 = 0x86DD;

    /** Transparent Ethernet bridging (RFC 1701): a whole Ethernet frame without its checksum. */
    static final int ETHERNET = 0x6558;

    private InnerTypes() {}
}
