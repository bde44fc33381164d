package io.gatewatch.job.gateways;

import io.gatewatch.job.type.ImmutableSerializer;
import io.gatewatch.job.type.OwnType;
import io.gatewatch.job.type.VersionedSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The fields in order; texts as length (4, -1 for null) and UTF-8. */
public final class GatewayRowSerializer extends ImmutableSerializer<GatewayRow> {
    private static final long serialVersionUID = 1L;
    private static final int NULL_LENGTH = -1;

    public static final OwnType<GatewayRow> TYPE =
            new OwnType<>(GatewayRow.class, new GatewayRowSerializer());

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void serialize(GatewayRow row, DataOutputView target) throws IOException {
        writeText(target, row.gateway);
        writeText(target, row.site);
        writeText(target, row.version);
        writeText(target, row.interfaces);
        target.writeLong(row.seenMs);
        target.writeLong(row.clockSkewMs);
        target.writeLong(row.captureClockNs);
        target.writeLong(row.bootId);
        writeText(target, row.lastReport);
        target.writeLong(row.captured);
        target.writeLong(row.decapsulated);
        target.writeLong(row.shipped);
        target.writeLong(row.kernelDropped);
        target.writeLong(row.queueDropped);
        target.writeLong(row.ownTraffic);
        target.writeLong(row.undecodable);
        target.writeLong(row.ignored);
        writeText(target, row.counters);
    }

    @Override
    public GatewayRow deserialize(DataInputView source) throws IOException {
        GatewayRow row = new GatewayRow();
        row.gateway = readText(source);
        row.site = readText(source);
        row.version = readText(source);
        row.interfaces = readText(source);
        row.seenMs = source.readLong();
        row.clockSkewMs = source.readLong();
        row.captureClockNs = source.readLong();
        row.bootId = source.readLong();
        row.lastReport = readText(source);
        row.captured = source.readLong();
        row.decapsulated = source.readLong();
        row.shipped = source.readLong();
        row.kernelDropped = source.readLong();
        row.queueDropped = source.readLong();
        row.ownTraffic = source.readLong();
        row.undecodable = source.readLong();
        row.ignored = source.readLong();
        row.counters = readText(source);
        return row;
    }

    private static void writeText(DataOutputView target, String text) throws IOException {
        if (text == null) {
            target.writeInt(NULL_LENGTH);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        target.writeInt(bytes.length);
        target.write(bytes);
    }

    private static String readText(DataInputView source) throws IOException {
        int length = source.readInt();
        if (length == NULL_LENGTH) {
            return null;
        }
        byte[] bytes = new byte[length];
        source.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public TypeSerializerSnapshot<GatewayRow> snapshotConfiguration() {
        return new Snapshot();
    }

    /** See {@link VersionedSnapshot}. */
    public static final class Snapshot extends VersionedSnapshot<GatewayRow> {
        public Snapshot() {
            super(GatewayRowSerializer::new);
        }
    }
}
