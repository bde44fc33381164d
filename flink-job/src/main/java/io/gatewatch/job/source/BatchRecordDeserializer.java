package io.gatewatch.job.source;

import io.gatewatch.wire.PacketBatch;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record of the packets or the DNS topic with the place that it came from. */
final class BatchRecordDeserializer implements KafkaRecordDeserializationSchema<BatchRecord> {
    private static final long serialVersionUID = 1L;

    private transient PacketBatch checker;

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        checker = new PacketBatch();
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<BatchRecord> out) {
        out.collect(BatchRecord.of(TopicRecord.of(record), checker));
    }

    @Override
    public TypeInformation<BatchRecord> getProducedType() {
        return BatchRecordSerializer.TYPE;
    }
}
