package io.gatewatch.wire.address;

/**
 * Reads one address from text, from left to right. Strict where programs disagree: no leading zeros
 * in dotted decimal (RFC 6943 section 3.1.1: some take them as octal), always four parts, no zone.
 */
final class IpAddressParser {
    private static final int GROUPS = 8;
    private static final int NOWHERE = -1;

    private final String text;
    private int at;

    private IpAddressParser(String text) {
        this.text = text;
    }

    static IpAddress parse(String text) {
        IpAddressParser parser = new IpAddressParser(text);
        IpAddress address =
                text.indexOf(':') >= 0
                        ? parser.ipv6()
                        : new IpAddress(4, 0, parser.dotted() & 0xFFFF_FFFFL);
        if (parser.at != text.length()) {
            throw parser.malformed();
        }
        return address;
    }

    private IpAddress ipv6() {
        int[] groups = new int[GROUPS];
        int count = 0;
        int gap = NOWHERE;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        boolean more = at < text.length();
        while (more) {
            if (count <= GROUPS - 2 && dottedFollows()) {
                int dotted = dotted();
                groups[count++] = dotted >>> 16;
                groups[count++] = dotted & 0xFFFF;
                break;
            }
            if (count == GROUPS) {
                throw malformed();
            }
            groups[count++] = group();
            more = at < text.length() && text.charAt(at) == ':';
            if (more) {
                at++;
                if (at < text.length() && text.charAt(at) == ':') {
                    if (gap != NOWHERE) {
                        throw malformed();
                    }
                    gap = count;
                    at++;
                    more = at < text.length();
                }
            }
        }
        if (gap == NOWHERE ? count != GROUPS : count == GROUPS) {
            throw malformed();
        }
        return new IpAddress(6, half(groups, count, gap, 0), half(groups, count, gap, 4));
    }

    /** Four groups from {@code first} on, once the gap is filled with zeros. */
    private static long half(int[] groups, int count, int gap, int first) {
        int missing = GROUPS - count;
        long value = 0;
        for (int i = first; i < first + 4; i++) {
            int group = 0;
            if (gap == NOWHERE || i < gap) {
                group = groups[i];
            } else if (i >= gap + missing) {
                group = groups[i - missing];
            }
            value = value << 16 | group;
        }
        return value;
    }

    private int group() {
        int value = 0;
        int from = at;
        while (at < text.length() && at - from < 4) {
            int digit = AsciiDigits.hexadecimal(text.charAt(at));
            if (digit < 0) {
                break;
            }
            value = value << 4 | digit;
            at++;
        }
        if (at == from) {
            throw malformed();
        }
        return value;
    }

    private boolean dottedFollows() {
        int i = at;
        while (i < text.length() && AsciiDigits.decimal(text.charAt(i)) >= 0) {
            i++;
        }
        return i > at && i < text.length() && text.charAt(i) == '.';
    }

    private int dotted() {
        int value = octet();
        for (int i = 1; i < 4; i++) {
            if (at == text.length() || text.charAt(at) != '.') {
                throw malformed();
            }
            at++;
            value = value << 8 | octet();
        }
        return value;
    }

    private int octet() {
        int from = at;
        int value = 0;
        while (at < text.length() && at - from < 3) {
            int digit = AsciiDigits.decimal(text.charAt(at));
            if (digit < 0) {
                break;
            }
            value = value * 10 + digit;
            at++;
        }
        boolean leadingZero = at - from > 1 && text.charAt(from) == '0';
        if (at == from || leadingZero || value > 255) {
            throw malformed();
        }
        return value;
    }

    private IllegalArgumentException malformed() {
        return new IllegalArgumentException("not an IP address: '" + text + "'");
    }
}
