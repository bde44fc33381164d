package io.gatewatch.job.sink.lines;

import io.gatewatch.job.type.ImmutableSerializer;
import io.gatewatch.job.type.OwnType;
import io.gatewatch.job.type.VersionedSnapshot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Time (8), length of the id (1), id, length of the line (4), line. */
public final class SortedLineSerializer extends ImmutableSerializer<SortedLine> {
    private static final long serialVersionUID = 1L;

    public static final OwnType<SortedLine> TYPE =
            new OwnType<>(SortedLine.class, new SortedLineSerializer());

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void serialize(SortedLine line, DataOutputView target) throws IOException {
        write(line, target);
    }

    @Override
    public SortedLine deserialize(DataInputView source) throws IOException {
        return read(source);
    }

    static void write(SortedLine line, DataOutput target) throws IOException {
        target.writeLong(line.timeUs());
        target.writeByte(line.id().length);
        target.write(line.id());
        target.writeInt(line.bytes().length);
        target.write(line.bytes());
    }

    static SortedLine read(DataInput source) throws IOException {
        long timeUs = source.readLong();
        byte[] id = new byte[source.readUnsignedByte()];
        source.readFully(id);
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        return new SortedLine(timeUs, id, bytes);
    }

    @Override
    public TypeSerializerSnapshot<SortedLine> snapshotConfiguration() {
        return new Snapshot();
    }

    /** See {@link VersionedSnapshot}. */
    public static final class Snapshot extends VersionedSnapshot<SortedLine> {
        public Snapshot() {
            super(SortedLineSerializer::new);
        }
    }
}
