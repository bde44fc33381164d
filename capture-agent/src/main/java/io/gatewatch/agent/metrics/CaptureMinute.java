package io.gatewatch.agent.metrics;

import java.time.Instant;
import java.util.Map;

/**
 * A capture minute that is over.
 *
 * @param start its first moment, on the capture clock
 * @param lastSequences for each topic the last batch number of each partition, -1 where there was
 *     none; all batches of the minute are among these
 */
public record CaptureMinute(
        Instant start, MinuteCounts counts, Map<String, long[]> lastSequences) {}
