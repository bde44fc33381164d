package io.gatewatch.agent;

import io.gatewatch.agent.capture.LiveCapture;
import io.gatewatch.agent.config.AgentOptions;
import io.gatewatch.agent.config.RunOptions;
import io.gatewatch.agent.metrics.AgentIdentity;
import io.gatewatch.agent.metrics.AgentReport;
import io.gatewatch.agent.metrics.Backlog;
import io.gatewatch.agent.metrics.MetricsServer;
import io.gatewatch.agent.publish.BatchPublisher;
import io.gatewatch.agent.publish.BrokerWatch;
import io.gatewatch.capture.CaptureFile;
import io.gatewatch.capture.batch.BatchSettings;
import io.gatewatch.capture.batch.BootId;
import io.gatewatch.capture.batch.CaptureCounters;
import io.gatewatch.capture.batch.FlowBatcher;
import io.gatewatch.capture.batch.OwnTraffic;
import io.gatewatch.settings.CommandFailure;
import io.gatewatch.settings.ExitCode;
import io.gatewatch.settings.FileProblem;
import io.gatewatch.settings.OutputFile;
import io.gatewatch.settings.Printable;
import io.gatewatch.settings.ProgressLine;
import io.gatewatch.settings.StopSignal;
import io.gatewatch.settings.Version;
import io.gatewatch.topics.TopicAdmin;
import io.gatewatch.topics.TopicSettings;
import io.gatewatch.topics.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One run of the agent: opens the input, connects to Kafka, ships until the input ends or the agent
 * is asked to end, delivers what is left, says the totals.
 */
final class Agent {
    private static final List<String> TOPICS = List.of(Topics.PACKETS, Topics.DNS, Topics.AGENTS);
    private static final Duration DELIVERY_LOOK = Duration.ofMillis(200);
    private static final String STANDARD_OUTPUT = "-";
    private static final Duration FOREVER = Duration.ofDays(3650);

    private final AgentOptions options;
    private final PrintWriter out;
    private final PrintWriter err;
    private final StopRequest stop = new StopRequest();
    private final CaptureCounters counters = new CaptureCounters();
    private final OwnTraffic ownTraffic = new OwnTraffic();
    private volatile BatchPublisher publisher;

    Agent(AgentOptions options, PrintWriter out, PrintWriter err) {
        this.options = options;
        this.out = out;
        this.err = err;
    }

    int run() throws Exception {
        if (writesTotals()) {
            OutputFile.require("--totals", Path.of(options.run.totals));
        }
        MetricsServer metrics = startMetrics();
        try {
            return options.input.isLive() ? runLive() : runFiles();
        } finally {
            if (metrics != null) {
                metrics.close();
            }
        }
    }

    private MetricsServer startMetrics() {
        if (options.run.metricsPort == RunOptions.NO_METRICS) {
            return null;
        }
        MetricsServer server =
                MetricsServer.start(
                        options.run.metricsListen,
                        options.run.metricsPort,
                        counters,
                        this::backlog);
        err.println("metrics on " + server.address());
        return server;
    }

    private Backlog backlog() {
        BatchPublisher current = publisher;
        return current == null ? Backlog.NONE : current.backlog();
    }

    private int runLive() throws Exception {
        LiveCapture.check(options.input.live());
        Map<String, Integer> partitions;
        List<InetSocketAddress> brokers;
        try (TopicAdmin admin = connect()) {
            partitions = admin.partitions(TOPICS);
            brokers = admin.brokers();
        }
        BatchSettings settings = settings(BootId.random(), partitions);
        BrokerWatch watch = BrokerWatch.start(options.kafka, brokers, ownTraffic);
        try {
            captureLive(settings);
        } finally {
            watch.close();
        }
        return ExitCode.OK;
    }

    private void captureLive(BatchSettings settings) throws IOException, InterruptedException {
        try (LiveCapture capture = LiveCapture.start(options.input.live(), counters)) {
            startPublisher(settings, capture::stop);
            StopSignal.onStop(
                    () -> {
                        stop.request();
                        capture.stop();
                    });
            err.println("capturing on " + String.join(", ", options.input.live().interfaces()));
            ship(settings, new LiveRun(capture, this::waitForRoom));
            if (capture.failure() != null) {
                throw capture.failure();
            }
        }
    }

    /** Once capture has stopped there is nothing to lose by waiting. */
    private void waitForRoom() {
        publisher.waitWhenFull(options.run.stopTimeout);
    }

