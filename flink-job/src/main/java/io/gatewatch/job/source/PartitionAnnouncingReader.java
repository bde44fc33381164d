package io.gatewatch.job.source;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;

/**
 * Announces each partition that it is given before it hands on a record; Flink gives a restored
 * reader its partitions before it polls. For the rest the reader that it wraps. One thread, as
 * Flink's readers are.
 */
final class PartitionAnnouncingReader implements SourceReader<BatchRecord, KafkaPartitionSplit> {
    private static final CompletableFuture<Void> NOW = CompletableFuture.completedFuture(null);

    private final SourceReader<BatchRecord, KafkaPartitionSplit> records;
    private final Queue<BatchRecord> announcements = new ArrayDeque<>();

    PartitionAnnouncingReader(SourceReader<BatchRecord, KafkaPartitionSplit> records) {
        this.records = records;
    }

    @Override
    public void start() {
        records.start();
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {
        for (KafkaPartitionSplit split : splits) {
            announcements.add(BatchRecord.assigned(split.getTopic(), split.getPartition()));
        }
        records.addSplits(splits);
    }

    @Override
    public InputStatus pollNext(ReaderOutput<BatchRecord> output) throws Exception {
        BatchRecord announcement = announcements.poll();
        if (announcement == null) {
            return records.pollNext(output);
        }
        output.collect(announcement);
        return InputStatus.MORE_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return announcements.isEmpty() ? records.isAvailable() : NOW;
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
        return records.snapshotState(checkpointId);
    }

    @Override
    public void notifyNoMoreSplits() {
        records.notifyNoMoreSplits();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        records.handleSourceEvents(event);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        records.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        records.notifyCheckpointAborted(checkpointId);
    }

    @Override
    public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
        records.pauseOrResumeSplits(pause, resume);
    }

    @Override
    public void close() throws IOException {
        try {
            records.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a reader was closed", e);
        } catch (Exception e) {
            throw new IOException("a reader could not be closed", e);
        }
    }
}
