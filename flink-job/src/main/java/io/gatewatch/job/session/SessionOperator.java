package io.gatewatch.job.session;

import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.traffic.session.SessionSettings;
import java.util.stream.Stream;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;

/**
 * Runs the {@link SessionFunction} and shows how many sessions its subtask holds. An operator,
 * because a function cannot see the keys of its state, which are counted once after a restore.
 */
public final class SessionOperator extends KeyedProcessOperator<FlowKey, FlowSlice, KeyedRow> {
    private static final long serialVersionUID = 1L;

    private final SessionFunction function;

    private transient boolean restored;
    private transient long heldAtStart;

    public SessionOperator(SessionSettings settings) {
        this(new SessionFunction(settings));
    }

    private SessionOperator(SessionFunction function) {
        super(function);
        this.function = function;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        restored = context.isRestored();
    }

    @Override
    public void open() throws Exception {
        super.open();
        heldAtStart = restored ? keys() : 0;
        Gauge<Long> open = this::openSessions;
        getMetricGroup().gauge("openSessions", open);
    }

    private long keys() {
        try (Stream<FlowKey> keys =
                this.<FlowKey>getKeyedStateBackend()
                        .getKeys(SessionFunction.STATE_SESSION, VoidNamespace.INSTANCE)) {
            return keys.count();
        }
    }

    /** Sessions in state: open, or ended and waiting for what trails. */
    long openSessions() {
        return heldAtStart + function.opened() - function.finished();
    }
}
