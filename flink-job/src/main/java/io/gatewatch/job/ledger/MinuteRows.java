package io.gatewatch.job.ledger;

import static io.gatewatch.job.ledger.Reasons.AGENT;
import static io.gatewatch.job.ledger.Reasons.JOB;
import static io.gatewatch.job.ledger.Reasons.KAFKA;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows of one minute, a function of its account and of the counters that the minute began with.
 * Whatever may be there before a report comes and not after it is a row even as zero: after a
 * restart from a checkpoint nobody knows whether an earlier number stands in the table.
 */
final class MinuteRows {
    private final LedgerKey key;
    private final long minute;
    private final List<LedgerRow> rows = new ArrayList<>();

    private MinuteRows(LedgerKey key, long minute) {
        this.key = key;
        this.minute = minute;
    }

    /**
     * Makes the rows.
     *
     * @param base the boot's counters before the minute, or null if nobody knows; of use only where
     *     there is no report
     */
    static List<LedgerRow> of(
            LedgerKey key, long minute, MinuteAccount account, HeadCounters base) {
        MinuteRows rows = new MinuteRows(key, minute);
        if (account.report != null) {
            rows.reported(account, account.report);
        } else {
            rows.estimated(account, base);
        }
        rows.job(account);
        return rows.rows;
    }

    private void reported(MinuteAccount account, MinuteFigures report) {
        add(AGENT, Reasons.CAPTURED, report.captured());
        add(AGENT, Reasons.DECAPSULATED, report.decapsulated());
        add(AGENT, Reasons.KERNEL_DROPPED, report.kernelDropped());
        add(AGENT, Reasons.QUEUE_DROPPED, report.queueDropped());
        addIfAny(AGENT, Reasons.OWN_TRAFFIC, report.ownTraffic());
        report.leftOut().forEach((reason, packets) -> addIfAny(AGENT, reason, packets));
        add(AGENT, Reasons.IGNORED, 0);
        add(AGENT, Reasons.UNDECODABLE, 0);
        add(AGENT, Reasons.AGENT_DIED, 0);
        add(KAFKA, Reasons.MISSING, report.shipped() - account.arrived - account.unreadable);
    }

    /**
     * From the heads of the batches that arrived. What the agent had counted in the last of them
     * and is nowhere is said to have died with it; what it saw later nobody can know.
     */
    private void estimated(MinuteAccount account, HeadCounters base) {
        HeadCounters counted =
                account.heads == null || base == null
                        ? HeadCounters.ZERO
                        : account.heads.since(base);
        long known =
                counted.ignored()
                        + counted.undecodable()
                        + counted.queueDropped()
                        + account.arrived
                        + account.unreadable;
        long died = counted.captured() + counted.decapsulated() - known;
        // Below zero where a fragment was captured a minute before it was shipped.
        add(AGENT, Reasons.CAPTURED, counted.captured() + Math.max(0, -died));
        add(AGENT, Reasons.DECAPSULATED, counted.decapsulated());
        add(AGENT, Reasons.KERNEL_DROPPED, counted.kernelDropped());
        add(AGENT, Reasons.QUEUE_DROPPED, counted.queueDropped());
        add(AGENT, Reasons.IGNORED, counted.ignored());
        add(AGENT, Reasons.UNDECODABLE, counted.undecodable());
        add(AGENT, Reasons.AGENT_DIED, died);
        add(KAFKA, Reasons.MISSING, 0);
    }

    private void job(MinuteAccount account) {
        add(JOB, Reasons.IN_SESSIONS, account.arrived - account.midstream);
        add(JOB, Reasons.UNREADABLE, account.unreadable);
        addIfAny(JOB, Reasons.MIDSTREAM, account.midstream);
        addIfAny(JOB, Reasons.REPEATED, account.repeated);
    }

    private void addIfAny(String place, String reason, long packets) {
        if (packets > 0) {
            add(place, reason, packets);
        }
    }

    private void add(String place, String reason, long packets) {
        rows.add(
                new LedgerRow(
                        key, minute, place, reason, LedgerRow.NO_DETAIL, Math.max(0, packets)));
    }
}
