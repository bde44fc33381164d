package io.gatewatch.agent.publish;

import io.gatewatch.settings.Problems;
import io.gatewatch.topics.KafkaOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How the producer is set up. Idempotent with acknowledgement by all replicas, so that retries
 * neither repeat nor reorder: a partition gets its batches in the order of their numbers. It does
 * not give up: when brokers are away it keeps what it has and stops taking more, the queue in front
 * of it fills, and capture decides (live packets are dropped and counted, a file waits). Therefore
 * no batch is ever followed by one of a higher number and then sent again.
 */
public final class ProducerProperties {
    private static final int LINGER_MS = 20;
    private static final int BATCH_BYTES = 128 * 1024;
    private static final long BUFFER_BYTES = 8L * 1024 * 1024;

    /** What the guarantees stand on; users cannot set it. */
    private static final Map<String, Object> FIXED = new LinkedHashMap<>();

    private static final Set<String> OWN_OPTION =
            Set.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, ProducerConfig.TRANSACTIONAL_ID_CONFIG);

    static {
        FIXED.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        FIXED.put(ProducerConfig.ACKS_CONFIG, "all");
        FIXED.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.toString(Integer.MAX_VALUE));
        FIXED.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(Long.MAX_VALUE));
    }

    private ProducerProperties() {}

    /** Reports what the user set although it is fixed. */
    public static void validate(KafkaOptions kafka, Problems problems) {
        kafka.properties.forEach(
                (name, value) -> {
                    problems.require(
                            !OWN_OPTION.contains(name),
                            "kafka." + name,
                            value,
                            "must not be set here: --kafka names the brokers, and batches need no"
                                    + " transactions");
                    Object fixed = FIXED.get(name);
                    problems.require(
                            fixed == null || fixed.equals(value),
                            "kafka." + name,
                            value,
                            "must be " + fixed + ", exactly-once delivery stands on it");
                });
    }

    static Properties of(KafkaOptions kafka) {
        Properties producer = new Properties();
        producer.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        producer.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        producer.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        producer.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        producer.putAll(kafka.clientProperties());
        producer.putAll(FIXED);
        return producer;
    }
}
