package io.gatewatch.job;

import io.gatewatch.job.cluster.LocalCluster;
import io.gatewatch.job.config.JobSettings;
import io.gatewatch.job.sink.lines.LineFormat;
import io.gatewatch.job.sink.lines.SessionLineFunction;
import io.gatewatch.job.sink.lines.SortedLine;
import io.gatewatch.job.sink.lines.SortedLinesSink;
import io.gatewatch.job.source.BatchRecord;
import io.gatewatch.job.source.BatchRecordSerializer;
import io.gatewatch.job.source.capture.CaptureSource;
import io.gatewatch.job.source.capture.OpenCapture;
import io.gatewatch.settings.CommandFailure;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.SerializedThrowable;

/** The job of {@code analyze}: the graph between a capture and sorted lines. */
final class AnalyzeJob {
    private static final String NAME = "gatewatch analyze";

    private final JobSettings settings;
    private final LineFormat format;
    private final int parallelism;

    AnalyzeJob(JobSettings settings, LineFormat format, int parallelism) {
        this.settings = settings;
        this.format = format;
        this.parallelism = parallelism;
    }

    CompletableFuture<LocalCluster> startCluster() {
        return LocalCluster.startBeside(JobConfiguration.bounded(), parallelism);
    }

    /**
     * Runs the job to its end.
     *
     * @param cluster may still be starting
     * @param sessions file for the lines, or null for standard output
     * @throws CommandFailure if the job fails
     */
    void run(CompletableFuture<LocalCluster> cluster, OpenCapture capture, Path sessions)
            throws InterruptedException, ExecutionException {
        var graph = LocalCluster.graph(environment(capture.leave(), sessions), NAME);
        LocalCluster started = cluster.get();
        SerializedThrowable failure =
                started.result(started.submit(graph)).get().getSerializedThrowable().orElse(null);
        if (failure != null) {
            throw CommandFailure.failed(FailureCause.line(failure));
        }
    }

    StreamExecutionEnvironment environment(String ticket, Path sessions) {
        StreamExecutionEnvironment environment =
                new StreamExecutionEnvironment(JobConfiguration.bounded());
        environment.setParallelism(parallelism);
        environment.setMaxParallelism(JobGraph.MAX_PARALLELISM);
        SingleOutputStreamOperator<BatchRecord> batches =
                environment
                        .fromSource(
                                new CaptureSource(ticket),
                                WatermarkStrategy.noWatermarks(),
                                OperatorIds.BATCHES,
                                BatchRecordSerializer.TYPE)
                        .setParallelism(1)
                        .uid(OperatorIds.BATCHES);
        DataStream<SortedLine> lines =
                JobGraph.names(JobGraph.sessions(JobGraph.slices(batches, settings), settings))
                        .process(new SessionLineFunction(format))
                        .uid(OperatorIds.SESSION_LINES)
                        .name(OperatorIds.SESSION_LINES);
        lines.sinkTo(new SortedLinesSink(format, sessions))
                .setParallelism(1)
                .uid(OperatorIds.SESSION_OUTPUT)
                .name(OperatorIds.SESSION_OUTPUT);
        return environment;
    }
}
