package io.gatewatch.agent.capture;

/** A counter of libpcap, unsigned 32 bit, which starts again at 0, as one that does not. */
final class WrappingCounter {
    private int last;
    private long total;

    /** Takes the counter's value; it must be asked at least once every 2³² counts. */
    long update(long value) {
        int now = (int) value;
        total += Integer.toUnsignedLong(now - last);
        last = now;
        return total;
    }
}
