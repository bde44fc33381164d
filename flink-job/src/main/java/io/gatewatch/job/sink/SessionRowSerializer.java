package io.gatewatch.job.sink;

import io.gatewatch.job.type.ImmutableSerializer;
import io.gatewatch.job.type.OwnType;
import io.gatewatch.job.type.VersionedSnapshot;
import io.gatewatch.traffic.session.SessionRow;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The row as {@link SessionRow#write} writes it. It belongs to whoever receives it: no copy. */
public final class SessionRowSerializer extends ImmutableSerializer<SessionRow> {
    private static final long serialVersionUID = 1L;

    public static final OwnType<SessionRow> TYPE =
            new OwnType<>(SessionRow.class, new SessionRowSerializer());

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void serialize(SessionRow row, DataOutputView target) throws IOException {
        row.write(target);
    }

    @Override
    public SessionRow deserialize(DataInputView source) throws IOException {
        return SessionRow.read(source);
    }

    @Override
    public TypeSerializerSnapshot<SessionRow> snapshotConfiguration() {
        return new Snapshot();
    }

    /** See {@link VersionedSnapshot}. */
    public static final class Snapshot extends VersionedSnapshot<SessionRow> {
        public Snapshot() {
            super(SessionRowSerializer::new);
        }
    }
}
