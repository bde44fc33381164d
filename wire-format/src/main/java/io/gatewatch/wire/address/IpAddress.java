package io.gatewatch.wire.address;

import java.nio.ByteBuffer;

/**
 * An IPv4 or IPv6 address, in network byte order. Its text is dotted decimal or that of RFC 5952:
 * lower case, no leading zeros, the first longest run of at least two zero groups as {@code ::}.
 * With the well-known prefixes of IPv4-mapped and IPv4-compatible addresses (RFC 4291 section
 * 2.5.5) the last 32 bits are dotted decimal, as RFC 5952 section 5 recommends and {@code
 * inet_ntop} does: {@code ::ffff:192.0.2.1}. A mapped address stays an IPv6 address. Zone
 * identifiers are not supported, and names are never looked up. Where addresses are many, the
 * static methods take the parts and need no object.
 *
 * @param version 4 or 6
 * @param high upper 64 bits; 0 for IPv4
 * @param low lower 64 bits; an IPv4 address in the lower 32
 */
public record IpAddress(int version, long high, long low) implements Comparable<IpAddress> {
    public static final int IPV4_LENGTH = 4;
    public static final int IPV6_LENGTH = 16;

    /** Characters of the longest text. */
    public static final int MAX_TEXT_LENGTH = 45;

    private static final int GROUPS = 8;

    public IpAddress {
        if (version != 4 && version != 6) {
            throw new IllegalArgumentException("IP version " + version + ": must be 4 or 6");
        }
        if (version == 4 && (high != 0 || low >>> 32 != 0)) {
            throw new IllegalArgumentException("IPv4 address with more than 32 bits");
        }
    }

    /**
     * The address in 4 or 16 bytes of network order.
     *
     * @throws IllegalArgumentException if there are not 4 or 16
     */
    public static IpAddress ofBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return switch (bytes.length) {
            case IPV4_LENGTH -> new IpAddress(4, 0, buffer.getInt() & 0xFFFF_FFFFL);
            case IPV6_LENGTH -> new IpAddress(6, buffer.getLong(), buffer.getLong());
            default ->
                    throw new IllegalArgumentException(
                            "IP address of " + bytes.length + " bytes: must be 4 or 16");
        };
    }

    /**
     * Reads the text of an address: dotted decimal without leading zeros, or any form of RFC 4291
     * section 2.2.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static IpAddress parse(String text) {
        return IpAddressParser.parse(text);
    }

    /** The address in 4 or 16 bytes of network order. */
    public byte[] toBytes() {
        return bytes(version, high, low);
    }

    /** As {@link #toBytes} of an address of these parts. */
    public static byte[] bytes(int version, long high, long low) {
        return version == 4
                ? ByteBuffer.allocate(IPV4_LENGTH).putInt((int) low).array()
                : ByteBuffer.allocate(IPV6_LENGTH).putLong(high).putLong(low).array();
    }

    /** As {@link #toString} of an address of these parts. */
    public static String text(int version, long high, long low) {
        StringBuilder out = new StringBuilder(MAX_TEXT_LENGTH);
        append(out, version, high, low);
        return out.toString();
    }

    /** As {@link #text}, at the end of {@code out}. */
    public static void append(StringBuilder out, int version, long high, long low) {
        if (version == 4) {
            appendDotted(out, low);
        } else {
            appendGroups(out, high, low);
        }
    }

    private static void appendDotted(StringBuilder out, long low) {
        out.append(low >>> 24 & 0xFF)
                .append('.')
                .append(low >>> 16 & 0xFF)
                .append('.')
                .append(low >>> 8 & 0xFF)
                .append('.')
                .append(low & 0xFF);
    }

    private static void appendGroups(StringBuilder out, long high, long low) {
        int runStart = 0;
        int runLength = 0;
        for (int i = 0; i < GROUPS; i++) {
            int length = zeroGroupsFrom(i, high, low);
            if (length > runLength) {
                runStart = i;
                runLength = length;
            }
        }
        if (runLength < 2) { // RFC 5952 section 4.2.2: not for a single group
            runStart = GROUPS;
            runLength = 0;
        }
        boolean embedded =
                runStart == 0
                        && (runLength == 6 || (runLength == 5 && group(5, high, low) == 0xFFFF));
        int end = embedded ? GROUPS - 2 : GROUPS;
        for (int i = 0; i < end; i++) {
            if (i == runStart) {
                out.append("::");
                i += runLength - 1;
                continue;
            }
            if (i != 0 && i != runStart + runLength) {
                out.append(':');
            }
            appendHexadecimal(out, group(i, high, low));
        }
        if (embedded) {
            if (runLength == 5) {
                out.append(':');
            }
            appendDotted(out, low);
        }
    }

    private static int zeroGroupsFrom(int first, long high, long low) {
        int i = first;
        while (i < GROUPS && group(i, high, low) == 0) {
            i++;
        }
        return i - first;
    }

    private static int group(int index, long high, long low) {
        long half = index < 4 ? high : low;
        return (int) (half >>> (48 - 16 * (index & 3))) & 0xFFFF;
    }

    private static void appendHexadecimal(StringBuilder out, int group) {
        boolean started = false;
        for (int shift = 12; shift >= 0; shift -= 4) {
            int digit = group >>> shift & 0xF;
            started |= digit != 0 || shift == 0;
            if (started) {
                out.append((char) (digit < 10 ? '0' + digit : 'a' + digit - 10));
            }
        }
    }

    /** By version, then by the bytes as unsigned numbers. */
    @Override
    public int compareTo(IpAddress other) {
        int order = Integer.compare(version, other.version);
        if (order == 0) {
            order = Long.compareUnsigned(high, other.high);
        }
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return text(version, high, low);
    }
}
