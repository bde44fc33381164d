package io.gatewatch.dns.names;

import io.gatewatch.wire.address.IpAddress;

/**
 * Names of addresses in the reverse tree: four decimal labels below {@code in-addr.arpa} (RFC 1035
 * section 3.5), 32 hexadecimal ones below {@code ip6.arpa} (RFC 3596 section 2.5).
 */
final class ReverseName {
    private static final String IPV4_SUFFIX = ".in-addr.arpa";
    private static final String IPV6_SUFFIX = ".ip6.arpa";
    private static final int NIBBLES = 32;
    private static final int HEXADECIMAL = 16;

    private ReverseName() {}

    /** The address, or null if the name, in lower case, is not that of one. */
    static IpAddress address(String name) {
        if (name.endsWith(IPV4_SUFFIX)) {
            return ipv4(name.substring(0, name.length() - IPV4_SUFFIX.length()));
        }
        return name.endsWith(IPV6_SUFFIX)
                ? ipv6(name.substring(0, name.length() - IPV6_SUFFIX.length()))
                : null;
    }

    private static IpAddress ipv4(String labels) {
        String[] parts = labels.split("\\.", -1);
        if (parts.length != IpAddress.IPV4_LENGTH) {
            return null;
        }
        try {
            return IpAddress.parse(String.join(".", parts[3], parts[2], parts[1], parts[0]));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static IpAddress ipv6(String labels) {
        if (labels.length() != 2 * NIBBLES - 1) {
            return null;
        }
        long high = 0;
        long low = 0;
        for (int i = NIBBLES - 1; i >= 0; i--) {
            int digit = Character.digit(labels.charAt(2 * i), HEXADECIMAL);
            if (digit < 0 || (i > 0 && labels.charAt(2 * i - 1) != '.')) {
                return null;
            }
            high = high << 4 | low >>> 60;
            low = low << 4 | digit;
        }
        return new IpAddress(6, high, low);
    }
}
