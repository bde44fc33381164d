package io.gatewatch.job.source.capture;

import io.gatewatch.capture.batch.BatchTopic;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;

/** Gives partition 0 of both topics to the only reader. */
final class CaptureEnumerator implements SplitEnumerator<CapturePartition, Void> {
    private final SplitEnumeratorContext<CapturePartition> context;

    CaptureEnumerator(SplitEnumeratorContext<CapturePartition> context) {
        this.context = context;
    }

    @Override
    public void start() {
        // Readers register themselves.
    }

    @Override
    public void addReader(int subtask) {
        List<CapturePartition> splits =
                List.of(
                        new CapturePartition(BatchTopic.PACKETS, 0),
                        new CapturePartition(BatchTopic.DNS, 0));
        context.assignSplits(new SplitsAssignment<>(Map.of(subtask, splits)));
        context.signalNoMoreSplits(subtask);
    }

    @Override
    public void handleSplitRequest(int subtask, String hostname) {
        // All there is was given when the reader came.
    }

    @Override
    public void addSplitsBack(List<CapturePartition> splits, int subtask) {
        // Not resumed: the job fails with its reader.
    }

    @Override
    public Void snapshotState(long checkpointId) {
        return null;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
