package io.gatewatch.job.source;

import io.gatewatch.topics.Topics;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;

/**
 * The job's Kafka sources. Where a checkpoint has no offset, reading starts with the earliest
 * record: of a new partition nothing is left out.
 */
public final class KafkaSources {
    /** Consumer group under which progress is shown; offsets of checkpoints are what counts. */
    public static final String GROUP = "gatewatch-job";

    private static final String DISCOVERY_INTERVAL = "partition.discovery.interval.ms";
    private static final String DISCOVERY_INTERVAL_MS = "60000";

    private KafkaSources() {}

    /** Batches of the packets and the DNS topic, and which partitions a subtask reads. */
    public static Source<BatchRecord, ?, ?> batches(Properties client) {
        return new PartitionAnnouncingSource(
                source(client, List.of(Topics.PACKETS, Topics.DNS), new BatchRecordDeserializer()));
    }

    /** Records of the agents' topic, as they are. */
    public static KafkaSource<TopicRecord> agents(Properties client) {
        return source(client, List.of(Topics.AGENTS), new TopicRecordDeserializer());
    }

    private static <T> KafkaSource<T> source(
            Properties client,
            List<String> topics,
            KafkaRecordDeserializationSchema<T> deserializer) {
        return KafkaSource.<T>builder()
                .setProperties(client)
                .setTopics(topics)
                .setGroupId(GROUP)
                .setProperty(DISCOVERY_INTERVAL, DISCOVERY_INTERVAL_MS)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(deserializer)
                .build();
    }
}
