package io.gatewatch.settings;

/**
 * Ends a command with one line for its user and an exit code of {@link ExitCode}. Never shown with
 * a stack trace: the message says what, where, and what to do.
 */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    public CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public CommandFailure(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** A failure of usage or configuration. */
    public static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }

    /** A failure while running. */
    public static CommandFailure failed(String message) {
        return new CommandFailure(ExitCode.FAILED, message);
    }

    /** An input that cannot be read. */
    public static CommandFailure input(String message) {
        return new CommandFailure(ExitCode.INPUT, message);
    }

    public int exitCode() {
        return exitCode;
    }
}
