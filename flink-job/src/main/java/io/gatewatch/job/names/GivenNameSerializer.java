package io.gatewatch.job.names;

import io.gatewatch.job.type.ImmutableSerializer;
import io.gatewatch.job.type.VersionedSnapshot;
import io.gatewatch.traffic.flow.SharedStrings;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Id of the session (16), settled (1), whether there is a name (1) and its parts. */
public final class GivenNameSerializer extends ImmutableSerializer<GivenName> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void serialize(GivenName given, DataOutputView target) throws IOException {
        target.writeLong(given.idHigh());
        target.writeLong(given.idLow());
        target.writeBoolean(given.settled());
        target.writeBoolean(given.host() != null);
        if (given.host() != null) {
            target.writeUTF(given.host());
            target.writeUTF(given.source());
            target.writeInt(given.ageS());
            target.writeInt(given.ttlS());
        }
    }

    @Override
    public GivenName deserialize(DataInputView source) throws IOException {
        long idHigh = source.readLong();
        long idLow = source.readLong();
        boolean settled = source.readBoolean();
        if (!source.readBoolean()) {
            return new GivenName(idHigh, idLow, null, null, 0, 0, settled);
        }
        return new GivenName(
                idHigh,
                idLow,
                source.readUTF(),
                SharedStrings.read(source),
                source.readInt(),
                source.readInt(),
                settled);
    }

    @Override
    public TypeSerializerSnapshot<GivenName> snapshotConfiguration() {
        return new Snapshot();
    }

    /** See {@link VersionedSnapshot}. */
    public static final class Snapshot extends VersionedSnapshot<GivenName> {
        public Snapshot() {
            super(GivenNameSerializer::new);
        }
    }
}
