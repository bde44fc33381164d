package io.gatewatch.job.session;

import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.job.type.ImmutableSerializer;
import io.gatewatch.job.type.VersionedSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Topic (1), partition (4), site, gateway, boot id (8), sequence (8), dropped (8), gap (1), heard
 * (8).
 */
public final class HighWaterMarkSerializer extends ImmutableSerializer<HighWaterMark> {
    private static final long serialVersionUID = 1L;
    private static final BatchTopic[] TOPICS = BatchTopic.values();

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void serialize(HighWaterMark mark, DataOutputView target) throws IOException {
        BatchOrigin origin = mark.origin();
        target.writeByte(origin.topic().ordinal());
        target.writeInt(origin.partition());
        target.writeUTF(origin.site());
        target.writeUTF(origin.gateway());
        target.writeLong(origin.bootId());
        target.writeLong(mark.sequence());
        target.writeLong(mark.dropped());
        target.writeBoolean(mark.gap());
        target.writeLong(mark.heardNs());
    }

    @Override
    public HighWaterMark deserialize(DataInputView source) throws IOException {
        BatchOrigin origin =
                new BatchOrigin(
                        TOPICS[source.readByte()],
                        source.readInt(),
                        source.readUTF(),
                        source.readUTF(),
                        source.readLong());
        return new HighWaterMark(
                origin,
                source.readLong(),
                source.readLong(),
                source.readBoolean(),
                source.readLong());
    }

    @Override
    public TypeSerializerSnapshot<HighWaterMark> snapshotConfiguration() {
        return new Snapshot();
    }

    /** See {@link VersionedSnapshot}. */
    public static final class Snapshot extends VersionedSnapshot<HighWaterMark> {
        public Snapshot() {
            super(HighWaterMarkSerializer::new);
        }
    }
}
