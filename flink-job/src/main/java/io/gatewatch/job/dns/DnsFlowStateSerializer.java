package io.gatewatch.job.dns;

import io.gatewatch.dns.log.DnsFlowState;
import io.gatewatch.job.type.VersionedSerializer;
import io.gatewatch.job.type.VersionedSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** The state as it writes itself. */
public final class DnsFlowStateSerializer extends VersionedSerializer<DnsFlowState> {
    private static final long serialVersionUID = 1L;
    private static final int USUAL_LENGTH = 64;

    @Override
    public int version() {
        return 1;
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public DnsFlowState copy(DnsFlowState from) {
        try {
            DataOutputSerializer bytes = new DataOutputSerializer(USUAL_LENGTH);
            from.write(bytes);
            return DnsFlowState.read(new DataInputDeserializer(bytes.getCopyOfBuffer()));
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
    }

    @Override
    public void serialize(DnsFlowState state, DataOutputView target) throws IOException {
        state.write(target);
    }

    @Override
    public DnsFlowState deserialize(DataInputView source) throws IOException {
        return DnsFlowState.read(source);
    }

    @Override
    public TypeSerializerSnapshot<DnsFlowState> snapshotConfiguration() {
        return new Snapshot();
    }

    /** See {@link VersionedSnapshot}. */
    public static final class Snapshot extends VersionedSnapshot<DnsFlowState> {
        public Snapshot() {
            super(DnsFlowStateSerializer::new);
        }
    }
}