    private int runFiles() throws Exception {
        try (InputFiles files = InputFiles.open(options.input.files())) {
            Map<String, Integer> partitions;
            try (TopicAdmin admin = connect()) {
                partitions = admin.partitions(TOPICS);
            }
            BatchSettings settings = settings(fileBootId(partitions), partitions);
            startPublisher(settings, stop::request);
            publisher.waitWhenFull(FOREVER);
            StopSignal.onStop(
                    () -> {
                        stop.request();
                        publisher.end();
                    });
            FileRun run =
                    new FileRun(files.input(), options.input.speed, options.input.closeAtEnd, stop);
            try {
                ProgressLine.during(run, () -> ship(settings, run));
            } catch (IOException e) {
                throw CommandFailure.input(e.getMessage());
            }
            files.warnings().forEach(line -> err.println("warning: " + Printable.of(line)));
            if (!files.unsupported().isEmpty()) {
                throw CommandFailure.input(String.join("; ", files.unsupported()));
            }
        }
        return ExitCode.OK;
    }

    private TopicAdmin connect() throws InterruptedException {
        TopicAdmin admin = TopicAdmin.connect(options.kafka);
        try {
            if (!options.run.noCreateTopics) {
                admin.createMissing(TopicSettings.DEFAULTS);
            }
            admin.check(TOPICS);
            return admin;
        } catch (InterruptedException | RuntimeException e) {
            admin.close();
            throw e;
        }
    }

    private BatchSettings settings(long bootId, Map<String, Integer> partitions) {
        return options.batches.settings(
                bootId,
                !options.input.isLive(),
                partitions.get(Topics.PACKETS),
                partitions.get(Topics.DNS));
    }

    private long fileBootId(Map<String, Integer> partitions) throws IOException {
        // What comes from standard input cannot be read a second time to recognise it.
        List<String> names = options.input.files();
        if (options.input.shipAgain || names.contains(CaptureFile.STANDARD_INPUT)) {
            return BootId.random();
        }
        List<Path> files = names.stream().map(Path::of).toList();
        return BootId.ofFiles(settings(0, partitions), Version.current(), files);
    }

    private void startPublisher(BatchSettings settings, Runnable onFailure) {
        publisher =
                BatchPublisher.start(
                        options.kafka, identity(settings), options.run.queueBytes, onFailure);
    }

    private static AgentIdentity identity(BatchSettings settings) {
        return new AgentIdentity(
                settings.site(), settings.gateway(), Version.current(), settings.bootId());
    }

    private void ship(BatchSettings settings, CaptureRun run)
            throws IOException, InterruptedException {
        FlowBatcher batcher = new FlowBatcher(settings, counters, publisher, ownTraffic);
        try (Reporter reporter =
                new Reporter(
                        identity(settings),
                        counters,
                        run,
                        publisher::report,
                        publisher::backlog,
                        err)) {
            reporter.start();
            batcher.minutes(new MinuteReports(batcher, settings, counters, minutes(reporter)));
            run.run(batcher);
            // A file run that was stopped will be repeated: this is not the capture's end.
            AgentReport totals =
                    reporter.end(
                            options.input.isLive() || !stop.isRequested()
                                    ? AgentReport.Type.END_OF_CAPTURE
                                    : AgentReport.Type.HEARTBEAT);
            publisher.end();
            boolean delivered = awaitDelivery();
            err.println(reporter.totalsLine(totals));
            write(totals);
            check(delivered);
        } finally {
            publisher.close();
        }
    }

    /**
     * A file run that was asked to end has closed its queue: what does not fit any more is sent by
     * the run that repeats it, and accounted for there.
     */
    private MinuteReports.Output minutes(Reporter reporter) {
        if (options.input.isLive()) {
            return reporter;
        }
        return (counted, minute) -> {
            if (!stop.isRequested()) {
                reporter.minute(counted, minute);
            }
        };
    }

    /** A file run waits for Kafka as long as it takes; one that was asked to end does not. */
    private boolean awaitDelivery() throws InterruptedException {
        while (!stop.isRequested()) {
            if (publisher.awaitDelivery(DELIVERY_LOOK)) {
                return true;
            }
        }
        return publisher.awaitDelivery(options.run.stopTimeout);
    }

    private boolean writesTotals() {
        return options.run.totals != null && !options.run.totals.equals(STANDARD_OUTPUT);
    }

    private void write(AgentReport totals) {
        if (options.run.totals == null) {
            return;
        }
        String json = new String(totals.toJson(), StandardCharsets.UTF_8);
        if (!writesTotals()) {
            out.println(json);
            return;
        }
        try {
            Files.writeString(Path.of(options.run.totals), json + "\n");
        } catch (IOException e) {
            throw CommandFailure.failed(
                    options.run.totals + ": cannot be written: " + FileProblem.reason(e));
        }
    }

    private void check(boolean delivered) {
        RuntimeException failure = publisher.failure();
        if (failure != null) {
            throw failure;
        }
        Backlog backlog = publisher.backlog();
        if (!delivered || backlog.batches() > 0 || backlog.failedBatches() > 0) {
            throw CommandFailure.failed(
                    "Kafka did not take "
                            + (backlog.batches() + backlog.failedBatches())
                            + " of the batches; they are lost to it");
        }
    }
}
