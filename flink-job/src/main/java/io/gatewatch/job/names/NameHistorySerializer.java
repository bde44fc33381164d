package io.gatewatch.job.names;

import io.gatewatch.dns.names.NameHistory;
import io.gatewatch.job.type.ImmutableSerializer;
import io.gatewatch.job.type.VersionedSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The history as it writes itself. */
public final class NameHistorySerializer extends ImmutableSerializer<NameHistory> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void serialize(NameHistory history, DataOutputView target) throws IOException {
        history.write(target);
    }

    @Override
    public NameHistory deserialize(DataInputView source) throws IOException {
        return NameHistory.read(source);
    }

    @Override
    public TypeSerializerSnapshot<NameHistory> snapshotConfiguration() {
        return new Snapshot();
    }

    /** See {@link VersionedSnapshot}. */
    public static final class Snapshot extends VersionedSnapshot<NameHistory> {
        public Snapshot() {
            super(NameHistorySerializer::new);
        }
    }
}
