package io.gatewatch.job;

import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** An operator harness of one subtask whose closing cannot be interrupted. */
public final class OperatorHarness<I, O> extends OneInputStreamOperatorTestHarness<I, O> {
    public OperatorHarness(OneInputStreamOperator<I, O> operator) throws Exception {
        super(operator, 1, 1, 0);
    }

    @Override
    public void close() {
        try {
            super.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
