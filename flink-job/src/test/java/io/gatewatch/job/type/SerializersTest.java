package io.gatewatch.job.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatewatch.job.deadletter.DeadLetterSerializer;
import io.gatewatch.job.dns.DnsFlowStateSerializer;
import io.gatewatch.job.gateways.GatewayRowSerializer;
import io.gatewatch.job.ledger.BatchArrivalSerializer;
import io.gatewatch.job.ledger.BootAccountSerializer;
import io.gatewatch.job.ledger.LedgerKeySerializer;
import io.gatewatch.job.ledger.LedgerRowSerializer;
import io.gatewatch.job.ledger.MinuteAccountSerializer;
import io.gatewatch.job.ledger.MinuteReportSerializer;
import io.gatewatch.job.names.BroadcastFactSerializer;
import io.gatewatch.job.names.GivenNameSerializer;
import io.gatewatch.job.names.NameHistorySerializer;
import io.gatewatch.job.names.NameKeySerializer;
import io.gatewatch.job.session.FlowKeySerializer;
import io.gatewatch.job.session.FlowSliceSerializer;
import io.gatewatch.job.session.HighWaterMarkSerializer;
import io.gatewatch.job.session.KeyedRowSerializer;
import io.gatewatch.job.session.PartitionTimeSerializer;
import io.gatewatch.job.session.SessionStateSerializer;
import io.gatewatch.job.sink.DnsLogRowSerializer;
import io.gatewatch.job.sink.SessionRowSerializer;
import io.gatewatch.job.sink.lines.SortedLineSerializer;
import io.gatewatch.job.source.BatchRecordSerializer;
import io.gatewatch.job.source.TopicRecordSerializer;
import java.io.IOException;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every serializer of ours, and how their versions get along. */
class SerializersTest {
    static Stream<VersionedSerializer<?>> serializers() {
        return Stream.of(
                new BatchArrivalSerializer(),
                new BatchRecordSerializer(),
                new BootAccountSerializer(),
                new BroadcastFactSerializer(),
                new DeadLetterSerializer(),
                new DnsFlowStateSerializer(),
                new DnsLogRowSerializer(),
                new FlowKeySerializer(),
                new FlowSliceSerializer(),
                new GatewayRowSerializer(),
                new GivenNameSerializer(),
                new HighWaterMarkSerializer(),
                new KeyedRowSerializer(),
                new LedgerKeySerializer(),
                new LedgerRowSerializer(),
                new MinuteAccountSerializer(),
                new MinuteReportSerializer(),
                new NameHistorySerializer(),
                new NameKeySerializer(),
                new PartitionTimeSerializer(),
                new SessionRowSerializer(),
                new SessionStateSerializer(),
                new SortedLineSerializer(),
                new TopicRecordSerializer());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("serializers")
    <T> void shouldComeBackFromASavepoint(VersionedSerializer<T> serializer) throws IOException {
        TypeSerializerSnapshot<T> read = reread(serializer.snapshotConfiguration());

        assertThat(read.restoreSerializer()).isEqualTo(serializer);
        assertThat(
                        serializer
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(read)
                                .isCompatibleAsIs())
                .isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("serializers")
    <T> void shouldBeShippedToTasks(VersionedSerializer<T> serializer) throws Exception {
        byte[] shipped = InstantiationUtil.serializeObject(serializer);

        Object arrived = InstantiationUtil.deserializeObject(shipped, getClass().getClassLoader());

        assertThat(arrived).isEqualTo(serializer).hasSameHashCodeAs(serializer);
    }

    @Test
    void shouldReadStateOfAnOlderVersionWithTheOlderSerializer() throws IOException {
        TypeSerializerSnapshot<String> old = reread(new TextSerializer(1).snapshotConfiguration());

        TypeSerializerSchemaCompatibility<String> compatibility =
                new TextSerializer.Snapshot().resolveSchemaCompatibility(old);

        assertThat(compatibility.isCompatibleAfterMigration()).isTrue();
        DataOutputSerializer out = new DataOutputSerializer(16);
        out.writeUTF("as version 1 wrote it");
        TypeSerializer<String> reader = old.restoreSerializer();
        String value = reader.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
        assertThat(value).isEqualTo("as version 1 wrote it");
    }

    @Test
    void shouldRefuseStateOfANewerProgram() throws IOException {
        TypeSerializerSnapshot<String> newer =
                reread(new TextSerializer(3).snapshotConfiguration());

        assertThat(new TextSerializer.Snapshot().resolveSchemaCompatibility(newer).isIncompatible())
                .isTrue();
    }

    @Test
    void shouldRefuseStateOfAnotherType() {
        TypeSerializerSnapshot<?> other = new FlowKeySerializer().snapshotConfiguration();

        @SuppressWarnings("unchecked") // what a changed program would do
        TypeSerializerSnapshot<String> mistaken = (TypeSerializerSnapshot<String>) other;

        assertThat(
                        new TextSerializer.Snapshot()
                                .resolveSchemaCompatibility(mistaken)
                                .isIncompatible())
                .isTrue();
    }

    @Test
    void shouldRefuseASnapshotOfAnotherLayout() {
        assertThatThrownBy(
                        () ->
                                new TextSerializer.Snapshot()
                                        .readSnapshot(
                                                9,
                                                new DataInputDeserializer(new byte[4]),
                                                getClass().getClassLoader()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("layout 9");
    }

    private static <T> TypeSerializerSnapshot<T> reread(TypeSerializerSnapshot<T> snapshot)
            throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, snapshot);
        return TypeSerializerSnapshot.readVersionedSnapshot(
                new DataInputDeserializer(out.getCopyOfBuffer()),
                SerializersTest.class.getClassLoader());
    }

    /** A serializer whose second version writes a length first. */
    public static final class TextSerializer extends VersionedSerializer<String> {
        private static final long serialVersionUID = 1L;
        private static final int CURRENT = 2;

        private final int version;

        public TextSerializer(int version) {
            this.version = version;
        }

        @Override
        public int version() {
            return version;
        }

        @Override
        public TypeSerializer<String> ofVersion(int other) {
            return new TextSerializer(other);
        }

        @Override
        public boolean isImmutableType() {
            return true;
        }

        @Override
        public String copy(String from) {
            return from;
        }

        @Override
        public void serialize(String value, DataOutputView target) throws IOException {
            if (version > 1) {
                target.writeInt(value.length());
            }
            target.writeUTF(value);
        }

        @Override
        public String deserialize(DataInputView source) throws IOException {
            if (version > 1) {
                source.readInt();
            }
            return source.readUTF();
        }

        @Override
        public TypeSerializerSnapshot<String> snapshotConfiguration() {
            return new Snapshot(version);
        }

        /** See {@link VersionedSnapshot}. */
        public static final class Snapshot extends VersionedSnapshot<String> {
            public Snapshot() {
                this(CURRENT);
            }

            Snapshot(int version) {
                super(() -> new TextSerializer(version));
            }
        }
    }
}
