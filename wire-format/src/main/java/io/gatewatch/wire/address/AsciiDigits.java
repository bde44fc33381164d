package io.gatewatch.wire.address;

/** Values of ASCII digits. {@link Character#digit} would take those of every script. */
final class AsciiDigits {
    static final int NONE = -1;

    private AsciiDigits() {}

    /** 0 to 9, or {@link #NONE}. */
    static int decimal(char character) {
        return character >= '0' && character <= '9' ? character - '0' : NONE;
    }

    /** 0 to 15, or {@link #NONE}. */
    static int hexadecimal(char character) {
        if (character >= 'a' && character <= 'f') {
            return character - 'a' + 10;
        }
        if (character >= 'A' && character <= 'F') {
            return character - 'A' + 10;
        }
        return decimal(character);
    }
}
