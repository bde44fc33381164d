package io.gatewatch.job.session;

import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.traffic.session.SessionState;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateEntry;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.internal.InternalKvState;
import org.apache.flink.runtime.state.internal.InternalKvState.StateIncrementalVisitor;

/**
 * Shows every session that a subtask holds. On the heap they are looked at where they are: read
 * through the state of their key, each would be copied while a snapshot is being written, and a
 * full heap would have to hold them twice. The current key is another one afterwards.
 */
final class SessionScan {
    private static final int ENTRIES_AT_ONCE = 1024;

    private final KeyedStateBackend<FlowKey> backend;
    private final ValueState<SessionState> sessions;

    /** Takes a session, which it must not change. */
    interface Visitor {
        void visit(FlowKey key, SessionState state);
    }

    SessionScan(KeyedStateBackend<FlowKey> backend, ValueState<SessionState> sessions) {
        this.backend = backend;
        this.sessions = sessions;
    }

    void forEach(Visitor visitor) throws IOException {
        StateIncrementalVisitor<FlowKey, ?, SessionState> entries = entries();
        if (entries == null) {
            forEachKey(visitor);
            return;
        }
        while (entries.hasNext()) {
            for (StateEntry<FlowKey, ?, SessionState> entry : entries.nextEntries()) {
                visitor.visit(entry.getKey(), entry.getState());
            }
        }
    }

    /** Null where sessions are not on the heap. */
    private StateIncrementalVisitor<FlowKey, ?, SessionState> entries() {
        try {
            @SuppressWarnings("unchecked") // what the state was made with
            InternalKvState<FlowKey, VoidNamespace, SessionState> state =
                    (InternalKvState<FlowKey, VoidNamespace, SessionState>) sessions;
            return state.getStateIncrementalVisitor(ENTRIES_AT_ONCE);
        } catch (UnsupportedOperationException e) {
            return null;
        }
    }

    private void forEachKey(Visitor visitor) throws IOException {
        List<FlowKey> keys;
        try (Stream<FlowKey> stream =
                backend.getKeys(SessionFunction.STATE_SESSION, VoidNamespace.INSTANCE)) {
            keys = stream.toList();
        }
        for (FlowKey key : keys) {
            backend.setCurrentKey(key);
            SessionState state = sessions.value();
            if (state != null) {
                visitor.visit(key, state);
            }
        }
    }
}
