package io.gatewatch.job.source;

import java.io.Serializable;

/**
 * What turns capture clocks into watermarks.
 *
 * @param graceNs how far a gateway may lag behind the newest clock of a partition without being
 *     late
 * @param longestHoldNs longest time-out plus longest linger: after it nothing is held any more
 */
public record ClockSettings(long graceNs, long longestHoldNs) implements Serializable {}
