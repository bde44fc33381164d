package io.gatewatch.fuzzing;

/** What a target holds to be true of its results. */
final class Expect {
    private Expect() {}

    static void that(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("not true: " + what);
        }
    }

    /** A range of an array: inside of it, and never of a negative length. */
    static void inside(byte[] bytes, int offset, int length, String what) {
        inside(offset, length, 0, bytes.length, what);
    }

    /** A range inside of another one; where an empty one lies does not matter. */
    static void inside(int offset, int length, int start, int end, String what) {
        boolean outside = offset < start || length > end - offset;
        if (length < 0 || (length > 0 && outside)) {
            throw new IllegalStateException(
                    what + ": " + length + " bytes at " + offset + " in " + start + " to " + end);
        }
    }
}
