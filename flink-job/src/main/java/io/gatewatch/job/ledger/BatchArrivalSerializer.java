package io.gatewatch.job.ledger;

import io.gatewatch.job.type.ImmutableSerializer;
import io.gatewatch.job.type.OwnType;
import io.gatewatch.job.type.VersionedSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The arrival as {@link BatchArrival#write} writes it. */
public final class BatchArrivalSerializer extends ImmutableSerializer<BatchArrival> {
    private static final long serialVersionUID = 1L;

    public static final OwnType<BatchArrival> TYPE =
            new OwnType<>(BatchArrival.class, new BatchArrivalSerializer());

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void serialize(BatchArrival arrival, DataOutputView target) throws IOException {
        arrival.write(target);
    }

    @Override
    public BatchArrival deserialize(DataInputView source) throws IOException {
        return BatchArrival.read(source);
    }

    @Override
    public TypeSerializerSnapshot<BatchArrival> snapshotConfiguration() {
        return new Snapshot();
    }

    /** See {@link VersionedSnapshot}. */
    public static final class Snapshot extends VersionedSnapshot<BatchArrival> {
        public Snapshot() {
            super(BatchArrivalSerializer::new);
        }
    }
}
