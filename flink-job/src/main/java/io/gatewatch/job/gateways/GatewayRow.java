package io.gatewatch.job.gateways;

/**
 * One row of the table {@code gateways}, as of one report. Field names are the columns'; counters
 * are cumulative since the agent's start. Mutable while it is read, then left alone.
 */
public final class GatewayRow {
    /** No capture clock yet. */
    public static final long NO_CLOCK = Long.MIN_VALUE;

    public String gateway = "";
    public String site = "";

    /** The agent's version, or null. */
    public String version;

    /** JSON array of name and link type, or null. */
    public String interfaces;

    /** When the broker took the report, milliseconds since 1970-01-01 UTC. */
    public long seenMs;

    /** The agent's clock less the broker's. */
    public long clockSkewMs;

    /** Nanoseconds since 1970-01-01 UTC, or {@link #NO_CLOCK}. */
    public long captureClockNs = NO_CLOCK;

    /** Identifies the agent's run. */
    public long bootId;

    /** Kind of the report. */
    public String lastReport = "";

    public long captured;
    public long decapsulated;
    public long shipped;
    public long kernelDropped;
    public long queueDropped;
    public long ownTraffic;

    /** All reasons. */
    public long undecodable;

    /** All reasons. */
    public long ignored;

    /** All counters as the report's JSON object, or null. */
    public String counters;
}
