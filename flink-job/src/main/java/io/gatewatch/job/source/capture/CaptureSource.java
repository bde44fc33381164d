package io.gatewatch.job.source.capture;

import io.gatewatch.job.source.BatchRecord;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The batches of one {@link OpenCapture}, bounded, parallelism 1, without checkpoints: a run over
 * files is repeated, not resumed.
 */
public final class CaptureSource implements Source<BatchRecord, CapturePartition, Void> {
    private static final long serialVersionUID = 1L;

    private final String ticket;

    /**
     * @param ticket of {@link OpenCapture#leave}
     */
    public CaptureSource(String ticket) {
        this.ticket = ticket;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<BatchRecord, CapturePartition> createReader(SourceReaderContext context) {
        return new CaptureBatchReader(OpenCapture.take(ticket));
    }

    @Override
    public SplitEnumerator<CapturePartition, Void> createEnumerator(
            SplitEnumeratorContext<CapturePartition> context) {
        return new CaptureEnumerator(context);
    }

    @Override
    public SplitEnumerator<CapturePartition, Void> restoreEnumerator(
            SplitEnumeratorContext<CapturePartition> context, Void checkpoint) {
        throw new UnsupportedOperationException("a run over files is not resumed");
    }

    @Override
    public SimpleVersionedSerializer<CapturePartition> getSplitSerializer() {
        return new CapturePartitionSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Void> getEnumeratorCheckpointSerializer() {
        return new NothingSerializer();
    }
}
