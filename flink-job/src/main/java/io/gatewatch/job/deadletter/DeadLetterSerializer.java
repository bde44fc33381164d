package io.gatewatch.job.deadletter;

import io.gatewatch.job.source.RecordHeaders;
import io.gatewatch.job.type.ImmutableSerializer;
import io.gatewatch.job.type.OwnType;
import io.gatewatch.job.type.VersionedSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Key, length (4), value, headers. */
public final class DeadLetterSerializer extends ImmutableSerializer<DeadLetter> {
    private static final long serialVersionUID = 1L;

    public static final OwnType<DeadLetter> TYPE =
            new OwnType<>(DeadLetter.class, new DeadLetterSerializer());

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void serialize(DeadLetter letter, DataOutputView target) throws IOException {
        target.writeUTF(letter.key());
        RecordHeaders.writeBytes(letter.value(), target);
        RecordHeaders.write(letter.headers(), target);
    }

    @Override
    public DeadLetter deserialize(DataInputView source) throws IOException {
        return new DeadLetter(
                source.readUTF(), RecordHeaders.readBytes(source), RecordHeaders.read(source));
    }

    @Override
    public TypeSerializerSnapshot<DeadLetter> snapshotConfiguration() {
        return new Snapshot();
    }

    /** See {@link VersionedSnapshot}. */
    public static final class Snapshot extends VersionedSnapshot<DeadLetter> {
        public Snapshot() {
            super(DeadLetterSerializer::new);
        }
    }
}
