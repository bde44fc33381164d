package io.gatewatch.settings;

/**
 * A command of the launcher. Fields carry picocli's {@code @Option} and {@code @Parameters}; the
 * class carries {@code @CommandLine.Command} with name, description and examples in the footer.
 */
public interface Command {
    /**
     * Checks what picocli cannot: ranges, combinations. Called before {@link #run}, and alone for
     * {@code --check-config}.
     *
     * @param problems takes one line for each problem: key, value, what is allowed
     */
    default void validate(Problems problems) {}

    /**
     * Does the work.
     *
     * @return an exit code of {@link ExitCode}
     * @throws CommandFailure with one line for the user
     */
    int run() throws Exception;
}
