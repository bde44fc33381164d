package io.gatewatch.job.session;

import static io.gatewatch.job.Captures.START_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.job.Captures;
import io.gatewatch.job.source.BatchRecord;
import io.gatewatch.job.source.BatchRecordSerializer;
import io.gatewatch.topics.Topics;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.wire.PacketBatch;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class SerializerValuesTest {
    private static final FlowKey KEY =
            new FlowKey("site", 7, 6, 4, 0, 0xC0000201L, 0, 0xC6336407L, 443, 50_000);

    @Test
    void shouldShipOnlyTheSlicesPartOfTheBatch() throws IOException {
        byte[] batch = {9, 9, 1, 2, 3, 9, 9};
        FlowSlice slice =
                new FlowSlice(KEY, "gateway", 7, 8, -5, START_NS, true, false, batch, 2, 3);

        FlowSlice shipped = shipped(new FlowSliceSerializer(), slice);

        assertThat(shipped.key()).isEqualTo(KEY);
        assertThat(shipped.gateway()).isEqualTo("gateway");
        assertThat(shipped.bootId()).isEqualTo(7);
        assertThat(shipped.minute()).isEqualTo(8);
        assertThat(shipped.watermarkNs()).isEqualTo(-5);
        assertThat(shipped.baseTimeNs()).isEqualTo(START_NS);
        assertThat(shipped.packetIdentity()).isTrue();
        assertThat(shipped.gap()).isFalse();
        assertThat(shipped.bytes()).containsExactly(1, 2, 3);
        assertThat(shipped.offset()).isZero();
        assertThat(shipped.length()).isEqualTo(3);
    }

    @Test
    void shouldShipTheGapFlag() throws IOException {
        FlowSlice slice = new FlowSlice(KEY, "g", 0, 0, 0, 0, false, true, new byte[0], 0, 0);

        FlowSlice shipped = shipped(new FlowSliceSerializer(), slice);

        assertThat(shipped.gap()).isTrue();
        assertThat(shipped.packetIdentity()).isFalse();
    }

    @Test
    void shouldKeepAKeyAndItsHash() throws IOException {
        FlowKey shipped = shipped(new FlowKeySerializer(), KEY);

        assertThat(shipped).isEqualTo(KEY).hasSameHashCodeAs(KEY);
    }

    @Test
    void shouldKeepAPartitionsTime() throws IOException {
        PartitionTime time = new PartitionTime(BatchTopic.DNS, 3, START_NS);

        assertThat(shipped(new PartitionTimeSerializer(), time)).isEqualTo(time);
    }

    @Test
    void shouldKeepAnAssignmentApartFromAnEmptyRecord() throws IOException {
        BatchRecord assignment =
                shipped(new BatchRecordSerializer(), BatchRecord.assigned(Topics.DNS, 3));
        BatchRecord empty =
                shipped(
                        new BatchRecordSerializer(),
                        BatchRecord.of(BatchTopic.DNS, 3, 1, new byte[0], new PacketBatch()));

        assertThat(assignment.isAssignment()).isTrue();
        assertThat(assignment.topic()).isEqualTo(BatchTopic.DNS);
        assertThat(assignment.partition()).isEqualTo(3);
        assertThat(empty.isAssignment()).isFalse();
        assertThat(empty.refusal()).isNotNull();
    }

    @Test
    void shouldKeepWhatABatchRecordSaysAboutItself() throws IOException {
        BatchRecord record = Captures.punctuation(BatchTopic.DNS, 3, START_NS, 0, 77);

        BatchRecord shipped = shipped(new BatchRecordSerializer(), record);

        assertThat(shipped).usingRecursiveComparison().isEqualTo(record);
    }

    @Test
    void shouldKeepTheReasonOfARefusal() throws IOException {
        byte[] noise = new byte[100];
        Arrays.fill(noise, (byte) 7);
        BatchRecord record = BatchRecord.of(BatchTopic.PACKETS, 0, 1, noise, new PacketBatch());

        BatchRecord shipped = shipped(new BatchRecordSerializer(), record);

        assertThat(shipped.refusal()).isNotNull().isEqualTo(record.refusal());
    }

    private static <T> T shipped(TypeSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        T shipped = serializer.deserialize(in);
        assertThat(in.available()).as("bytes left behind").isZero();
        return shipped;
    }
}
