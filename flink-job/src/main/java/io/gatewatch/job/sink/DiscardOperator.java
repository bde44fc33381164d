package io.gatewatch.job.sink;

import io.gatewatch.job.deadletter.DeadLetter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Throws rows away, in the place of a table: what is before the database can then be measured
 * alone.
 *
 * @param <T> the rows
 */
public final class DiscardOperator<T> extends AbstractStreamOperator<DeadLetter>
        implements OneInputStreamOperator<T, DeadLetter> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(StreamRecord<T> element) {
        // Nothing is kept of it.
    }
}
