package io.gatewatch.settings;

/** Exit codes of every command. */
public final class ExitCode {
    /** Done; also after SIGTERM with a clean flush. */
    public static final int OK = 0;

    /** Failed while running: a server unreachable or lost for good, disk full. */
    public static final int FAILED = 1;

    /** Usage or configuration: unknown option, bad value, wrong credentials, port taken. */
    public static final int USAGE = 2;

    /** An input could not be read. */
    public static final int INPUT = 3;

    /** A check failed: what was counted does not balance. */
    public static final int CHECK_FAILED = 4;

    /** Interrupted from the keyboard. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
