package io.gatewatch.capture.file;

/**
 * What the magic number at the start of a classic capture file says.
 *
 * @param bigEndian byte order of all that follows
 * @param nanosPerFraction nanoseconds in one unit of the record's second time field
 * @param recordHeaderLength bytes in front of each frame
 */
record PcapVariant(boolean bigEndian, int nanosPerFraction, int recordHeaderLength) {
    private static final int MICROSECONDS = 0xA1B2C3D4;
    private static final int NANOSECONDS = 0xA1B23C4D;

    /** Written by a libpcap patched by Alexey Kuznetsov: interface and protocol in each record. */
    private static final int MODIFIED = 0xA1B2CD34;

    private static final int HEADER_LENGTH = 16;
    private static final int MODIFIED_HEADER_LENGTH = 24;

    /** The variant of a magic number read as big endian, null if it is none. */
    static PcapVariant of(int magic) {
        PcapVariant bigEndian = ofValue(magic, true);
        return bigEndian != null ? bigEndian : ofValue(Integer.reverseBytes(magic), false);
    }

    private static PcapVariant ofValue(int magic, boolean bigEndian) {
        return switch (magic) {
            case MICROSECONDS -> new PcapVariant(bigEndian, 1000, HEADER_LENGTH);
            case NANOSECONDS -> new PcapVariant(bigEndian, 1, HEADER_LENGTH);
            case MODIFIED -> new PcapVariant(bigEndian, 1000, MODIFIED_HEADER_LENGTH);
            default -> null;
        };
    }
}
