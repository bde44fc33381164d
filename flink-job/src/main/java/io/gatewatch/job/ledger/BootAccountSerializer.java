package io.gatewatch.job.ledger;

import io.gatewatch.job.type.VersionedSerializer;
import io.gatewatch.job.type.VersionedSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The account as {@link BootAccount#write} writes it. */
public final class BootAccountSerializer extends VersionedSerializer<BootAccount> {
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
    public BootAccount copy(BootAccount from) {
        return from.copy();
    }

    @Override
    public void serialize(BootAccount boot, DataOutputView target) throws IOException {
        boot.write(target);
    }

    @Override
    public BootAccount deserialize(DataInputView source) throws IOException {
        return BootAccount.read(source);
    }

    @Override
    public TypeSerializerSnapshot<BootAccount> snapshotConfiguration() {
        return new Snapshot();
    }

    /** See {@link VersionedSnapshot}. */
    public static final class Snapshot extends VersionedSnapshot<BootAccount> {
        public Snapshot() {
            super(BootAccountSerializer::new);
        }
    }
}
