package io.gatewatch.job.sink.lines;

import java.util.Arrays;

/**
 * A line of text with its place: sorted by time, then id (unsigned). Immutable.
 *
 * @param timeUs microseconds since 1970-01-01 UTC, the precision that is written
 * @param id 16 bytes
 * @param bytes the line in UTF-8 with its line feed
 */
public record SortedLine(long timeUs, byte[] id, byte[] bytes) implements Comparable<SortedLine> {
    @Override
    public int compareTo(SortedLine other) {
        int order = Long.compare(timeUs, other.timeUs);
        return order != 0 ? order : Arrays.compareUnsigned(id, other.id);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SortedLine that
                && timeUs == that.timeUs
                && Arrays.equals(id, that.id)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(id);
    }
}
