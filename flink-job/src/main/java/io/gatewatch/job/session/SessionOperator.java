package io.gatewatch.job.session;

import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.traffic.session.SessionSettings;
import io.gatewatch.traffic.session.SessionSurplus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the {@link SessionFunction}, and keeps the number of sessions in its subtask within the
 * limit. An operator, because a function cannot see the keys of its state, which are counted after
 * a restore and chosen from at the limit.
 */
public final class SessionOperator extends KeyedProcessOperator<FlowKey, FlowSlice, KeyedRow> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(SessionOperator.class);

    private final SessionFunction function;

    private transient boolean restored;
    private transient boolean limitSaid;
    private transient TimestampedCollector<KeyedRow> rows;

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
        rows = new TimestampedCollector<>(output);
        if (restored) {
            function.heldBefore(keys());
        }
    }

    private long keys() {
        try (Stream<FlowKey> keys =
                this.<FlowKey>getKeyedStateBackend()
                        .getKeys(SessionFunction.STATE_SESSION, VoidNamespace.INSTANCE)) {
            return keys.count();
        }
    }

    @Override
    public void processElement(StreamRecord<FlowSlice> element) throws Exception {
        super.processElement(element);
        int surplus = function.surplus();
        if (surplus > 0) {
            giveUp(surplus);
        }
    }

    private void giveUp(int surplus) throws IOException {
        if (!limitSaid) {
            limitSaid = true;
            LOG.warn("sessions={}: the limit is reached, some end early", function.held());
        }
        for (FlowKey key : chosen(surplus)) {
            setCurrentKey(key);
            function.giveUp(key, rows);
        }
    }

    private List<FlowKey> chosen(int count) throws IOException {
        SessionScan sessions = new SessionScan(getKeyedStateBackend(), function.sessions());
        SessionSurplus surplus = new SessionSurplus(count);
        sessions.forEach((key, state) -> surplus.consider(key.protocol(), state));
        surplus.choose();
        List<FlowKey> chosen = new ArrayList<>(count);
        sessions.forEach(
                (key, state) -> {
                    if (surplus.includes(key.protocol(), state)) {
                        chosen.add(key);
                    }
                });
        return chosen;
    }

    /** Sessions in state: open, or ended and waiting for what trails. */
    long openSessions() {
        return function.held();
    }
}
