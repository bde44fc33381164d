package io.gatewatch.benchmarks.load;

/**
 * Gives a frame other addresses, so that copies of a conversation are conversations of their own: a
 * number is mixed into both addresses of IPv4 and IPv6 packets in Ethernet, in up to two VLANs.
 * Multicast and broadcast addresses stay. Checksums are corrected by the difference (RFC 1624), so
 * a right one stays right. What is no such packet, or too short, stays as it is.
 */
final class AddressRewrite {
    private static final int ETHERTYPE_AT = 12;
    private static final int VLAN = 0x8100;
    private static final int PROVIDER_VLAN = 0x88A8;
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86DD;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMPV6 = 58;

    private AddressRewrite() {}

    /**
     * Rewrites in place.
     *
     * @param copy 0 leaves everything as it is; up to 16 bits count
     */
    static void apply(byte[] frame, int length, int copy) {
        int at = ETHERTYPE_AT;
        while (at + 6 <= length && isVlan(u16(frame, at))) {
            at += 4;
        }
        if (at + 2 > length) {
            return;
        }
        int type = u16(frame, at);
        at += 2;
        if (type == IPV4 && at + 20 <= length) {
            ipv4(frame, at, length, copy);
        } else if (type == IPV6 && at + 40 <= length) {
            ipv6(frame, at, length, copy);
        }
    }

    private static boolean isVlan(int type) {
        return type == VLAN || type == PROVIDER_VLAN;
    }

    private static void ipv4(byte[] frame, int at, int length, int copy) {
        int before = u16(frame, at + 12) + u16(frame, at + 14);
        before += u16(frame, at + 16) + u16(frame, at + 18);
        mix(frame, at + 12, copy);
        mix(frame, at + 16, copy);
        int after = u16(frame, at + 12) + u16(frame, at + 14);
        after += u16(frame, at + 16) + u16(frame, at + 18);
        correct(frame, at + 10, before, after);
        boolean first = (u16(frame, at + 6) & 0x1FFF) == 0;
        if (first) {
            int header = (frame[at] & 0xF) * 4;
            transport(frame, at + header, length, frame[at + 9] & 0xFF, before, after);
        }
    }

    /** The two octets in the middle, where the address is no multicast or broadcast one. */
    private static void mix(byte[] frame, int at, int copy) {
        if ((frame[at] & 0xFF) < 224 && frame[at] != 0) {
            frame[at + 1] ^= (byte) (copy >>> 8);
            frame[at + 2] ^= (byte) copy;
        }
    }

    private static void ipv6(byte[] frame, int at, int length, int copy) {
        int before = u16(frame, at + 12) + u16(frame, at + 28);
        mix6(frame, at + 8, copy);
        mix6(frame, at + 24, copy);
        int after = u16(frame, at + 12) + u16(frame, at + 28);
        transport(frame, at + 40, length, frame[at + 6] & 0xFF, before, after);
    }

    private static void mix6(byte[] frame, int at, int copy) {
        if ((frame[at] & 0xFF) != 0xFF) {
            frame[at + 4] ^= (byte) (copy >>> 8);
            frame[at + 5] ^= (byte) copy;
        }
    }

    private static void transport(
            byte[] frame, int at, int length, int protocol, int before, int after) {
        int checksumAt =
                switch (protocol) {
                    case TCP -> at + 16;
                    case UDP -> at + 6;
                    case ICMPV6 -> at + 2;
                    default -> length;
                };
        boolean none = protocol == UDP && checksumAt + 2 <= length && u16(frame, checksumAt) == 0;
        if (checksumAt + 2 <= length && !none) {
            correct(frame, checksumAt, before, after);
        }
    }

    /**
     * @param before sum of the 16-bit words before the change, any number of them
     */
    private static void correct(byte[] frame, int at, int before, int after) {
        int sum = (~u16(frame, at) & 0xFFFF) + (~fold(before) & 0xFFFF) + fold(after);
        int checksum = ~fold(sum) & 0xFFFF;
        frame[at] = (byte) (checksum >>> 8);
        frame[at + 1] = (byte) checksum;
    }

    private static int fold(int sum) {
        int folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xFFFF) + (folded >>> 16);
        }
        return folded;
    }

    private static int u16(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
    }
}
