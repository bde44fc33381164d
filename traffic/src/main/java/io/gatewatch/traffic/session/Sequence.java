package io.gatewatch.traffic.session;

/**
 * Arithmetic of TCP sequence numbers (RFC 9293, section 3.4): 32 bits that wrap, held in an int.
 * Comparisons hold for numbers less than 2^31 apart.
 */
final class Sequence {
    /** The largest window of RFC 7323, section 2.3: no honest number is further ahead than this. */
    static final int MAX_WINDOW = 1 << 30;

    private Sequence() {}

    /** How far {@code sequence} lies behind {@code reference}; negative when before it. */
    static int distance(int reference, int sequence) {
        return sequence - reference;
    }

    static boolean isAfter(int sequence, int reference) {
        return sequence - reference > 0;
    }

    static boolean isBefore(int sequence, int reference) {
        return sequence - reference < 0;
    }
}
