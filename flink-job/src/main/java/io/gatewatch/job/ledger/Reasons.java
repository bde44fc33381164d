package io.gatewatch.job.ledger;

import java.util.Set;

/** Places and reasons of the table {@code ledger}; sql/README.md says what they mean. */
public final class Reasons {
    public static final String AGENT = "agent";
    public static final String KAFKA = "kafka";
    public static final String JOB = "job";

    public static final String CAPTURED = "captured";
    public static final String DECAPSULATED = "decapsulated";
    public static final String KERNEL_DROPPED = "kernel_dropped";
    public static final String QUEUE_DROPPED = "queue_dropped";
    public static final String OWN_TRAFFIC = "own_traffic";
    public static final String IGNORED = "ignored";
    public static final String UNDECODABLE = "undecodable";
    public static final String AGENT_DIED = "agent_died";

    public static final String MISSING = "missing";

    public static final String IN_SESSIONS = "in_sessions";
    public static final String UNREADABLE = "unreadable";
    public static final String MIDSTREAM = "midstream";
    public static final String REPEATED = "repeated";
    public static final String ROW_REFUSED = "row_refused";

    private static final int MAX_LENGTH = 64;
    private static final Set<String> TAKEN =
            Set.of(
                    CAPTURED,
                    DECAPSULATED,
                    KERNEL_DROPPED,
                    QUEUE_DROPPED,
                    OWN_TRAFFIC,
                    IGNORED,
                    UNDECODABLE,
                    AGENT_DIED);

    private Reasons() {}

    /** Whether an agent may call a reason so: lower case, digits, underscores, none of ours. */
    public static boolean isFree(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_LENGTH
                && name.chars().allMatch(Reasons::isAllowed)
                && !TAKEN.contains(name);
    }

    private static boolean isAllowed(int letter) {
        return (letter >= 'a' && letter <= 'z')
                || (letter >= '0' && letter <= '9')
                || letter == '_';
    }
}
