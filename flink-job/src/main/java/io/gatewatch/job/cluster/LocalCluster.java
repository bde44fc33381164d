package io.gatewatch.job.cluster;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ResourceManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.runtime.checkpoint.CheckpointFailureReason;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.ExceptionUtils;

/** A Flink cluster of one task manager inside of this process, for as many jobs as it is given. */
public final class LocalCluster implements AutoCloseable {
    private static final MemorySize NETWORK_MEMORY = MemorySize.ofMebiBytes(64);

    private static final Set<CheckpointFailureReason> NOT_RUNNING =
            EnumSet.of(
                    CheckpointFailureReason.NOT_ALL_REQUIRED_TASKS_RUNNING,
                    CheckpointFailureReason.CHECKPOINT_COORDINATOR_SUSPEND);

    private final MiniCluster cluster;

    private LocalCluster(MiniCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Starts a cluster.
     *
     * @param slots how many subtasks of an operator may run at the same time
     */
    public static LocalCluster start(Configuration configuration, int slots) throws Exception {
        Configuration whole = new Configuration(configuration);
        whole.set(RestOptions.BIND_PORT, "0");
        // All slots are here from the start: there is nobody to wait for.
        whole.set(ResourceManagerOptions.REQUIREMENTS_CHECK_DELAY, Duration.ZERO);
        whole.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK_MEMORY);
        whole.set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK_MEMORY);
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(whole)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(slots)
                                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                                .build());
        cluster.start();
        return new LocalCluster(cluster);
    }

    /** As {@link #start}, on a thread of its own: Flink takes seconds, most of them on one. */
    public static CompletableFuture<LocalCluster> startBeside(
            Configuration configuration, int slots) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return start(configuration, slots);
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                task -> new Thread(task, "flink-start").start());
    }

    /** What the environment has been told to run, ready to be submitted. */
    public static JobGraph graph(StreamExecutionEnvironment environment, String name) {
        StreamGraph graph = environment.getStreamGraph();
        graph.setJobName(name);
        return graph.getJobGraph();
    }

    public JobID submit(JobGraph graph) throws InterruptedException, ExecutionException {
        return cluster.submitJob(graph).get().getJobID();
    }

    /** Done when the job has ended, however it ended. */
    public CompletableFuture<JobResult> result(JobID job) {
        return cluster.requestJobResult(job);
    }

    /** How the job is now. */
    public JobView view(JobID job) throws InterruptedException, ExecutionException {
        AccessExecutionGraph graph = cluster.getExecutionGraph(job).get();
        ErrorInfo failure = graph.getFailureInfo();
        return failure == null
                ? new JobView(isRunning(graph), JobView.NEVER, null)
                : new JobView(isRunning(graph), failure.getTimestamp(), failure.getException());
    }

    private static boolean isRunning(AccessExecutionGraph graph) {
        // Before its job manager is up a job has no subtasks at all.
        if (graph.getState() != JobStatus.RUNNING) {
            return false;
        }
        for (AccessExecutionVertex subtask : graph.getAllExecutionVertices()) {
            if (subtask.getExecutionState() != ExecutionState.RUNNING) {
                return false;
            }
        }
        return true;
    }

    /**
     * Stops the job after a savepoint: what was read is written, what is open stays in the state.
     *
     * @param folder URI of the directory that gets the savepoint
     * @return where the savepoint is
     */
    public CompletableFuture<String> stopWithSavepoint(JobID job, String folder) {
        return cluster.stopWithSavepoint(job, folder, false, SavepointFormatType.CANONICAL);
    }

    /** Whether a savepoint failed because the job was just starting, or starting again. */
    public static boolean wasNotRunning(Throwable failure) {
        return ExceptionUtils.findThrowable(failure, CheckpointException.class)
                .map(CheckpointException::getCheckpointFailureReason)
                .filter(NOT_RUNNING::contains)
                .isPresent();
    }

    /** Cancels what still runs and frees everything. */
    @Override
    public void close() {
        cluster.closeAsync().join();
    }
}
