package io.gatewatch.job.ledger;

import io.gatewatch.job.type.ImmutableSerializer;
import io.gatewatch.job.type.OwnType;
import io.gatewatch.job.type.VersionedSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The key as {@link LedgerKey#write} writes it. */
public final class LedgerKeySerializer extends ImmutableSerializer<LedgerKey> {
    private static final long serialVersionUID = 1L;

    public static final OwnType<LedgerKey> TYPE =
            new OwnType<>(LedgerKey.class, new LedgerKeySerializer());

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void serialize(LedgerKey key, DataOutputView target) throws IOException {
        key.write(target);
    }

    @Override
    public LedgerKey deserialize(DataInputView source) throws IOException {
        return LedgerKey.read(source);
    }

    @Override
    public TypeSerializerSnapshot<LedgerKey> snapshotConfiguration() {
        return new Snapshot();
    }

    /** See {@link VersionedSnapshot}. */
    public static final class Snapshot extends VersionedSnapshot<LedgerKey> {
        public Snapshot() {
            super(LedgerKeySerializer::new);
        }
    }
}
