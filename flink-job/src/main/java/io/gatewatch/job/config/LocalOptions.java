package io.gatewatch.job.config;

import io.gatewatch.settings.Problems;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/**
 * Options of the live job in a process of its own; mixed in with {@code @Mixin}. On a cluster these
 * are Flink's to set.
 */
public final class LocalOptions {
    private static final int MAX_PARALLELISM = 720;
    private static final int MAX_PORT = 65_535;

    /** Value of {@link #metricsPort} where metrics are not served. */
    public static final int NO_PORT = -1;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description =
                    "Directory of checkpoints and savepoints. The job starts from the newest complete"
                            + " one below it. Without it a new start begins with the earliest"
                            + " records that Kafka still has.")
    public Path stateDir;

    @Option(
            names = "--restore",
            paramLabel = "PATH",
            description = "Start from this checkpoint or savepoint instead.")
    public Path restore;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "1",
            description = "Subtasks of every step (default: ${DEFAULT-VALUE}).")
    public int parallelism;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description = "Serve metrics for Prometheus on this port.")
    Integer metricsPortOption;

    /** Not shown: what was read counts as done, so this is for measuring alone. */
    @Option(
            names = "--discard-rows",
            hidden = true,
            description = "Throw rows away instead of writing them; --jdbc-url is not used.")
    public boolean discardRows;

    public int metricsPort() {
        return metricsPortOption == null ? NO_PORT : metricsPortOption;
    }

    /** Checks the ranges of all values. */
    public void validate(Problems problems) {
        problems.require(
                parallelism >= 1 && parallelism <= MAX_PARALLELISM,
                "--parallelism",
                parallelism,
                "must be 1 to " + MAX_PARALLELISM);
        problems.require(
                metricsPortOption == null
                        || (metricsPortOption >= 1 && metricsPortOption <= MAX_PORT),
                "--metrics-port",
                metricsPortOption,
                "must be 1 to " + MAX_PORT);
    }
}
