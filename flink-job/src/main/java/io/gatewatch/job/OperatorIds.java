package io.gatewatch.job;

import io.gatewatch.job.session.CutFunction;
import io.gatewatch.job.session.SessionFunction;

/**
 * Names that savepoints know operators and their state by. Changing one is a migration: state under
 * the old name would be left behind.
 */
public final class OperatorIds {
    public static final String BATCHES = "batches";
    public static final String CUT = "cut";
    public static final String SESSIONS = "sessions";
    public static final String NAMES = "names";
    public static final String SESSION_ROWS = "session-rows";
    public static final String SESSIONS_TABLE = "sessions-table";
    public static final String SESSION_LINES = "session-lines";
    public static final String SESSION_OUTPUT = "session-output";
    public static final String AGENT_REPORTS = "agent-reports";
    public static final String GATEWAY_ROWS = "gateway-rows";
    public static final String PARTITION_UPKEEP = "partition-upkeep";
    public static final String GATEWAYS_TABLE = "gateways-table";
    public static final String DNS = "dns";
    public static final String DNS_TABLE = "dns-table";
    public static final String DNS_LINES = "dns-lines";
    public static final String DNS_OUTPUT = "dns-output";
    public static final String LEDGER = "ledger";
    public static final String LEDGER_TABLE = "ledger-table";
    public static final String DEAD_LETTERS = "dead-letters";

    /** Watermark of every topic-partition, union list state of {@link #CUT}. */
    public static final String STATE_CLOCKS = CutFunction.STATE_CLOCKS;

    /** The session of a key, keyed value state of {@link #SESSIONS}. */
    public static final String STATE_SESSION = SessionFunction.STATE_SESSION;

    private OperatorIds() {}
}
