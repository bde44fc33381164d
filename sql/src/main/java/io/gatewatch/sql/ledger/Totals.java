package io.gatewatch.sql.ledger;

/**
 * The packets of one gateway and time, by what became of them.
 *
 * @param captured frames that the agent read
 * @param inTunnels packets found in them, beside the frames
 * @param inSessions packets in sessions
 * @param ignored left out on purpose or undecodable, by agent or job
 * @param queueDropped dropped by the agent, its queue being full
 * @param kernelDropped never captured: beside all others
 * @param missing shipped and never seen by the job
 * @param died counted by an agent that ended before it reported them
 * @param unreadable in batches that could not be read
 */
record Totals(
        long captured,
        long inTunnels,
        long inSessions,
        long ignored,
        long queueDropped,
        long kernelDropped,
        long missing,
        long died,
        long unreadable) {
    /** What came and is accounted for nowhere; below zero: more is accounted for than came. */
    long rest() {
        return captured
                + inTunnels
                - inSessions
                - ignored
                - queueDropped
                - missing
                - died
                - unreadable;
    }

    long dropped() {
        return queueDropped + kernelDropped;
    }

    /** In no session, and neither left out nor dropped by anybody who was able to say so. */
    long lost() {
        return missing + died + unreadable;
    }
}
