package io.gatewatch.job.session;

import io.gatewatch.job.type.ImmutableSerializer;
import io.gatewatch.job.type.OwnType;
import io.gatewatch.job.type.VersionedSnapshot;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.traffic.flow.SharedStrings;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Key, gateway, boot id (8), minute (8), watermark (8), base time (8), flags (1), length (4), the
 * flow block's bytes as they stand in the batch: packets are copied, never decoded.
 */
public final class FlowSliceSerializer extends ImmutableSerializer<FlowSlice> {
    private static final long serialVersionUID = 1L;

    public static final OwnType<FlowSlice> TYPE =
            new OwnType<>(FlowSlice.class, new FlowSliceSerializer());

    private static final int IDENTITY = 1;
    private static final int GAP = 1 << 1;

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void serialize(FlowSlice slice, DataOutputView target) throws IOException {
        slice.key().write(target);
        target.writeUTF(slice.gateway());
        target.writeLong(slice.bootId());
        target.writeLong(slice.minute());
        target.writeLong(slice.watermarkNs());
        target.writeLong(slice.baseTimeNs());
        target.writeByte((slice.packetIdentity() ? IDENTITY : 0) | (slice.gap() ? GAP : 0));
        target.writeInt(slice.length());
        target.write(slice.bytes(), slice.offset(), slice.length());
    }

    @Override
    public FlowSlice deserialize(DataInputView source) throws IOException {
        FlowKey key = FlowKey.read(source);
        String gateway = SharedStrings.read(source);
        long bootId = source.readLong();
        long minute = source.readLong();
        long watermarkNs = source.readLong();
        long baseTimeNs = source.readLong();
        int flags = source.readByte();
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        return new FlowSlice(
                key,
                gateway,
                bootId,
                minute,
                watermarkNs,
                baseTimeNs,
                (flags & IDENTITY) != 0,
                (flags & GAP) != 0,
                bytes,
                0,
                bytes.length);
    }

    @Override
    public TypeSerializerSnapshot<FlowSlice> snapshotConfiguration() {
        return new Snapshot();
    }

    /** See {@link VersionedSnapshot}. */
    public static final class Snapshot extends VersionedSnapshot<FlowSlice> {
        public Snapshot() {
            super(FlowSliceSerializer::new);
        }
    }
}
