package io.gatewatch.benchmarks.load;

import io.gatewatch.capture.batch.BatchOutput;
import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.topics.Topics;
import io.gatewatch.wire.BatchEncoder;
import io.gatewatch.wire.BatchName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends batches to Kafka as an agent does, as fast as the broker takes them. Not thread safe. */
public final class TopicFill implements BatchOutput, AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final Header gateway = header("gateway", SyntheticFlow.SITE);
    private final Header site = header("site", SyntheticFlow.SITE);
    private final Header version = header("version", Integer.toString(BatchEncoder.VERSION));
    private volatile Exception failure;
    private long bytes;

    public TopicFill(String kafka) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", kafka);
        properties.put("compression.type", "lz4");
        properties.put("linger.ms", "20");
        properties.put("batch.size", Integer.toString(128 * 1024));
        properties.put("buffer.memory", Integer.toString(64 * 1024 * 1024));
        // Other processes may have the cores for a while.
        properties.put("delivery.timeout.ms", "600000");
        properties.put("request.timeout.ms", "120000");
        properties.put("max.block.ms", "600000");
        producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean accept(BatchTopic topic, int partition, byte[] batch, int length, int packets) {
        byte[] value = Arrays.copyOf(batch, length);
        bytes += length;
        Header name = new RecordHeader(BatchName.HEADER, BatchName.of(value).toBytes());
        Future<RecordMetadata> unused =
                producer.send(
                        new ProducerRecord<>(
                                topic == BatchTopic.PACKETS ? Topics.PACKETS : Topics.DNS,
                                partition,
                                null,
                                null,
                                value,
                                List.of(gateway, site, version, name)),
                        (metadata, exception) -> {
                            if (exception != null) {
                                failure = exception;
                            }
                        });
        return true;
    }

    /** Bytes of batches so far, before compression. */
    public long bytes() {
        return bytes;
    }

    /** Waits until the broker has all of it. */
    public void finish() {
        producer.flush();
        if (failure != null) {
            throw new IllegalStateException(
                    "Kafka did not take the batches: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
