package io.gatewatch.dns.names;

import io.gatewatch.wire.address.IpAddress;

/**
 * Addresses that mean something on their own network alone: 10/8, 172.16/12, 192.168/16 (RFC 1918),
 * 100.64/10 (RFC 6598), 169.254/16 (RFC 3927), fc00::/7 (RFC 4193), fe80::/10 (RFC 4291).
 */
final class PrivateAddresses {
    private PrivateAddresses() {}

    static boolean contains(IpAddress address) {
        long bits = address.low();
        if (address.version() == 4) {
            return bits >>> 24 == 10
                    || bits >>> 20 == 0xAC1
                    || bits >>> 16 == 0xC0A8
                    || bits >>> 22 == 0x6440 >>> 6
                    || bits >>> 16 == 0xA9FE;
        }
        return address.high() >>> 57 == 0xFC >>> 1 || address.high() >>> 54 == 0xFE80 >>> 6;
    }
}
