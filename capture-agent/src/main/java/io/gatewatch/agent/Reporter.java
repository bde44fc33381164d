package io.gatewatch.agent;

import io.gatewatch.agent.metrics.AgentIdentity;
import io.gatewatch.agent.metrics.AgentReport;
import io.gatewatch.agent.metrics.Backlog;
import io.gatewatch.agent.metrics.CaptureMinute;
import io.gatewatch.agent.metrics.CounterSnapshot;
import io.gatewatch.agent.metrics.CountersLine;
import io.gatewatch.capture.batch.CaptureCounters;
import java.io.Closeable;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

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
    private final Consumer<AgentReport> out;
    private final Supplier<Backlog> backlog;
    private final PrintWriter err;
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "reporter");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final long startNs = System.nanoTime();
    private boolean ended;
    private long lastNs = startNs;
    private long lastCaptured;
    private long lastSettled;

    /**
     * @param out takes reports for Kafka
     * @param backlog what Kafka has not taken yet
     * @param err takes lines for people
     */
    Reporter(
            AgentIdentity agent,
            CaptureCounters counters,
            CaptureRun run,
            Consumer<AgentReport> out,
            Supplier<Backlog> backlog,
            PrintWriter err) {
        this.agent = agent;
        this.counters = counters;
        this.run = run;
        this.out = out;
        this.backlog = backlog;
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

    /** Nothing is said to Kafka after the last report. */
    synchronized void heartbeat() {
        if (!ended) {
            out.accept(report(AgentReport.Type.HEARTBEAT, CounterSnapshot.of(counters), null));
        }
    }

    private AgentReport report(
            AgentReport.Type type, CounterSnapshot counted, CaptureMinute minute) {
        return new AgentReport(
                type, agent, Instant.now(), counters.clockNs(), run.interfaces(), counted, minute);
    }

    private void line() {
        CounterSnapshot now = CounterSnapshot.of(counters);
        Backlog undelivered = backlog.get();
        long nowNs = System.nanoTime();
        double seconds = (nowNs - lastNs) / NANOS_PER_SECOND;
        err.println(
                CountersLine.format(
                        now, (long) ((now.captured() - lastCaptured) / seconds), undelivered));
        if (undelivered.batches() > 0 && undelivered.settledBatches() == lastSettled) {
            err.printf(
                    "Kafka has acknowledged nothing for %.0f s; batches waiting: %d%n",
                    seconds, undelivered.batches());
        }
        lastNs = nowNs;
        lastCaptured = now.captured();
        lastSettled = undelivered.settledBatches();
    }

    @Override
    public void minute(CounterSnapshot counted, CaptureMinute minute) {
        out.accept(report(AgentReport.Type.MINUTE, counted, minute));
    }

    /** Sends the last report of all, once nothing is counted any more, and returns it. */
    synchronized AgentReport end(AgentReport.Type type) {
        ended = true;
        AgentReport last = report(type, CounterSnapshot.of(counters), null);
        out.accept(last);
        return last;
    }

    /** The totals of the last report for people, with what Kafka has taken until now. */
    String totalsLine(AgentReport totals) {
        CounterSnapshot counted = totals.counters();
        double seconds = (System.nanoTime() - startNs) / NANOS_PER_SECOND;
        return "totals: "
                + CountersLine.format(counted, (long) (counted.captured() / seconds), backlog.get())
                + " seconds=%.1f".formatted(seconds);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
