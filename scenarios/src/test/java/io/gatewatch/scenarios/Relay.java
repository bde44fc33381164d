package io.gatewatch.scenarios;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What an agent has sent to one broker, to be handed on to another as if it had sent it there: all
 * of it, or with something lost on the way.
 */
final class Relay {
    private static final List<String> TOPICS =
            List.of("gatewatch.packets", "gatewatch.dns", "gatewatch.agents");

    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();

    /** Takes what a gateway has sent. */
    static Relay of(String kafka, String gateway) {
        Relay relay = new Relay();
        for (String topic : TOPICS) {
            for (ConsumerRecord<byte[], byte[]> record : new TopicContents(kafka, topic).read()) {
                if (gateway.equals(TopicContents.headers(record).get("gateway"))) {
                    relay.records.add(copy(record));
                }
            }
        }
        return relay;
    }

    private static ProducerRecord<byte[], byte[]> copy(ConsumerRecord<byte[], byte[]> record) {
        return new ProducerRecord<>(
                record.topic(),
                record.partition(),
                record.timestamp(),
                record.key(),
                record.value(),
                record.headers());
    }

    /** Takes a batch with packets away, not the last of its partition. */
    ProducerRecord<byte[], byte[]> takeBatch() {
        ProducerRecord<byte[], byte[]> batch = batch();
        records.remove(batch);
        return batch;
    }

    /** Hands on other bytes for a batch with packets, under the same headers. */
    ProducerRecord<byte[], byte[]> changeBatch(UnaryOperator<byte[]> change) {
        ProducerRecord<byte[], byte[]> batch = batch();
        replace(batch, change.apply(batch.value()));
        return batch;
    }

    private ProducerRecord<byte[], byte[]> batch() {
        return records.stream().filter(record -> packets(record) > 0).findFirst().orElseThrow();
    }

    /** Hands on other minute reports. */
    void changeReports(UnaryOperator<byte[]> change) {
        for (ProducerRecord<byte[], byte[]> report : minuteReports()) {
            replace(report, change.apply(report.value()));
        }
    }

    /** Takes the minute reports away. */
    void takeReports() {
        records.removeAll(minuteReports());
    }

    private List<ProducerRecord<byte[], byte[]>> minuteReports() {
        return records.stream()
                .filter(record -> record.topic().equals("gatewatch.agents"))
                .filter(record -> text(record.value()).contains("\"type\":\"minute\""))
                .toList();
    }

    private void replace(ProducerRecord<byte[], byte[]> record, byte[] value) {
        records.set(
                records.indexOf(record),
                new ProducerRecord<>(
                        record.topic(),
                        record.partition(),
                        record.timestamp(),
                        record.key(),
                        value,
                        record.headers()));
    }

    /** Packets of a batch, by the last number in its header; 0 of what is none. */
    static long packets(ProducerRecord<byte[], byte[]> record) {
        var header = record.headers().lastHeader("batch");
        if (header == null) {
            return 0;
        }
        String text = text(header.value());
        return Long.parseLong(text.substring(text.lastIndexOf(':') + 1));
    }

    long packets() {
        return records.stream().mapToLong(Relay::packets).sum();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Sends it all on. */
    void sendTo(String kafka) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", kafka, "acks", "all"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (ProducerRecord<byte[], byte[]> record : records) {
                sent.add(producer.send(record));
            }
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
    }
}
