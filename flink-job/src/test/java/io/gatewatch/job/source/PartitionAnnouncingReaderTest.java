package io.gatewatch.job.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.job.Captures;
import io.gatewatch.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PartitionAnnouncingReaderTest {
    private static final BatchRecord RECORD =
            Captures.punctuation(BatchTopic.DNS, 1, Captures.START_NS, 0, 0);

    private final OneRecord records = new OneRecord();
    private final PartitionAnnouncingReader reader = new PartitionAnnouncingReader(records);
    private final Collected output = new Collected();

    @Test
    void shouldTellOfAllItsPartitionsBeforeTheFirstRecord() throws Exception {
        reader.addSplits(List.of(split(Topics.PACKETS, 3), split(Topics.DNS, 1)));

        while (reader.pollNext(output) == InputStatus.MORE_AVAILABLE) {
            assertThat(output.records).isNotEmpty();
        }

        assertThat(output.records).hasSize(3).endsWith(RECORD);
        assertThat(output.records.subList(0, 2))
                .allMatch(BatchRecord::isAssignment)
                .extracting(BatchRecord::topic, BatchRecord::partition)
                .containsExactly(tuple(BatchTopic.PACKETS, 3), tuple(BatchTopic.DNS, 1));
        assertThat(records.splits).hasSize(2);
    }

    @Test
    void shouldBeAskedAtOnceWhenItHasPartitionsToTellOf() throws Exception {
        assertThat(reader.isAvailable()).isNotDone();

        reader.addSplits(List.of(split(Topics.PACKETS, 3)));
        assertThat(reader.isAvailable()).isDone();

        reader.pollNext(output);
        assertThat(reader.isAvailable()).isNotDone();
    }

    private static KafkaPartitionSplit split(String topic, int partition) {
        return new KafkaPartitionSplit(new TopicPartition(topic, partition), 0);
    }

    /** A reader with one record that nobody says is there. */
    private static final class OneRecord implements SourceReader<BatchRecord, KafkaPartitionSplit> {
        private final List<KafkaPartitionSplit> splits = new ArrayList<>();

        @Override
        public void start() {
            // Nothing to start.
        }

        @Override
        public InputStatus pollNext(ReaderOutput<BatchRecord> output) {
            output.collect(RECORD);
            return InputStatus.NOTHING_AVAILABLE;
        }

        @Override
        public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
            return splits;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return new CompletableFuture<>();
        }

        @Override
        public void addSplits(List<KafkaPartitionSplit> more) {
            splits.addAll(more);
        }

        @Override
        public void notifyNoMoreSplits() {
            // There may always be more.
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private static final class Collected implements ReaderOutput<BatchRecord> {
        private final List<BatchRecord> records = new ArrayList<>();

        @Override
        public void collect(BatchRecord record) {
            records.add(record);
        }

        @Override
        public void collect(BatchRecord record, long timestamp) {
            records.add(record);
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            throw new AssertionError("time is not made here");
        }

        @Override
        public void markIdle() {
            throw new AssertionError("never idle");
        }

        @Override
        public void markActive() {
            throw new AssertionError("never idle, so never active again");
        }

        @Override
        public SourceOutput<BatchRecord> createOutputForSplit(String splitId) {
            return this;
        }

        @Override
        public void releaseOutputForSplit(String splitId) {
            // Nothing was created.
        }
    }
}
