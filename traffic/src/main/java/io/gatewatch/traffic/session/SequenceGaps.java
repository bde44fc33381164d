package io.gatewatch.traffic.session;

import java.util.Arrays;

/**
 * The ranges of sequence numbers that one side has skipped so far: lost, not captured, or still to
 * come out of order. Ranges are disjoint, sorted, each a start and an exclusive end. At most {@link
 * #MAX_GAPS} are kept: beyond that the lowest is given up, and what it held counts as missed
 * whatever comes later. A side that skips nothing costs one null reference.
 */
final class SequenceGaps {
    static final int MAX_GAPS = 8;

    private static final int INITIAL_LENGTH = 4;

    /** Pairs of start and end. */
    private int[] bounds;

    private int count;

    SequenceGaps() {
        bounds = new int[INITIAL_LENGTH];
    }

    private SequenceGaps(SequenceGaps other) {
        bounds = Arrays.copyOf(other.bounds, other.bounds.length);
        count = other.count;
    }

    SequenceGaps copy() {
        return new SequenceGaps(this);
    }

    int count() {
        return count;
    }

    int start(int index) {
        return bounds[2 * index];
    }

    int end(int index) {
        return bounds[2 * index + 1];
    }

    /**
     * Adds a gap above all others.
     *
     * @return bytes of the lowest gap, if it had to be given up; else 0
     */
    int addHighest(int start, int end) {
        int givenUp = makeRoom();
        bounds[2 * count] = start;
        bounds[2 * count + 1] = end;
        count++;
        return givenUp;
    }

    /** Adds a gap below all others; a full list takes none, and its bytes are returned. */
    int addLowest(int start, int end) {
        if (count == MAX_GAPS) {
            return end - start;
        }
        makeRoom();
        System.arraycopy(bounds, 0, bounds, 2, 2 * count);
        bounds[0] = start;
        bounds[1] = end;
        count++;
        return 0;
    }

    private int makeRoom() {
        int givenUp = 0;
        if (count == MAX_GAPS) {
            givenUp = end(0) - start(0);
            remove(0);
        }
        if (2 * count == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        return givenUp;
    }

    /**
     * Takes a segment's range out of the gaps. A gap that is hit in its middle becomes two; when
     * there is no room for both, the lower part is given up and stays missed.
     *
     * @return how many bytes of the segment were in gaps, in the upper 32 bits those given up
     */
    long fill(int from, int to) {
        int filled = 0;
        int givenUp = 0;
        for (int i = count - 1; i >= 0; i--) {
            int start = start(i);
            int end = end(i);
            int low = Sequence.isAfter(from, start) ? from : start;
            int high = Sequence.isBefore(to, end) ? to : end;
            if (high - low <= 0) {
                continue;
            }
            filled += high - low;
            if (low == start && high == end) {
                remove(i);
            } else if (low == start) {
                bounds[2 * i] = high;
            } else if (high == end) {
                bounds[2 * i + 1] = low;
            } else {
                givenUp += split(i, low, high);
            }
        }
        return ((long) givenUp << 32) | filled;
    }

    private int split(int index, int low, int high) {
        if (count == MAX_GAPS) {
            int givenUp = low - start(index);
            bounds[2 * index] = high;
            return givenUp;
        }
        makeRoom();
        int end = end(index);
        System.arraycopy(bounds, 2 * index, bounds, 2 * index + 2, 2 * (count - index));
        count++;
        bounds[2 * index + 1] = low;
        bounds[2 * index + 2] = high;
        bounds[2 * index + 3] = end;
        return 0;
    }

    private void remove(int index) {
        System.arraycopy(bounds, 2 * index + 2, bounds, 2 * index, 2 * (count - index - 1));
        count--;
    }

    /** Bytes of all gaps below {@code limit}. */
    long bytesBelow(int limit) {
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            int high = Sequence.isBefore(limit, end(i)) ? limit : end(i);
            bytes += Math.max(0, high - start(i));
        }
        return bytes;
    }
}
