package io.gatewatch.job.session;

import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.job.type.ImmutableSerializer;
import io.gatewatch.job.type.VersionedSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Topic (1), partition (4), watermark (8). */
public final class PartitionTimeSerializer extends ImmutableSerializer<PartitionTime> {
    private static final long serialVersionUID = 1L;
    private static final BatchTopic[] TOPICS = BatchTopic.values();

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void serialize(PartitionTime time, DataOutputView target) throws IOException {
        target.writeByte(time.topic().ordinal());
        target.writeInt(time.partition());
        target.writeLong(time.watermarkNs());
    }

    @Override
    public PartitionTime deserialize(DataInputView source) throws IOException {
        BatchTopic topic = TOPICS[source.readByte()];
        return new PartitionTime(topic, source.readInt(), source.readLong());
    }

    @Override
    public TypeSerializerSnapshot<PartitionTime> snapshotConfiguration() {
        return new Snapshot();
    }

    /** See {@link VersionedSnapshot}. */
    public static final class Snapshot extends VersionedSnapshot<PartitionTime> {
        public Snapshot() {
            super(PartitionTimeSerializer::new);
        }
    }
}
