package io.gatewatch.job.ledger;

import io.gatewatch.job.type.VersionedSerializer;
import io.gatewatch.job.type.VersionedSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The account as {@link MinuteAccount#write} writes it. */
public final class MinuteAccountSerializer extends VersionedSerializer<MinuteAccount> {
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
    public MinuteAccount copy(MinuteAccount from) {
        return from.copy();
    }

    @Override
    public void serialize(MinuteAccount account, DataOutputView target) throws IOException {
        account.write(target);
    }

    @Override
    public MinuteAccount deserialize(DataInputView source) throws IOException {
        return MinuteAccount.read(source);
    }

    @Override
    public TypeSerializerSnapshot<MinuteAccount> snapshotConfiguration() {
        return new Snapshot();
    }

    /** See {@link VersionedSnapshot}. */
    public static final class Snapshot extends VersionedSnapshot<MinuteAccount> {
        public Snapshot() {
            super(MinuteAccountSerializer::new);
        }
    }
}
