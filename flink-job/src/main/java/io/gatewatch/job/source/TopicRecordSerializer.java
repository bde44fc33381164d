package io.gatewatch.job.source;

import io.gatewatch.job.type.ImmutableSerializer;
import io.gatewatch.job.type.OwnType;
import io.gatewatch.job.type.VersionedSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Topic, partition (4), offset (8), append time (8), length (4), bytes, headers. */
public final class TopicRecordSerializer extends ImmutableSerializer<TopicRecord> {
    private static final long serialVersionUID = 1L;

    public static final OwnType<TopicRecord> TYPE =
            new OwnType<>(TopicRecord.class, new TopicRecordSerializer());

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void serialize(TopicRecord record, DataOutputView target) throws IOException {
        target.writeUTF(record.topic());
        target.writeInt(record.partition());
        target.writeLong(record.offset());
        target.writeLong(record.appendTimeMs());
        RecordHeaders.writeBytes(record.value(), target);
        RecordHeaders.write(record.headers(), target);
    }

    @Override
    public TopicRecord deserialize(DataInputView source) throws IOException {
        return new TopicRecord(
                source.readUTF(),
                source.readInt(),
                source.readLong(),
                source.readLong(),
                RecordHeaders.readBytes(source),
                RecordHeaders.read(source));
    }

    @Override
    public TypeSerializerSnapshot<TopicRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** See {@link VersionedSnapshot}. */
    public static final class Snapshot extends VersionedSnapshot<TopicRecord> {
        public Snapshot() {
            super(TopicRecordSerializer::new);
        }
    }
}
