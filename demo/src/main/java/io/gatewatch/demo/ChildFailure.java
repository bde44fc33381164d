package io.gatewatch.demo;

import java.nio.file.Path;
import java.util.List;

/** A child process did not do what it was started for. */
public final class ChildFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final transient Path log;
    private final transient List<String> lastLines;

    ChildFailure(String message, int exitCode, Path log, List<String> lastLines) {
        super(message);
        this.exitCode = exitCode;
        this.log = log;
        this.lastLines = List.copyOf(lastLines);
    }

    /** The child's exit code, or {@link ChildProcess#STILL_RUNNING}. */
    public int exitCode() {
        return exitCode;
    }

    /** What the child said last. */
    public List<String> lastLines() {
        return lastLines;
    }

    /** Where all that it said is. */
    public Path log() {
        return log;
    }
}
