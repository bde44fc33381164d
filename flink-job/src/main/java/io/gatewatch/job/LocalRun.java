package io.gatewatch.job;

import io.gatewatch.job.cluster.LocalCluster;
import io.gatewatch.job.config.LocalOptions;
import io.gatewatch.settings.CommandFailure;
import io.gatewatch.settings.ExitCode;
import io.gatewatch.settings.OutputFile;
import io.gatewatch.settings.Printable;
import io.gatewatch.settings.StopSignal;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The live job inside of this process: finds where to go on, says when it runs, and takes a
 * savepoint when it is asked to stop.
 */
final class LocalRun {
    private static final long POLL_MS = 200;
    private static final long SAVEPOINT_SECONDS = 60;

    private final LocalOptions options;
    private final Configuration configuration;
    private final LiveJob job;
    private final int packetPartitions;

    LocalRun(LocalOptions options, Configuration configuration, LiveJob job, int packetPartitions) {
        this.options = options;
        this.configuration = configuration;
        this.job = job;
        this.packetPartitions = packetPartitions;
    }

    /** Finds out, before anything is waited for, whether state can be kept where it shall be. */
    static void checkState(LocalOptions options) {
        if (options.stateDir != null) {
            OutputFile.requireFolder("--state-dir", options.stateDir);
        }
    }

    int run() throws Exception {
        try (StateDirectory state = StateDirectory.create(options.stateDir)) {
            JobConfiguration.keepStateIn(configuration, state.checkpoints(), state.savepoints());
            String origin = restore(state);
            state.removeEmpty();
            serveMetrics();
            return run(state, origin);
        }
    }

    /** Says where the job goes on, for its user. */
    private String restore(StateDirectory state) throws IOException {
        if (options.restore != null) {
            Path given = options.restore.toAbsolutePath();
            if (!StateDirectory.isComplete(given)) {
                throw CommandFailure.usage(
                        "--restore is "
                                + options.restore
                                + ": must be the directory of a complete checkpoint or savepoint");
            }
            restoreFrom(given, RecoveryClaimMode.NO_CLAIM);
            return "restored from " + given;
        }
        Path newest = state.newest().orElse(null);
        if (newest == null) {
            return "from the earliest records";
        }
        // What the job has made it may delete once it is not needed any more.
        restoreFrom(newest, RecoveryClaimMode.CLAIM);
        return "restored from " + newest;
    }

    private void restoreFrom(Path snapshot, RecoveryClaimMode mode) {
        configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, snapshot.toUri().toString());
        configuration.set(StateRecoveryOptions.RESTORE_MODE, mode);
    }

    private void serveMetrics() {
        int port = options.metricsPort();
        if (port == LocalOptions.NO_PORT) {
            return;
        }
        try (ServerSocket probe = new ServerSocket(port)) {
            JobConfiguration.serveMetrics(configuration, probe.getLocalPort());
        } catch (IOException e) {
            throw CommandFailure.usage("--metrics-port is " + port + ": the port is taken");
        }
    }

    private int run(StateDirectory state, String origin) throws Exception {
        CompletableFuture<Void> stop = new CompletableFuture<>();
        StopSignal.onStop(() -> stop.complete(null));
        try (LocalCluster cluster = LocalCluster.start(configuration, options.parallelism)) {
            JobID id = cluster.submit(LocalCluster.graph(environment(), LiveJob.NAME));
            CompletableFuture<JobResult> ended = cluster.result(id);
            JobWatch watch = new JobWatch(() -> cluster.view(id), origin, LocalRun::say);
            watch.follow(CompletableFuture.anyOf(stop, ended), POLL_MS);
            if (ended.isDone()) {
                throw failure(ended.get());
            }
            watch.look();
            return watch.isRunning() ? stop(cluster, id, state) : stoppedBetween();
        }
    }

    private StreamExecutionEnvironment environment() {
        StreamExecutionEnvironment environment = new StreamExecutionEnvironment(configuration);
        environment.setParallelism(options.parallelism);
        job.build(environment, packetPartitions);
        return environment;
    }

    private int stop(LocalCluster cluster, JobID id, StateDirectory state)
            throws InterruptedException {
        try {
            String savepoint =
                    cluster.stopWithSavepoint(id, state.savepoints().toUri().toString())
                            .get(SAVEPOINT_SECONDS, TimeUnit.SECONDS);
            say(
                    state.isKept()
                            ? "stopped, savepoint at " + Path.of(URI.create(savepoint))
                            : "stopped; without --state-dir the next start begins with the earliest"
                                    + " records");
            return ExitCode.OK;
        } catch (ExecutionException | TimeoutException e) {
            if (LocalCluster.wasNotRunning(e)) {
                return stoppedBetween();
            }
            throw CommandFailure.failed(
                    "stopped without a savepoint ("
                            + FailureCause.line(e)
                            + "); the next start goes on from the newest checkpoint");
        }
    }

    /** Nothing can be saved that the newest checkpoint does not hold. */
    private static int stoppedBetween() {
        say("stopped while it was not running; the next start goes on from where this did");
        return ExitCode.OK;
    }

    /** An unbounded job ends by itself only when it fails. */
    private static CommandFailure failure(JobResult result) {
        return result.getSerializedThrowable()
                .map(FailureCause::line)
                .map(line -> CommandFailure.failed("failed for good: " + line))
                .orElseGet(() -> CommandFailure.failed("the job was cancelled"));
    }

    private static void say(String line) {
        System.err.println("gatewatch job: " + Printable.of(line));
    }
}
