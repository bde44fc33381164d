package io.gatewatch.sql.ledger;

/**
 * The ledger of a site against its sessions.
 *
 * @param ledger packets that the job counted into sessions, less those in rows that the database
 *     refused
 * @param least packets of sessions that lie wholly in the window
 * @param most packets of sessions that have a part in the window; equal to {@code least} without
 *     one
 * @param unwritten of {@code ledger}, packets so young that their rows may not be written yet
 * @param uncounted of {@code most}, packets of sessions so young that the ledger may not have all
 */
record SiteCheck(String site, long ledger, long least, long most, long unwritten, long uncounted) {
    /** Packets that the sessions lack. */
    long lost() {
        return Math.max(0, ledger - unwritten - most);
    }

    /** Packets that the sessions have and the ledger has not. */
    long surplus() {
        return Math.max(0, least - uncounted - ledger);
    }

    boolean isBalanced() {
        return lost() == 0 && surplus() == 0;
    }
}
