package io.gatewatch.job.source;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record as it is, read by the step that follows. */
final class TopicRecordDeserializer implements KafkaRecordDeserializationSchema<TopicRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<TopicRecord> out) {
        out.collect(TopicRecord.of(record));
    }

    @Override
    public TypeInformation<TopicRecord> getProducedType() {
        return TopicRecordSerializer.TYPE;
    }
}
