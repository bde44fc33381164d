package io.gatewatch.job.source.capture;

import io.gatewatch.capture.batch.BatchTopic;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Topic (1 byte), partition (4). */
final class CapturePartitionSerializer implements SimpleVersionedSerializer<CapturePartition> {
    private static final int VERSION = 1;
    private static final int LENGTH = 5;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(CapturePartition split) {
        return ByteBuffer.allocate(LENGTH)
                .put((byte) split.topic().ordinal())
                .putInt(split.partition())
                .array();
    }

    @Override
    public CapturePartition deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION || serialized.length != LENGTH) {
            throw new IOException("not a partition of a capture: version " + version);
        }
        ByteBuffer in = ByteBuffer.wrap(serialized);
        return new CapturePartition(BatchTopic.values()[in.get()], in.getInt());
    }
}
