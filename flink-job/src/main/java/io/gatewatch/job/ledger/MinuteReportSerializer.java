package io.gatewatch.job.ledger;

import io.gatewatch.job.type.ImmutableSerializer;
import io.gatewatch.job.type.OwnType;
import io.gatewatch.job.type.VersionedSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The report as {@link MinuteReport#write} writes it. */
public final class MinuteReportSerializer extends ImmutableSerializer<MinuteReport> {
    private static final long serialVersionUID = 1L;

    public static final OwnType<MinuteReport> TYPE =
            new OwnType<>(MinuteReport.class, new MinuteReportSerializer());

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void serialize(MinuteReport report, DataOutputView target) throws IOException {
        report.write(target);
    }

    @Override
    public MinuteReport deserialize(DataInputView source) throws IOException {
        return MinuteReport.read(source);
    }

    @Override
    public TypeSerializerSnapshot<MinuteReport> snapshotConfiguration() {
        return new Snapshot();
    }

    /** See {@link VersionedSnapshot}. */
    public static final class Snapshot extends VersionedSnapshot<MinuteReport> {
        public Snapshot() {
            super(MinuteReportSerializer::new);
        }
    }
}
