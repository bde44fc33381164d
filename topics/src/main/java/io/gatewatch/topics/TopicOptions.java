package io.gatewatch.topics;

import io.gatewatch.settings.Problems;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How missing topics are created; mixed in with {@code @Mixin}. */
public final class TopicOptions {
    private static final int MAX_PARTITIONS = 10_000;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "8",
            description = "Partitions of a new packets topic (default: ${DEFAULT-VALUE}).")
    int partitions;

    @Option(
            names = "--dns-partitions",
            paramLabel = "N",
            defaultValue = "4",
            description = "Partitions of a new DNS topic (default: ${DEFAULT-VALUE}).")
    int dnsPartitions;

    @Option(
            names = "--replication",
            paramLabel = "N",
            description = "Copies of each partition of a new topic (default: the broker's).")
    Integer replication;

    @Option(
            names = "--retention-hours",
            paramLabel = "N",
            defaultValue = "72",
            description =
                    "Hours that a new packets topic keeps packets (default: ${DEFAULT-VALUE}).")
    int retentionHours;

    public void validate(Problems problems) {
        String count = "must be 1 to " + MAX_PARTITIONS;
        problems.require(inRange(partitions), "--partitions", partitions, count);
        problems.require(inRange(dnsPartitions), "--dns-partitions", dnsPartitions, count);
        problems.require(
                replication == null || (replication >= 1 && replication <= Short.MAX_VALUE),
                "--replication",
                replication,
                "must be 1 or more, at most the number of brokers");
        problems.require(
                retentionHours >= 1, "--retention-hours", retentionHours, "must be 1 or more");
    }

    private static boolean inRange(int count) {
        return count >= 1 && count <= MAX_PARTITIONS;
    }

    public TopicSettings settings() {
        return new TopicSettings(
                partitions,
                dnsPartitions,
                replication == null ? TopicSettings.BROKER_DEFAULT : replication,
                Duration.ofHours(retentionHours));
    }
}
