package io.gatewatch.job.source;

import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.job.type.ImmutableSerializer;
import io.gatewatch.job.type.OwnType;
import io.gatewatch.job.type.VersionedSnapshot;
import io.gatewatch.wire.PacketBatch;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Topic (1), partition (4), append time (8), length (4), bytes, whether a label follows (1), its
 * fields. Source and cut are chained, so this is on no hot path.
 */
public final class BatchRecordSerializer extends ImmutableSerializer<BatchRecord> {
    private static final long serialVersionUID = 1L;

    public static final OwnType<BatchRecord> TYPE =
            new OwnType<>(BatchRecord.class, new BatchRecordSerializer());

    private static final BatchTopic[] TOPICS = BatchTopic.values();

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void serialize(BatchRecord record, DataOutputView target) throws IOException {
        target.writeByte(record.topic().ordinal());
        target.writeInt(record.partition());
        target.writeLong(record.appendTimeMs());
        target.writeInt(record.bytes().length);
        target.write(record.bytes());
        target.writeBoolean(record.label() != null);
        if (record.label() != null) {
            write(record.label(), target);
        }
    }

    private static void write(BatchLabel label, DataOutputView target) throws IOException {
        target.writeUTF(label.site());
        target.writeUTF(label.gateway());
        target.writeLong(label.bootId());
        target.writeLong(label.sequence());
        target.writeLong(label.minute());
        target.writeInt(label.packets());
    }

    @Override
    public BatchRecord deserialize(DataInputView source) throws IOException {
        BatchTopic topic = TOPICS[source.readByte()];
        int partition = source.readInt();
        long appendTimeMs = source.readLong();
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        BatchRecord record =
                BatchRecord.of(topic, partition, appendTimeMs, bytes, new PacketBatch());
        return source.readBoolean() ? record.labelled(readLabel(source)) : record;
    }

    private static BatchLabel readLabel(DataInputView source) throws IOException {
        return new BatchLabel(
                source.readUTF(),
                source.readUTF(),
                source.readLong(),
                source.readLong(),
                source.readLong(),
                source.readInt());
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
