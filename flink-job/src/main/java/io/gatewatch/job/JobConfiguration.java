package io.gatewatch.job;

import io.gatewatch.job.config.RunOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;

/** Options as Flink's configuration. */
final class JobConfiguration {
    private static final String REPORTER = "prom";
    private static final String REPORTER_PORT = "port";
    private static final String REPORTER_FACTORY =
            "org.apache.flink.metrics.prometheus.PrometheusReporterFactory";
    private static final int RETAINED_CHECKPOINTS = 2;
    private static final int TOLERABLE_CHECKPOINT_FAILURES = 5;
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);

    /** A job that ran so long without failing has come over what made it fail. */
    private static final Duration RECOVERED_AFTER = Duration.ofMinutes(10);

    /**
     * More than a quarter of an hour of attempts, although each sink counts its own: what is away
     * for longer is lost for good.
     */
    private static final int RESTARTS = 40;

    private JobConfiguration() {}

    /** What holds for every job: our serializers alone, and records that are not copied. */
    static Configuration common() {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        // Safe: no step changes a record that it has received or handed on.
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        return configuration;
    }

    /** A run over files is repeated by its user, not by Flink. */
    static Configuration bounded() {
        Configuration configuration = common();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        return configuration;
    }

    static Configuration live(RunOptions options) {
        Configuration configuration = common();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, options.checkpointInterval);
        // Aligned, so that no slice is counted twice after a restart: states and the offsets of
        // what made them belong together. The sinks write at least once all the same.
        configuration.set(
                CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
                CheckpointingMode.EXACTLY_ONCE);
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, RETAINED_CHECKPOINTS);
        configuration.set(
                CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, TOLERABLE_CHECKPOINT_FAILURES);
        boolean onDisk = options.stateBackend == RunOptions.StateBackend.ROCKSDB;
        configuration.set(StateBackendOptions.STATE_BACKEND, onDisk ? "rocksdb" : "hashmap");
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, onDisk);
        restarts(configuration);
        return configuration;
    }

    private static void restarts(Configuration configuration) {
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
                FIRST_BACKOFF);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
                LONGEST_BACKOFF);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER, 2.0);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
                RECOVERED_AFTER);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS, RESTARTS);
    }

    /** Where checkpoints and savepoints go. */
    static void keepStateIn(Configuration configuration, Path checkpoints, Path savepoints) {
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        configuration.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, savepoints.toUri().toString());
    }

    /** Metrics for Prometheus. */
    static void serveMetrics(Configuration configuration, int port) {
        configuration.set(MetricOptions.REPORTERS_LIST, REPORTER);
        Configuration reporter = MetricOptions.forReporter(configuration, REPORTER);
        reporter.set(MetricOptions.REPORTER_FACTORY_CLASS, REPORTER_FACTORY);
        reporter.setString(REPORTER_PORT, Integer.toString(port));
    }
}
