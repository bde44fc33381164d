package io.gatewatch.agent.metrics;

/**
 * How far delivery has come.
 *
 * @param batches finished, but not acknowledged by Kafka yet
 * @param queuedBytes of these, bytes still in the queue in front of the producer
 * @param settledBatches acknowledged, or given up
 * @param failedBatches of these, given up
 * @param failedPackets packets in these
 */
public record Backlog(
        long batches,
        long queuedBytes,
        long settledBatches,
        long failedBatches,
        long failedPackets) {
    public static final Backlog NONE = new Backlog(0, 0, 0, 0, 0);
}
