package io.gatewatch.job.source;

import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A Kafka source of batches that tells which partitions each of its subtasks reads: of each it
 * sends one {@link BatchRecord#assigned} before the first record. Offsets and state are those of
 * the source it wraps.
 */
final class PartitionAnnouncingSource
        implements Source<BatchRecord, KafkaPartitionSplit, KafkaSourceEnumState> {
    private static final long serialVersionUID = 1L;

    private final Source<BatchRecord, KafkaPartitionSplit, KafkaSourceEnumState> records;

    PartitionAnnouncingSource(
            Source<BatchRecord, KafkaPartitionSplit, KafkaSourceEnumState> records) {
        this.records = records;
    }

    @Override
    public Boundedness getBoundedness() {
        return records.getBoundedness();
    }

    @Override
    public SourceReader<BatchRecord, KafkaPartitionSplit> createReader(SourceReaderContext context)
            throws Exception {
        return new PartitionAnnouncingReader(records.createReader(context));
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context) throws Exception {
        return records.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState checkpoint)
            throws Exception {
        return records.restoreEnumerator(context, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return records.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
        return records.getEnumeratorCheckpointSerializer();
    }
}
