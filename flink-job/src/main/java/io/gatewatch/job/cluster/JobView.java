package io.gatewatch.job.cluster;

/**
 * How a job is at a moment.
 *
 * @param running every subtask works
 * @param failedAtMs when it failed last, or {@link #NEVER}
 * @param failure why it failed last, or null
 */
public record JobView(boolean running, long failedAtMs, Throwable failure) {
    public static final long NEVER = Long.MIN_VALUE;
}
