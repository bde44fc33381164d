package io.gatewatch.agent.publish;

import io.gatewatch.agent.metrics.AgentReport;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reports that wait for the producer. A heartbeat replaces one that still waits: only the newest is
 * of use. Of minute reports there is room for a day's worth; beyond it the oldest go, unless their
 * maker waits. Thread safe.
 */
final class ReportQueue {
    private static final int MAX_REPORTS = 1440;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notFull = lock.newCondition();
    private final ArrayDeque<AgentReport> reports = new ArrayDeque<>();
    private boolean ended;

    /** Adds the report; never waits. */
    void add(AgentReport report) {
        lock.lock();
        try {
            if (report.type() == AgentReport.Type.HEARTBEAT) {
                reports.removeIf(waiting -> waiting.type() == AgentReport.Type.HEARTBEAT);
            }
            if (reports.size() >= MAX_REPORTS) {
                reports.remove();
            }
            reports.add(report);
        } finally {
            lock.unlock();
        }
    }

    /** Adds the report, and waits for room before: at most so long, and not once it was ended. */
    void put(AgentReport report, long timeoutNs) throws InterruptedException {
        long leftNs = timeoutNs;
        lock.lockInterruptibly();
        try {
            while (!ended && leftNs > 0 && reports.size() >= MAX_REPORTS) {
                leftNs = notFull.awaitNanos(leftNs);
            }
            add(report);
        } finally {
            lock.unlock();
        }
    }

    AgentReport poll() {
        lock.lock();
        try {
            AgentReport report = reports.poll();
            notFull.signal();
            return report;
        } finally {
            lock.unlock();
        }
    }

    /** Whoever waits is let go, and nobody waits any more. */
    void end() {
        lock.lock();
        try {
            ended = true;
            notFull.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return reports.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
