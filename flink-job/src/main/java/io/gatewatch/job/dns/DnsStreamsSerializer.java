package io.gatewatch.job.dns;

import io.gatewatch.dns.log.DnsStreams;
import io.gatewatch.job.type.VersionedSerializer;
import io.gatewatch.job.type.VersionedSnapshot;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Both streams as they write themselves. */
public final class DnsStreamsSerializer extends VersionedSerializer<DnsStreams> {
    private static final long serialVersionUID = 1L;
    private static final int USUAL_LENGTH = 64;

    @Override
    public int version() {
        return 1;
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public DnsStreams copy(DnsStreams from) {
        try {
            DataOutputSerializer bytes = new DataOutputSerializer(USUAL_LENGTH);
            from.write(bytes);
            return DnsStreams.read(new DataInputDeserializer(bytes.getCopyOfBuffer()));
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
    }

    @Override
    public void serialize(DnsStreams streams, DataOutputView target) throws IOException {
        streams.write(target);
    }

    @Override
    public DnsStreams deserialize(DataInputView source) throws IOException {
        return DnsStreams.read(source);
    }

    @Override
    public TypeSerializerSnapshot<DnsStreams> snapshotConfiguration() {
        return new Snapshot();
    }

    /** See {@link VersionedSnapshot}. */
    public static final class Snapshot extends VersionedSnapshot<DnsStreams> {
        public Snapshot() {
            super(DnsStreamsSerializer::new);
        }
    }
}
