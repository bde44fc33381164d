package io.gatewatch.job.names;

import io.gatewatch.dns.names.NameKey;
import io.gatewatch.job.type.ImmutableSerializer;
import io.gatewatch.job.type.VersionedSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The key as it writes itself. */
public final class NameKeySerializer extends ImmutableSerializer<NameKey> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void serialize(NameKey key, DataOutputView target) throws IOException {
        key.write(target);
    }

    @Override
    public NameKey deserialize(DataInputView source) throws IOException {
        return NameKey.read(source);
    }

    @Override
    public TypeSerializerSnapshot<NameKey> snapshotConfiguration() {
        return new Snapshot();
    }

    /** See {@link VersionedSnapshot}. */
    public static final class Snapshot extends VersionedSnapshot<NameKey> {
        public Snapshot() {
            super(NameKeySerializer::new);
        }
    }
}
