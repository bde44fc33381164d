package io.gatewatch.sql.ledger;

import io.gatewatch.settings.Printable;
import java.time.LocalDateTime;

/**
 * Packets of a gateway that got lost at one place for one reason.
 *
 * @param place as in the table, or {@link #NOWHERE}
 * @param details how many different details the rows have
 * @param detail one of them, or nothing
 * @param packets how many; below zero where more are accounted for than came
 * @param first first minute that has some, UTC
 * @param last last such minute
 */
record Loss(
        String site,
        String gateway,
        String place,
        String reason,
        long details,
        String detail,
        long packets,
        LocalDateTime first,
        LocalDateTime last) {
    /** Place of what is accounted for nowhere. */
    static final String NOWHERE = "nowhere";

    static final String UNEXPLAINED = "unexplained";

    private static final String MISSING = "missing";

    /** Whether somebody saw them go; otherwise the ledger does not balance. */
    boolean isAccountedFor() {
        return !place.equals(NOWHERE) && !reason.equals(MISSING);
    }

    /** What that means, and what to look at. */
    String meaning() {
        return switch (reason) {
            case "kernel_dropped" ->
                    "the kernel dropped them before the agent could read them: see --buffer-size"
                            + " and --filter of the agent";
            case "queue_dropped" ->
                    "the agent dropped them, because its queue to Kafka was full: see --queue-bytes"
                            + " of the agent, and the brokers";
            case "agent_died" ->
                    "counted by an agent that ended before it shipped them; what it saw later"
                            + " nobody knows";
            case "unreadable" ->
                    "in batches that the job cannot read: see topic gatewatch.dead-letters; an"
                            + " older job before newer agents?";
            case "row_refused" ->
                    "the database refused the rows of "
                            + (details == 1
                                    ? "session " + Printable.of(detail)
                                    : details + " sessions")
                            + ": see topic gatewatch.dead-letters";
            case MISSING ->
                    "the agent shipped them and the job never saw them: records are gone from"
                            + " Kafka, or the job was down for longer than the topics keep them";
            default ->
                    packets > 0
                            ? "captured, and accounted for nowhere"
                            : "accounted for, and never captured";
        };
    }
}
