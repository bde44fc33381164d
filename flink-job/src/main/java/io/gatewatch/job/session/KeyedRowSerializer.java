package io.gatewatch.job.session;

import io.gatewatch.job.type.ImmutableSerializer;
import io.gatewatch.job.type.OwnType;
import io.gatewatch.job.type.VersionedSnapshot;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.traffic.session.SessionRow;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Key and row, as each writes itself, and whether it is news (1). A row belongs to whoever receives
 * it: no copy.
 */
public final class KeyedRowSerializer extends ImmutableSerializer<KeyedRow> {
    private static final long serialVersionUID = 1L;

    public static final OwnType<KeyedRow> TYPE =
            new OwnType<>(KeyedRow.class, new KeyedRowSerializer());

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void serialize(KeyedRow keyed, DataOutputView target) throws IOException {
        keyed.key().write(target);
        keyed.row().write(target);
        target.writeBoolean(keyed.news());
    }

    @Override
    public KeyedRow deserialize(DataInputView source) throws IOException {
        return new KeyedRow(FlowKey.read(source), SessionRow.read(source), source.readBoolean());
    }

    @Override
    public TypeSerializerSnapshot<KeyedRow> snapshotConfiguration() {
        return new Snapshot();
    }

    /** See {@link VersionedSnapshot}. */
    public static final class Snapshot extends VersionedSnapshot<KeyedRow> {
        public Snapshot() {
            super(KeyedRowSerializer::new);
        }
    }
}
