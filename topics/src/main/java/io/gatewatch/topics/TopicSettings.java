package io.gatewatch.topics;

import java.time.Duration;

/**
 * How topics are made that do not exist yet; existing ones keep what they have.
 *
 * @param packetPartitions partitions of {@link Topics#PACKETS}
 * @param dnsPartitions partitions of {@link Topics#DNS}
 * @param replication copies of each partition, or {@link #BROKER_DEFAULT}
 * @param packetRetention how long packets are kept after their arrival
 */
public record TopicSettings(
        int packetPartitions, int dnsPartitions, int replication, Duration packetRetention) {
    /** The broker's own {@code default.replication.factor}. */
    public static final int BROKER_DEFAULT = -1;

    public static final TopicSettings DEFAULTS =
            new TopicSettings(8, 4, BROKER_DEFAULT, Duration.ofDays(3));
}
