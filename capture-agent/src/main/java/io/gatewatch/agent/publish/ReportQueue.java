package io.gatewatch.agent.publish;

import io.gatewatch.agent.metrics.AgentReport;
import java.util.ArrayDeque;

/**
 * Reports that wait for the producer. A heartbeat replaces one that still waits: only the newest is
 * of use. Of minute reports the newest day's worth is kept. Thread safe.
 */
final class ReportQueue {
    private static final int MAX_REPORTS = 1440;

    private final ArrayDeque<AgentReport> reports = new ArrayDeque<>();

    synchronized void add(AgentReport report) {
        if (report.type() == AgentReport.Type.HEARTBEAT) {
            reports.removeIf(waiting -> waiting.type() == AgentReport.Type.HEARTBEAT);
        }
        if (reports.size() >= MAX_REPORTS) {
            reports.remove();
        }
        reports.add(report);
    }

    synchronized AgentReport poll() {
        return reports.poll();
    }

    synchronized boolean isEmpty() {
        return reports.isEmpty();
    }
}
