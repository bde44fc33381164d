package io.gatewatch.job.sink.lines;

import java.util.Arrays;

/** A line of text with its place: sorted by time, then id (unsigned). Immutable. */
public final class SortedLine implements Comparable<SortedLine> {
    private final long timeUs;
    private final byte[] id;
    private final byte[] bytes;

    /**
     * @param timeUs microseconds since 1970-01-01 UTC, the precision that is written
     * @param id 16 bytes
     * @param bytes the line in UTF-8 with its line feed
     */
    public SortedLine(long timeUs, byte[] id, byte[] bytes) {
        this.timeUs = timeUs;
        this.id = id;
        this.bytes = bytes;
    }

    long timeUs() {
        return timeUs;
    }

    byte[] id() {
        return id;
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public int compareTo(SortedLine other) {
        int order = Long.compare(timeUs, other.timeUs);
        return order != 0 ? order : Arrays.compareUnsigned(id, other.id);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SortedLine that
                && timeUs == that.timeUs
                && Arrays.equals(id, that.id);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(id);
    }
}
