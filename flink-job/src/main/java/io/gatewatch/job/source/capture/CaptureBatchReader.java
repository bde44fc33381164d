package io.gatewatch.job.source.capture;

import io.gatewatch.job.source.BatchRecord;
import io.gatewatch.topics.Topics;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

/** Hands on the batches of an {@link OpenCapture} as they are asked for. */
final class CaptureBatchReader implements SourceReader<BatchRecord, CapturePartition> {
    private final BatchQueue queue;
    private final CompletableFuture<Void> assigned = new CompletableFuture<>();
    private boolean announced;

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
        if (!announced) {
            // Both at once: until each partition has told its clock, time stands still.
            output.collect(BatchRecord.assigned(Topics.PACKETS, 0));
            output.collect(BatchRecord.assigned(Topics.DNS, 0));
            announced = true;
        }
        BatchRecord record = queue.poll();
        if (record != null) {
            output.collect(record);
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
