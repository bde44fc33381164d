package io.gatewatch.job.source.capture;

import io.gatewatch.capture.CaptureFeed;
import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.capture.batch.FlowBatcher;
import io.gatewatch.capture.file.CaptureReader;
import io.gatewatch.job.source.BatchRecord;
import io.gatewatch.wire.PacketBatch;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

/**
 * Reads frames when a batch is asked for, so the job's own back pressure holds the reading. Runs in
 * its task's thread alone.
 */
final class CaptureBatchReader implements SourceReader<BatchRecord, CapturePartition> {
    /** After so many frames without a batch the task may look at its mail (a cancellation). */
    private static final int FRAMES_PER_POLL = 4096;

    private final OpenCapture capture;
    private final CaptureReader input;
    private final FlowBatcher batcher;
    private final CaptureFeed feed;
    private final PacketBatch checker = new PacketBatch();
    private final ArrayDeque<BatchRecord> ready = new ArrayDeque<>();
    private final Map<BatchTopic, SourceOutput<BatchRecord>> outputs =
            new EnumMap<>(BatchTopic.class);
    private final CompletableFuture<Void> assigned = new CompletableFuture<>();
    private boolean ended;

    CaptureBatchReader(OpenCapture capture) {
        this.capture = capture;
        this.input = capture.reader();
        this.batcher = new FlowBatcher(capture.settings(), capture.counters(), this::accept);
        this.feed = new CaptureFeed(input, batcher);
    }

    private boolean accept(BatchTopic topic, int partition, byte[] bytes, int length, int packets) {
        byte[] batch = Arrays.copyOf(bytes, length);
        ready.add(BatchRecord.of(topic, partition, BatchRecord.NO_APPEND_TIME, batch, checker));
        return true;
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
        if (ready.isEmpty() && !ended) {
            readUntilBatch();
        }
        BatchRecord record = ready.poll();
        if (record != null) {
            outputs.get(record.topic()).collect(record);
        }
        return ended && ready.isEmpty() ? InputStatus.END_OF_INPUT : InputStatus.MORE_AVAILABLE;
    }

    private void readUntilBatch() throws IOException {
        for (int i = 0; i < FRAMES_PER_POLL && ready.isEmpty(); i++) {
            if (!feed.read()) {
                batcher.endOfCapture(false);
                ended = true;
                break;
            }
            feed.ship();
        }
        capture.progress(input.bytesRead(), feed.frames());
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
    public CompletableFuture<Void> isAvailable() {
        return assigned;
    }

    @Override
    public List<CapturePartition> snapshotState(long checkpointId) {
        return List.of();
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
