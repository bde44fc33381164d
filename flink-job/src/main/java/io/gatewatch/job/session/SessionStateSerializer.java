package io.gatewatch.job.session;

import io.gatewatch.job.type.VersionedSerializer;
import io.gatewatch.job.type.VersionedSnapshot;
import io.gatewatch.traffic.session.SessionState;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The state as {@link SessionState#write} writes it. The machine changes states in place, so a copy
 * is a deep one: the heap backend takes it while a snapshot is being written.
 */
public final class SessionStateSerializer extends VersionedSerializer<SessionState> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
        return 1;
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public SessionState copy(SessionState from) {
        return from.copy();
    }

    @Override
    public void serialize(SessionState state, DataOutputView target) throws IOException {
        state.write(target);
    }

    @Override
    public SessionState deserialize(DataInputView source) throws IOException {
        return SessionState.read(source);
    }

    @Override
    public TypeSerializerSnapshot<SessionState> snapshotConfiguration() {
        return new Snapshot();
    }

    /** See {@link VersionedSnapshot}. */
    public static final class Snapshot extends VersionedSnapshot<SessionState> {
        public Snapshot() {
            super(SessionStateSerializer::new);
        }
    }
}
