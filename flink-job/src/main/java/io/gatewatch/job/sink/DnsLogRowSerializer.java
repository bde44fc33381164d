package io.gatewatch.job.sink;

import io.gatewatch.dns.log.DnsLogRow;
import io.gatewatch.job.type.ImmutableSerializer;
import io.gatewatch.job.type.OwnType;
import io.gatewatch.job.type.VersionedSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The row as it writes itself. It belongs to whoever receives it: no copy. */
public final class DnsLogRowSerializer extends ImmutableSerializer<DnsLogRow> {
    private static final long serialVersionUID = 1L;

    public static final OwnType<DnsLogRow> TYPE =
            new OwnType<>(DnsLogRow.class, new DnsLogRowSerializer());

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void serialize(DnsLogRow row, DataOutputView target) throws IOException {
        row.write(target);
    }

    @Override
    public DnsLogRow deserialize(DataInputView source) throws IOException {
        return DnsLogRow.read(source);
    }

    @Override
    public TypeSerializerSnapshot<DnsLogRow> snapshotConfiguration() {
        return new Snapshot();
    }

    /** See {@link VersionedSnapshot}. */
    public static final class Snapshot extends VersionedSnapshot<DnsLogRow> {
        public Snapshot() {
            super(DnsLogRowSerializer::new);
        }
    }
}
