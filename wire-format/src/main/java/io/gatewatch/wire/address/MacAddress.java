package io.gatewatch.wire.address;

/**
 * Text of a 48-bit MAC address (IEEE 802) held in the lower 48 bits of a long, first octet highest:
 * {@code 02:42:ac:11:00:02}. Six pairs of lower case digits with colons.
 */
public final class MacAddress {
    private static final int OCTETS = 6;
    private static final int TEXT_LENGTH = 3 * OCTETS - 1;
    private static final char[] DIGITS = "0123456789abcdef".toCharArray();

    private MacAddress() {}

    /**
     * The address as text.
     *
     * @throws IllegalArgumentException if {@code address} has more than 48 bits
     */
    public static String text(long address) {
        StringBuilder out = new StringBuilder(TEXT_LENGTH);
        append(out, address);
        return out.toString();
    }

    /** As {@link #text}, at the end of {@code out}. */
    public static void append(StringBuilder out, long address) {
        if (address >>> 48 != 0) {
            throw new IllegalArgumentException(
                    "not a MAC address: " + Long.toHexString(address) + " has more than 48 bits");
        }
        for (int shift = 8 * (OCTETS - 1); shift >= 0; shift -= 8) {
            int octet = (int) (address >>> shift) & 0xFF;
            out.append(DIGITS[octet >>> 4]).append(DIGITS[octet & 0xF]);
            if (shift != 0) {
                out.append(':');
            }
        }
    }

    /**
     * Reads six pairs of hexadecimal digits, of either case, joined by colons or by hyphens.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static long parse(String text) {
        if (text.length() != TEXT_LENGTH) {
            throw malformed(text);
        }
        char separator = text.charAt(2);
        if (separator != ':' && separator != '-') {
            throw malformed(text);
        }
        long address = 0;
        for (int i = 0; i < TEXT_LENGTH; i++) {
            char character = text.charAt(i);
            if (i % 3 == 2) {
                if (character != separator) {
                    throw malformed(text);
                }
                continue;
            }
            int digit = AsciiDigits.hexadecimal(character);
            if (digit < 0) {
                throw malformed(text);
            }
            address = address << 4 | digit;
        }
        return address;
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "not a MAC address: '" + text + "': expected a form like 02:42:ac:11:00:02");
    }
}
