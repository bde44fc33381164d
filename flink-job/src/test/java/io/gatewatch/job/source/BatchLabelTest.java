package io.gatewatch.job.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchLabelTest {
    private static final String BATCH = "fedcba9876543210:7:29453760:42";
    private static final BatchLabel LABEL =
            new BatchLabel("home", "gw-1", 0xFEDC_BA98_7654_3210L, 7, 29_453_760, 42);

    @Test
    void shouldNameTheBatch() {
        assertThat(BatchLabel.of(record(headers(BATCH)))).isEqualTo(LABEL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fedcba9876543210:7:29453760",
                "fedcba9876543210:7:29453760:42:1",
                "fedcba987654321:7:29453760:42",
                "fedcba987654321x:7:29453760:42",
                "fedcba9876543210:-1:29453760:42",
                "fedcba9876543210:7:-1:42",
                "fedcba9876543210:7:153722868:42",
                "fedcba9876543210:7:29453760:-1",
                "fedcba9876543210:7:29453760:99999999999",
                "fedcba9876543210:000000000000000000000000000000000000000000000000000000000000000000007:1:1"
            })
    void shouldTakeNothingElse(String batch) {
        assertThat(BatchLabel.of(record(headers(batch)))).isNull();
    }

    @Test
    void shouldNeedEveryHeader() {
        for (String name : List.of("site", "gateway", "batch")) {
            Headers headers = headers(BATCH);
            headers.remove(name);

            assertThat(BatchLabel.of(record(headers))).as("without %s", name).isNull();
        }
    }

    @Test
    void shouldStayWithARecordThatCannotBeRead() throws Exception {
        BatchRecord record = deserialize(new byte[] {1, 2, 3});
        DataOutputSerializer out = new DataOutputSerializer(64);

        new BatchRecordSerializer().serialize(record, out);

        BatchRecord read =
                new BatchRecordSerializer()
                        .deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
        assertThat(List.of(record.label(), read.label())).containsOnly(LABEL);
        assertThat(read.topic()).isEqualTo(BatchTopic.DNS);
    }

    private static TopicRecord record(Headers headers) {
        return TopicRecord.of(consumed(new byte[0], headers));
    }

    private static ConsumerRecord<byte[], byte[]> consumed(byte[] value, Headers headers) {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>(Topics.DNS, 3, 9, new byte[0], value);
        headers.forEach(record.headers()::add);
        return record;
    }

    private static BatchRecord deserialize(byte[] value) {
        BatchRecordDeserializer deserializer = new BatchRecordDeserializer();
        deserializer.open(null);
        ConsumerRecord<byte[], byte[]> record = consumed(value, headers(BATCH));
        List<BatchRecord> records = new ArrayList<>();
        deserializer.deserialize(
                record,
                new Collector<>() {
                    @Override
                    public void collect(BatchRecord batch) {
                        records.add(batch);
                    }

                    @Override
                    public void close() {
                        // Holds nothing.
                    }
                });
        return records.get(0);
    }

    private static Headers headers(String batch) {
        return new RecordHeaders()
                .add("gateway", "gw-1".getBytes(UTF_8))
                .add("site", "home".getBytes(UTF_8))
                .add("version", "1".getBytes(UTF_8))
                .add("batch", batch.getBytes(UTF_8));
    }
}
