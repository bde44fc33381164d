package io.gatewatch.job.session;

import io.gatewatch.traffic.session.EndReason;
import io.gatewatch.traffic.session.SessionCounters;
import io.gatewatch.traffic.session.SessionMachine;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** Shows what the session machine of a subtask counts as metrics of its operator. */
final class SessionMetrics {
    private static final String REASON = "reason";

    private SessionMetrics() {}

    static void register(MetricGroup group, SessionMachine machine) {
        SessionCounters counters = machine.counters();
        Gauge<Long> open = counters::held;
        group.gauge("openSessions", open);
        Gauge<Integer> pressure = machine::pressure;
        group.gauge("sessionPressure", pressure);
        show(group, "sessionsClosedForResources", counters::givenUp);
        show(group, "sessionsOpened", counters::opened);
        show(group, "sessionsFinal", counters::finished);
        show(group, "sessionsOpenedWhileLingering", counters::openedWhileLingering);
        show(group, "latePackets", counters::latePackets);
        show(group, "ignoredMidstreamPackets", counters::ignoredMidstreamPackets);
        show(group, "reports", counters::reports);
        show(group, "strayReports", counters::strayReports);
        for (EndReason reason : EndReason.values()) {
            if (reason != EndReason.OPEN) {
                MetricGroup ofReason = group.addGroup(REASON, reason.text());
                show(ofReason, "sessionsEnded", () -> counters.ended(reason));
            }
        }
    }

    private static void show(MetricGroup group, String name, LongSupplier count) {
        group.counter(name, new ShownCounter(count));
    }

    /** A counter that somebody else counts. */
    private record ShownCounter(LongSupplier count) implements Counter {
        @Override
        public long getCount() {
            return count.getAsLong();
        }

        @Override
        public void inc() {
            throw new UnsupportedOperationException("counted by the session machine");
        }

        @Override
        public void inc(long amount) {
            inc();
        }

        @Override
        public void dec() {
            inc();
        }

        @Override
        public void dec(long amount) {
            inc();
        }
    }
}
