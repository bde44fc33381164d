package io.gatewatch.job.sink;

import io.gatewatch.traffic.session.SessionRow;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The {@link RowBuffer} before a sink. It is emptied when it is full, when its oldest row has
 * waited long enough, at the end of the input, and before every checkpoint barrier: so it needs no
 * state, and what a checkpoint covers has been handed to the sink.
 */
public final class RowBufferOperator extends AbstractStreamOperator<SessionRow>
        implements OneInputStreamOperator<SessionRow, SessionRow>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private final int maxRows;
    private final long maxWaitMs;

    private transient RowBuffer buffer;
    private transient StreamRecord<SessionRow> outgoing;
    private transient ScheduledFuture<?> timer;

    /**
     * @param maxRows rows held at most
     * @param maxWaitMs how long a row is held at most
     */
    public RowBufferOperator(int maxRows, long maxWaitMs) {
        this.maxRows = maxRows;
        this.maxWaitMs = maxWaitMs;
    }

    @Override
    public void open() throws Exception {
        super.open();
        buffer = new RowBuffer();
        outgoing = new StreamRecord<>(null);
    }

    @Override
    public void processElement(StreamRecord<SessionRow> element) {
        buffer.put(element.getValue());
        if (buffer.size() >= maxRows) {
            empty();
        } else if (timer == null) {
            long now = getProcessingTimeService().getCurrentProcessingTime();
            timer = getProcessingTimeService().registerTimer(now + maxWaitMs, this::onTimer);
        }
    }

    private void onTimer(long timestamp) {
        timer = null;
        empty();
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        empty();
    }

    @Override
    public void endInput() {
        empty();
    }

    private void empty() {
        buffer.drainTo(row -> output.collect(outgoing.replace(row)));
    }
}
