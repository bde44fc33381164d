package io.gatewatch.job.config;

import io.gatewatch.settings.Problems;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Options of the live job beside those of sessions; mixed in with {@code @Mixin}. */
public final class RunOptions {
    private static final String DURATION = "DURATION";
    private static final int MAX_PARALLELISM = 720;
    private static final int MAX_PORT = 65_535;

    /** Value of {@link #metricsPort} where metrics are not served. */
    public static final int NO_PORT = -1;

    /** Where the state of sessions lives. */
    public enum StateBackend {
        /** On the heap: fast, snapshots whole. */
        HASHMAP,
        /** On disk: as large as the disk, snapshots what changed. */
        ROCKSDB
    }

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
            names = "--checkpoint-interval",
            paramLabel = DURATION,
            defaultValue = "10s",
            description = "Time between checkpoints (default: ${DEFAULT-VALUE}).")
    public Duration checkpointInterval;

    @Option(
            names = "--state-backend",
            paramLabel = "hashmap|rocksdb",
            defaultValue = "hashmap",
            description = "Sessions on the heap or on disk (default: ${DEFAULT-VALUE}).")
    public StateBackend stateBackend;

    @Option(
            names = "--first-update",
            paramLabel = DURATION,
            defaultValue = "10s",
            description = "First row of an open session after (default: ${DEFAULT-VALUE}).")
    public Duration firstUpdate;

    @Option(
            names = "--update-interval",
            paramLabel = DURATION,
            defaultValue = "60s",
            description = "Further rows of an open session every (default: ${DEFAULT-VALUE}).")
    public Duration updateInterval;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description = "Serve metrics for Prometheus on this port.")
    Integer metricsPortOption;

    @Option(
            names = "--no-create-topics",
            description = "Do not create topics that are missing: fail.")
    public boolean noCreateTopics;

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
        SessionOptions.positive(problems, "--checkpoint-interval", checkpointInterval);
        SessionOptions.positive(problems, "--first-update", firstUpdate);
        SessionOptions.positive(problems, "--update-interval", updateInterval);
        problems.require(
                metricsPortOption == null
                        || (metricsPortOption >= 1 && metricsPortOption <= MAX_PORT),
                "--metrics-port",
                metricsPortOption,
                "must be 1 to " + MAX_PORT);
    }
}
