package io.gatewatch.settings;

/** What the user of a command that has run out of memory is told. */
public final class OutOfMemory {
    public static final String LINE =
            "out of memory: set a larger heap with GATEWATCH_HEAP, such as GATEWATCH_HEAP=2g";

    private OutOfMemory() {}

    /** Whether it is what a failure comes from. */
    public static boolean caused(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && cause != cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
