package io.gatewatch.job.config;

import io.gatewatch.partitions.DayPartitions;
import io.gatewatch.partitions.RetentionOptions;
import io.gatewatch.settings.Problems;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Options of the live job wherever it runs, beside those of sessions; mixed in with {@code @Mixin}.
 */
public final class RunOptions {
    private static final String DURATION = "DURATION";

    /** Where the state of sessions lives. */
    public enum StateBackend {
        /** On the heap: fast, snapshots whole. */
        HASHMAP,
        /** On disk: as large as the disk, snapshots what changed. */
        ROCKSDB
    }

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
            names = "--no-create-topics",
            description = "Do not create topics that are missing: fail.")
    public boolean noCreateTopics;

    @Option(
            names = "--no-partition-upkeep",
            description =
                    "Leave the database's day partitions to gatewatch database maintain. Otherwise"
                            + " the job adds those of the days ahead at its start and once a day.")
    public boolean noPartitionUpkeep;

    @Mixin public RetentionOptions retention;

    /** Checks the ranges of all values. */
    public void validate(Problems problems) {
        SessionOptions.positive(problems, "--checkpoint-interval", checkpointInterval);
        SessionOptions.positive(problems, "--first-update", firstUpdate);
        SessionOptions.positive(problems, "--update-interval", updateInterval);
        retention.validate(problems);
        problems.require(
                !noPartitionUpkeep || retention.days() == DayPartitions.FOR_EVER,
                "--retention-days",
                retention.days(),
                "must not be given with --no-partition-upkeep");
    }
}
