package io.gatewatch.job.session;

import io.gatewatch.job.type.ImmutableSerializer;
import io.gatewatch.job.type.OwnType;
import io.gatewatch.job.type.VersionedSnapshot;
import io.gatewatch.traffic.flow.FlowKey;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The key as {@link FlowKey#write} writes it. */
public final class FlowKeySerializer extends ImmutableSerializer<FlowKey> {
    private static final long serialVersionUID = 1L;

    public static final OwnType<FlowKey> TYPE =
            new OwnType<>(FlowKey.class, new FlowKeySerializer());

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void serialize(FlowKey key, DataOutputView target) throws IOException {
        key.write(target);
    }

    @Override
    public FlowKey deserialize(DataInputView source) throws IOException {
        return FlowKey.read(source);
    }

    @Override
    public TypeSerializerSnapshot<FlowKey> snapshotConfiguration() {
        return new Snapshot();
    }

    /** See {@link VersionedSnapshot}. */
    public static final class Snapshot extends VersionedSnapshot<FlowKey> {
        public Snapshot() {
            super(FlowKeySerializer::new);
        }
    }
}
