package io.gatewatch.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.settings.Problems;
import io.gatewatch.topics.KafkaOptions;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProducerPropertiesTest {
    private final KafkaOptions kafka = new KafkaOptions();

    @BeforeEach
    void connect() {
        kafka.bootstrapServers = "broker:9092";
    }

    @Test
    void shouldDeliverExactlyOnceAndNeverGiveUp() {
        Properties producer = ProducerProperties.of(kafka);

        assertThat(producer)
                .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true")
                .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
                .containsEntry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "2147483647")
                .containsEntry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    }

    @Test
    void shouldPassOnWhatTheUserSets() {
        kafka.properties.put("compression.type", "zstd");
        kafka.properties.put("security.protocol", "SSL");

        assertThat(ProducerProperties.of(kafka))
                .containsEntry("compression.type", "zstd")
                .containsEntry("security.protocol", "SSL")
                .containsEntry("bootstrap.servers", "broker:9092");
    }

    @Test
    void shouldNotLetTheUserLoosenDelivery() {
        kafka.properties.put("acks", "1");
        kafka.properties.put("enable.idempotence", "true");
        Problems problems = new Problems();

        ProducerProperties.validate(kafka, problems);

        assertThat(problems.lines()).hasSize(1);
        assertThat(problems.lines().get(0)).startsWith("kafka.acks is 1: must be all");
    }
}
