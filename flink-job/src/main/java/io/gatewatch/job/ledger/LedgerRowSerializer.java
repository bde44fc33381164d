package io.gatewatch.job.ledger;

import io.gatewatch.job.type.ImmutableSerializer;
import io.gatewatch.job.type.OwnType;
import io.gatewatch.job.type.VersionedSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The row as {@link LedgerRow#write} writes it. */
public final class LedgerRowSerializer extends ImmutableSerializer<LedgerRow> {
    private static final long serialVersionUID = 1L;

    public static final OwnType<LedgerRow> TYPE =
            new OwnType<>(LedgerRow.class, new LedgerRowSerializer());

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void serialize(LedgerRow row, DataOutputView target) throws IOException {
        row.write(target);
    }

    @Override
    public LedgerRow deserialize(DataInputView source) throws IOException {
        return LedgerRow.read(source);
    }

    @Override
    public TypeSerializerSnapshot<LedgerRow> snapshotConfiguration() {
        return new Snapshot();
    }

    /** See {@link VersionedSnapshot}. */
    public static final class Snapshot extends VersionedSnapshot<LedgerRow> {
        public Snapshot() {
            super(LedgerRowSerializer::new);
        }
    }
}
