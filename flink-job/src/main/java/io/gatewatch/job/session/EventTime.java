package io.gatewatch.job.session;

/**
 * Between Flink's event time in milliseconds and ours in nanoseconds. Watermarks are rounded down
 * and timers up, so a timer that fires is due in nanoseconds too.
 */
public final class EventTime {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private EventTime() {}

    /** The timer that fires once the watermark has reached {@code timeNs}. */
    public static long timerMs(long timeNs) {
        return -Math.floorDiv(-timeNs, NANOS_PER_MILLI);
    }

    /** The last of Flink's watermarks that is not ahead of {@code timeNs}. */
    public static long watermarkMs(long timeNs) {
        return Math.floorDiv(timeNs, NANOS_PER_MILLI);
    }

    /**
     * A watermark of Flink's; its ends, no time yet and the end of the input, stay what they are.
     */
    public static long toNanos(long watermarkMs) {
        if (watermarkMs == Long.MAX_VALUE || watermarkMs == Long.MIN_VALUE) {
            return watermarkMs;
        }
        return watermarkMs * NANOS_PER_MILLI;
    }
}
