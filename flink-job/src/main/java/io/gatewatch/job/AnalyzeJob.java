package io.gatewatch.job;

import io.gatewatch.dns.log.DnsLogRow;
import io.gatewatch.job.cluster.LocalCluster;
import io.gatewatch.job.config.JobSettings;
import io.gatewatch.job.dns.DnsFunction;
import io.gatewatch.job.session.CutFunction;
import io.gatewatch.job.session.FlowSlice;
import io.gatewatch.job.sink.lines.DnsLineFunction;
import io.gatewatch.job.sink.lines.LineFormat;
import io.gatewatch.job.sink.lines.SessionLineFunction;
import io.gatewatch.job.sink.lines.SortedLinesSink;
import io.gatewatch.job.source.BatchRecord;
import io.gatewatch.job.source.BatchRecordSerializer;
import io.gatewatch.job.source.capture.CaptureSource;
import io.gatewatch.job.source.capture.OpenCapture;
import io.gatewatch.settings.CommandFailure;
import io.gatewatch.traffic.session.SessionRow;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
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
     * @param folder where sessions and the DNS log go, or null: sessions to standard output
     * @throws CommandFailure if the job fails
     */
    void run(CompletableFuture<LocalCluster> cluster, OpenCapture capture, Path folder)
            throws InterruptedException, ExecutionException {
        var graph = LocalCluster.graph(environment(capture.leave(), folder), NAME);
        LocalCluster started = cluster.get();
        SerializedThrowable failure =
                started.result(started.submit(graph)).get().getSerializedThrowable().orElse(null);
        if (failure != null) {
            throw CommandFailure.failed(FailureCause.line(failure));
        }
    }

    StreamExecutionEnvironment environment(String ticket, Path folder) {
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
        SingleOutputStreamOperator<FlowSlice> slices = JobGraph.slices(batches, settings);
        SingleOutputStreamOperator<DnsLogRow> dnsLog =
                JobGraph.dnsLog(slices.getSideOutput(CutFunction.DNS_SLICES));
        writeSessions(
                JobGraph.names(
                        JobGraph.sessions(slices, settings),
                        dnsLog.getSideOutput(DnsFunction.FACTS),
                        settings),
                folder);
        if (folder != null) {
            writeDnsLog(dnsLog, folder);
        }
        return environment;
    }

    private void writeSessions(SingleOutputStreamOperator<SessionRow> rows, Path folder) {
        Path file = folder == null ? null : OutputFolder.sessions(folder, format);
        rows.process(new SessionLineFunction(format))
                .uid(OperatorIds.SESSION_LINES)
                .name(OperatorIds.SESSION_LINES)
                .sinkTo(SortedLinesSink.sessions(format, file))
                .setParallelism(1)
                .uid(OperatorIds.SESSION_OUTPUT)
                .name(OperatorIds.SESSION_OUTPUT);
    }

    private void writeDnsLog(SingleOutputStreamOperator<DnsLogRow> rows, Path folder) {
        rows.process(new DnsLineFunction(format))
                .uid(OperatorIds.DNS_LINES)
                .name(OperatorIds.DNS_LINES)
                .sinkTo(SortedLinesSink.dnsLog(format, OutputFolder.dnsLog(folder, format)))
                .setParallelism(1)
                .uid(OperatorIds.DNS_OUTPUT)
                .name(OperatorIds.DNS_OUTPUT);
    }
}
