package io.gatewatch.testing;

/** The checksum of RFC 1071: ones' complement of the ones' complement sum of 16-bit words. */
final class InternetChecksum {
    private InternetChecksum() {}

    /** The checksum of all bytes; an odd last one counts as the upper half of a word. */
    static int of(byte[] bytes) {
        long sum = 0;
        for (int i = 0; i < bytes.length; i++) {
            sum += (long) (bytes[i] & 0xFF) << (i % 2 == 0 ? 8 : 0);
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return (int) ~sum & 0xFFFF;
    }
}
