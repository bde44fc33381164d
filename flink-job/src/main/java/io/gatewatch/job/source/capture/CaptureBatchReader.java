package io.gatewatch.job.source.capture;

import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.job.source.BatchRecord;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

/** Hands on the batches of an {@link OpenCapture} as they are asked for. */
final class CaptureBatchReader implements SourceReader<BatchRecord, CapturePartition> {
    private final BatchQueue queue;
    private final Map<BatchTopic, SourceOutput<BatchRecord>> outputs =
            new EnumMap<>(BatchTopic.class);
    private final CompletableFuture<Void> assigned = new CompletableFuture<>();

    CaptureBatchReader(OpenCapture capture) {
        this.queue = capture.queue();
    }

    @Override
    public void start() {
        // The partitions are given without being asked for.
    }

    @Override
    public InputStatus pollNext(ReaderOutput<BatchRecord> output) throws IOException {
        if (!assigned.isDone()) {
            return InputStatus.NOTHING_AVAILABLE;
        }
        if (outputs.isEmpty()) {
            // Both at once: until each partition has told its clock, time stands still.
            for (BatchTopic topic : BatchTopic.values()) {
                String split = new CapturePartition(topic, 0).splitId();
                outputs.put(topic, output.createOutputForSplit(split));
            }
        }
        BatchRecord record = queue.poll();
        if (record != null) {
            outputs.get(record.topic()).collect(record);
            return InputStatus.MORE_AVAILABLE;
        }
        return queue.isExhausted() ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return assigned.isDone() ? queue.available() : assigned;
    }

    @Override
    public void addSplits(List<CapturePartition> splits) {
        assigned.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        // The capture's end is the end of both.
    }

    @Override
    public List<CapturePartition> snapshotState(long checkpointId) {
        return List.of();
    }

    @Override
    public void close() {
        queue.abandon();
    }
}
