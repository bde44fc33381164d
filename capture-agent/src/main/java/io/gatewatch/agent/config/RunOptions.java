package io.gatewatch.agent.config;

import io.gatewatch.settings.Problems;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Options of how the agent runs: its queue, its reports, its end. */
public final class RunOptions {
    /** {@link #metricsPort} of an agent without metrics. */
    public static final int NO_METRICS = -1;

    private static final long MIN_QUEUE_BYTES = 1 << 20;
    private static final long MAX_QUEUE_BYTES = 1L << 36;
    private static final int MAX_PORT = 65_535;
    private static final Duration LONGEST_STOP = Duration.ofMinutes(10);

    @Option(
            names = "--queue-bytes",
            paramLabel = "SIZE",
            defaultValue = "16m",
            converter = SizeConverter.class,
            description =
                    "Batches that wait for Kafka at most; beyond it live packets are dropped and"
                            + " counted, files wait (default: ${DEFAULT-VALUE}).")
    public long queueBytes;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            defaultValue = "-1",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
            description = "Serve Prometheus metrics on this port; 0 is any that is free.")
    public int metricsPort;

    @Option(
            names = "--metrics-listen",
            paramLabel = "ADDR",
            defaultValue = "127.0.0.1",
            description =
                    "Address that metrics are served on; 0.0.0.0 is every one of this machine"
                            + " (default: ${DEFAULT-VALUE}).")
    public String metricsListen;

    @Option(
            names = "--totals",
            paramLabel = "FILE",
            description = "Write the totals at the end as JSON; - is standard output.")
    public String totals;

    @Option(
            names = "--stop-timeout",
            paramLabel = "DURATION",
            defaultValue = "10s",
            description =
                    "How long a stopped agent may take to deliver what it has (default:"
                            + " ${DEFAULT-VALUE}).")
    public Duration stopTimeout;

    @Option(
            names = "--no-create-topics",
            description = "Do not create missing topics: fail instead.")
    public boolean noCreateTopics;

    void validate(Problems problems) {
        BatchOptions.range(problems, "--queue-bytes", queueBytes, MIN_QUEUE_BYTES, MAX_QUEUE_BYTES);
        problems.require(
                metricsPort >= NO_METRICS && metricsPort <= MAX_PORT,
                "--metrics-port",
                metricsPort,
                "must be 0 to " + MAX_PORT);
        problems.require(
                stopTimeout.compareTo(LONGEST_STOP) <= 0,
                "--stop-timeout",
                stopTimeout.toMillis() + "ms",
                "must be at most 10m");
    }
}
