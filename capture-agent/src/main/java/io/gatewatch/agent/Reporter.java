package io.gatewatch.agent;

import io.gatewatch.agent.metrics.AgentIdentity;
import io.gatewatch.agent.metrics.AgentReport;
import io.gatewatch.agent.metrics.Backlog;
import io.gatewatch.agent.metrics.CounterSnapshot;
import io.gatewatch.agent.metrics.CountersLine;
import io.gatewatch.agent.publish.BatchPublisher;
import io.gatewatch.capture.batch.CaptureCounters;
import io.gatewatch.wire.BatchHead;
import java.io.Closeable;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Says every ten seconds what the agent has counted: as a line for people and as a heartbeat on the
 * agents topic. Also sends the reports on minutes, and makes the one at the end.
 */
final class Reporter implements Closeable, MinuteReports.Output {
    private static final long PERIOD_SECONDS = 10;
    private static final double NANOS_PER_SECOND = 1e9;

    private final AgentIdentity agent;
    private final CaptureCounters counters;
    private final CaptureRun run;
    private final BatchPublisher publisher;
    private final PrintWriter err;
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "reporter");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final AtomicLong clockNs = new AtomicLong(BatchHead.NO_CLOCK);
    private final long startNs = System.nanoTime();
    private long lastNs = startNs;
    private long lastCaptured;
    private long lastSettled;

    Reporter(
            AgentIdentity agent,
            CaptureCounters counters,
            CaptureRun run,
            BatchPublisher publisher,
            PrintWriter err) {
        this.agent = agent;
        this.counters = counters;
        this.run = run;
        this.publisher = publisher;
        this.err = err;
    }

    void start() {
        every(0, this::heartbeat);
        every(PERIOD_SECONDS, this::line);
    }

    private void every(long firstSeconds, Runnable task) {
        ScheduledFuture<?> unused =
                executor.scheduleAtFixedRate(task, firstSeconds, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    private void heartbeat() {
        publisher.report(report(AgentReport.Type.HEARTBEAT));
    }

    private AgentReport report(AgentReport.Type type) {
        return new AgentReport(
                type,
                agent,
                Instant.now(),
                clockNs.getOpaque(),
                run.interfaces(),
                CounterSnapshot.of(counters),
                null,
                Map.of());
    }

    private void line() {
        CounterSnapshot now = CounterSnapshot.of(counters);
        Backlog backlog = publisher.backlog();
        long nowNs = System.nanoTime();
        double seconds = (nowNs - lastNs) / NANOS_PER_SECOND;
        err.println(
                CountersLine.format(
                        now, (long) ((now.captured() - lastCaptured) / seconds), backlog));
        if (backlog.batches() > 0 && backlog.settledBatches() == lastSettled) {
            err.printf(
                    "Kafka has acknowledged nothing for %.0f s; batches waiting: %d%n",
                    seconds, backlog.batches());
        }
        lastNs = nowNs;
        lastCaptured = now.captured();
        lastSettled = backlog.settledBatches();
    }

    @Override
    public void clock(long newClockNs) {
        clockNs.setOpaque(newClockNs);
    }

    @Override
    public void minute(Instant minute, Map<String, long[]> lastSequences) {
        publisher.report(
                new AgentReport(
                        AgentReport.Type.MINUTE,
                        agent,
                        Instant.now(),
                        clockNs.getOpaque(),
                        run.interfaces(),
                        CounterSnapshot.of(counters),
                        minute,
                        lastSequences));
    }

    /** The totals, as they are now. */
    AgentReport totals() {
        return report(AgentReport.Type.END_OF_CAPTURE);
    }

    /** The totals for people. */
    String totalsLine() {
        CounterSnapshot now = CounterSnapshot.of(counters);
        double seconds = (System.nanoTime() - startNs) / NANOS_PER_SECOND;
        return "totals: "
                + CountersLine.format(now, (long) (now.captured() / seconds), publisher.backlog())
                + " seconds=%.1f".formatted(seconds);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
