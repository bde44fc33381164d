package io.gatewatch.job.names;

import io.gatewatch.dns.names.NameFact;
import io.gatewatch.dns.names.NameSource;
import io.gatewatch.job.type.ImmutableSerializer;
import io.gatewatch.job.type.OwnType;
import io.gatewatch.job.type.VersionedSnapshot;
import io.gatewatch.traffic.flow.SharedStrings;
import io.gatewatch.wire.address.IpAddress;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Kind (1), then of a name: site, client and address each as version (1, 0 for none) and two longs,
 * source (1), name, time (8), TTL (8).
 */
public final class BroadcastFactSerializer extends ImmutableSerializer<BroadcastFact> {
    private static final long serialVersionUID = 1L;
    private static final int NAME = 1;
    private static final int NO_ADDRESS = 0;
    private static final NameSource[] SOURCES = NameSource.values();

    public static final OwnType<BroadcastFact> TYPE =
            new OwnType<>(BroadcastFact.class, new BroadcastFactSerializer());

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void serialize(BroadcastFact fact, DataOutputView target) throws IOException {
        if (fact instanceof BroadcastFact.Name name) {
            target.writeByte(NAME);
            write(name.fact(), target);
        }
    }

    private static void write(NameFact fact, DataOutputView target) throws IOException {
        target.writeUTF(fact.site());
        write(fact.client(), target);
        write(fact.address(), target);
        target.writeByte(fact.source().ordinal());
        target.writeUTF(fact.name());
        target.writeLong(fact.timeNs());
        target.writeLong(fact.ttlSeconds());
    }

    private static void write(IpAddress address, DataOutputView target) throws IOException {
        if (address == null) {
            target.writeByte(NO_ADDRESS);
            return;
        }
        target.writeByte(address.version());
        target.writeLong(address.high());
        target.writeLong(address.low());
    }

    @Override
    public BroadcastFact deserialize(DataInputView source) throws IOException {
        int kind = source.readUnsignedByte();
        if (kind != NAME) {
            throw new IOException("broadcast fact of unknown kind " + kind);
        }
        return new BroadcastFact.Name(
                new NameFact(
                        SharedStrings.read(source),
                        readAddress(source),
                        readAddress(source),
                        SOURCES[source.readUnsignedByte()],
                        source.readUTF(),
                        source.readLong(),
                        source.readLong()));
    }

    private static IpAddress readAddress(DataInputView source) throws IOException {
        int version = source.readUnsignedByte();
        return version == NO_ADDRESS
                ? null
                : new IpAddress(version, source.readLong(), source.readLong());
    }

    @Override
    public TypeSerializerSnapshot<BroadcastFact> snapshotConfiguration() {
        return new Snapshot();
    }

    /** See {@link VersionedSnapshot}. */
    public static final class Snapshot extends VersionedSnapshot<BroadcastFact> {
        public Snapshot() {
            super(BroadcastFactSerializer::new);
        }
    }
}
