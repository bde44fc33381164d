package io.gatewatch.job.source;

/**
 * The watermark of one partition: its newest capture clock less the grace. A function of the
 * partition's records alone, and the only place where the rule stands; the operator that cuts
 * slices keeps one for each partition and makes both uses of it: the job's event time, and what
 * slices carry. Times are nanoseconds since 1970-01-01 UTC. Not thread safe.
 */
public final class PartitionClock {
    /** Before any clock is known. */
    public static final long NO_WATERMARK = Long.MIN_VALUE;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long MOST_AHEAD_MS = 5 * 60 * 1000L;

    private final ClockSettings settings;
    private long watermarkNs;

    public PartitionClock(ClockSettings settings) {
        this(settings, NO_WATERMARK);
    }

    /** Goes on where a checkpoint left off. */
    public PartitionClock(ClockSettings settings, long watermarkNs) {
        this.settings = settings;
        this.watermarkNs = watermarkNs;
    }

    /** How far the partition's time has come; never goes back. */
    public long watermarkNs() {
        return watermarkNs;
    }

    /**
     * Takes the clock that a record tells. One without a clock, or that was refused, tells nothing.
     *
     * @return whether the watermark moved
     */
    public boolean advance(BatchRecord record) {
        if (!record.tellsTime()) {
            return false;
        }
        long clockNs = trusted(record.clockNs(), record.appendTimeMs());
        long next = minus(clockNs, settings.graceNs());
        if (record.lastOfAll()) {
            next = plus(Math.max(watermarkNs, clockNs), settings.longestHoldNs());
        }
        if (next <= watermarkNs) {
            return false;
        }
        watermarkNs = next;
        return true;
    }

    /** Takes over what another copy of this clock knew. */
    public void merge(long otherWatermarkNs) {
        watermarkNs = Math.max(watermarkNs, otherWatermarkNs);
    }

    /** A clock far ahead of its arrival is wrong, and would end everybody's sessions. */
    private static long trusted(long clockNs, long appendTimeMs) {
        if (appendTimeMs == BatchRecord.NO_APPEND_TIME) {
            return clockNs;
        }
        long clockMs = Math.floorDiv(clockNs, NANOS_PER_MILLI);
        return clockMs - MOST_AHEAD_MS > appendTimeMs ? appendTimeMs * NANOS_PER_MILLI : clockNs;
    }

    private static long minus(long timeNs, long durationNs) {
        return timeNs < NO_WATERMARK + 1 + durationNs ? NO_WATERMARK + 1 : timeNs - durationNs;
    }

    private static long plus(long timeNs, long durationNs) {
        return timeNs > Long.MAX_VALUE - 1 - durationNs ? Long.MAX_VALUE - 1 : timeNs + durationNs;
    }
}
