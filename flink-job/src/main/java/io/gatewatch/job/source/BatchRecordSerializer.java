package io.gatewatch.job.source;

import io.gatewatch.job.type.ImmutableSerializer;
import io.gatewatch.job.type.OwnType;
import io.gatewatch.job.type.VersionedSnapshot;
import io.gatewatch.wire.PacketBatch;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Whether it is an assignment (1) and the record that the batch came in; its bytes are checked
 * again. Source and cut are chained, so this is on no hot path.
 */
public final class BatchRecordSerializer extends ImmutableSerializer<BatchRecord> {
    private static final long serialVersionUID = 1L;

    public static final OwnType<BatchRecord> TYPE =
            new OwnType<>(BatchRecord.class, new BatchRecordSerializer());

    private static final TopicRecordSerializer RECORDS = new TopicRecordSerializer();

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void serialize(BatchRecord record, DataOutputView target) throws IOException {
        target.writeBoolean(record.isAssignment());
        RECORDS.serialize(record.origin(), target);
    }

    @Override
    public BatchRecord deserialize(DataInputView source) throws IOException {
        boolean assignment = source.readBoolean();
        TopicRecord origin = RECORDS.deserialize(source);
        return assignment
                ? BatchRecord.assigned(origin.topic(), origin.partition())
                : BatchRecord.of(origin, new PacketBatch());
    }

    @Override
    public TypeSerializerSnapshot<BatchRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** See {@link VersionedSnapshot}. */
    public static final class Snapshot extends VersionedSnapshot<BatchRecord> {
        public Snapshot() {
            super(BatchRecordSerializer::new);
        }
    }
}
