package io.gatewatch.job.session;

import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.traffic.session.SessionSettings;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** A harness of the session operator whose closing cannot be interrupted. */
final class SessionsHarness
        extends KeyedOneInputStreamOperatorTestHarness<FlowKey, FlowSlice, KeyedRow> {
    SessionsHarness(SessionSettings settings, int maxParallelism, int parallelism, int subtask)
            throws Exception {
        super(
                new SessionOperator(settings),
                FlowSlice::key,
                FlowKeySerializer.TYPE,
                maxParallelism,
                parallelism,
                subtask);
    }

    long openSessions() {
        return ((SessionOperator) getOperator()).openSessions();
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
