package io.gatewatch.capture.batch;

/**
 * What one side of a flow may still ship of its payload, and which TCP bytes it shipped last.
 * Sequence numbers are unsigned 32 bit, held in an int and compared by difference.
 */
final class PayloadSide {
    int packetsLeft;
    int bytesLeft;

    /** The newest unbroken range of shipped bytes: from first to behind the last. */
    private boolean rangeKnown;

    private int rangeStart;
    private int rangeEnd;

    void start(int packets, int bytes) {
        packetsLeft = packets;
        bytesLeft = bytes;
        rangeKnown = false;
        rangeStart = 0;
        rangeEnd = 0;
    }

    /** Ships no more, since what follows is encrypted. */
    void end() {
        packetsLeft = 0;
    }

    boolean isExhausted() {
        return packetsLeft == 0 || bytesLeft == 0;
    }

    /** How much of {@code available} bytes may be shipped; takes it from what is left. */
    int spend(int available, int bytesPerPacket) {
        int length = Math.min(available, Math.min(bytesPerPacket, bytesLeft));
        packetsLeft--;
        bytesLeft -= length;
        return length;
    }

    /** Whether these bytes were shipped before: a retransmission. */
    boolean hasShipped(int sequence, int length) {
        return rangeKnown && sequence - rangeStart >= 0 && rangeEnd - (sequence + length) >= 0;
    }

    /** Notes shipped bytes. A range that does not touch the newest one replaces it. */
    void shipped(int sequence, int length) {
        int end = sequence + length;
        if (rangeKnown && sequence - rangeEnd <= 0 && end - rangeStart >= 0) {
            rangeStart = sequence - rangeStart < 0 ? sequence : rangeStart;
            rangeEnd = end - rangeEnd > 0 ? end : rangeEnd;
        } else {
            rangeKnown = true;
            rangeStart = sequence;
            rangeEnd = end;
        }
    }
}
