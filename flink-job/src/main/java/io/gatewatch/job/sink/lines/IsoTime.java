package io.gatewatch.job.sink.lines;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Times as text: ISO-8601 in UTC with six digits of the second, cut, not rounded: {@code
 * 2024-05-01T12:00:00.123456Z}.
 */
final class IsoTime {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private IsoTime() {}

    /** Appends the time of {@code timeNs} nanoseconds since 1970-01-01 UTC. */
    static void append(StringBuilder out, long timeNs) {
        long second = Math.floorDiv(timeNs, NANOS_PER_SECOND);
        LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        number(out, time.getYear(), 1000);
        number(out.append('-'), time.getMonthValue(), 10);
        number(out.append('-'), time.getDayOfMonth(), 10);
        number(out.append('T'), time.getHour(), 10);
        number(out.append(':'), time.getMinute(), 10);
        number(out.append(':'), time.getSecond(), 10);
        int micros = (int) Math.floorMod(timeNs, NANOS_PER_SECOND) / NANOS_PER_MICRO;
        number(out.append('.'), micros, 100_000);
        out.append('Z');
    }

    static String text(long timeNs) {
        StringBuilder out = new StringBuilder(Instant.EPOCH.toString().length() + 7);
        append(out, timeNs);
        return out.toString();
    }

    private static void number(StringBuilder out, int value, int highestDigit) {
        for (int digit = highestDigit; digit > 0; digit /= 10) {
            out.append((char) ('0' + value / digit % 10));
        }
    }
}
