package io.gatewatch.job.deadletter;

import io.gatewatch.job.source.RecordHeader;
import io.gatewatch.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The sink into the dead-letter topic. What a checkpoint covers has been written; after a restart
 * some letters are written again under the same key.
 */
public final class DeadLetterSink {
    private DeadLetterSink() {}

    public static KafkaSink<DeadLetter> of(Properties client) {
        return KafkaSink.<DeadLetter>builder()
                .setKafkaProducerConfig(client)
                .setProperty("compression.type", "lz4")
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(new Records())
                .build();
    }

    private static final class Records implements KafkaRecordSerializationSchema<DeadLetter> {
        private static final long serialVersionUID = 1L;

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                DeadLetter letter, KafkaSinkContext context, Long timestamp) {
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(
                            Topics.DEAD_LETTERS,
                            letter.key().getBytes(StandardCharsets.UTF_8),
                            letter.value());
            for (RecordHeader header : letter.headers()) {
                record.headers().add(header.name(), header.value());
            }
            return record;
        }
    }
}
