package io.gatewatch.topics;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A topic as it is created.
 *
 * @param config topic settings, {@code message.timestamp.type} included
 */
record TopicDefinition(String name, int partitions, Map<String, String> config) {
    static final String TIMESTAMP_TYPE = "message.timestamp.type";
    static final String LOG_APPEND_TIME = "LogAppendTime";

    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int LIBRARY_BYTES = 8 * 1024 * 1024;

    static List<TopicDefinition> all(TopicSettings settings) {
        return List.of(
                kept(Topics.PACKETS, settings.packetPartitions(), settings.packetRetention()),
                kept(Topics.DNS, settings.dnsPartitions(), MONTH),
                kept(Topics.AGENTS, 1, MONTH),
                compacted(Topics.FEATURES),
                kept(Topics.DEAD_LETTERS, 1, WEEK));
    }

    private static TopicDefinition kept(String name, int partitions, Duration retention) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put(TIMESTAMP_TYPE, LOG_APPEND_TIME);
        config.put("cleanup.policy", "delete");
        config.put("retention.ms", Long.toString(retention.toMillis()));
        return new TopicDefinition(name, partitions, config);
    }

    private static TopicDefinition compacted(String name) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put(TIMESTAMP_TYPE, LOG_APPEND_TIME);
        config.put("cleanup.policy", "compact");
        config.put("max.message.bytes", Integer.toString(LIBRARY_BYTES));
        return new TopicDefinition(name, 1, config);
    }

    NewTopic newTopic(int replication) {
        Optional<Short> copies =
                replication == TopicSettings.BROKER_DEFAULT
                        ? Optional.empty()
                        : Optional.of((short) replication);
        return new NewTopic(name, Optional.of(partitions), copies).configs(config);
    }
}
