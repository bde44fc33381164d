package io.gatewatch.job.session;

import static io.gatewatch.job.Captures.SECOND_NS;
import static io.gatewatch.job.Captures.START_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.capture.batch.BatchSettings;
import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.job.Captures;
import io.gatewatch.job.deadletter.DeadLetter;
import io.gatewatch.job.ledger.BatchArrival;
import io.gatewatch.job.ledger.HeadCounters;
import io.gatewatch.job.ledger.LedgerKey;
import io.gatewatch.job.source.BatchRecord;
import io.gatewatch.job.source.ClockSettings;
import io.gatewatch.job.source.PartitionClock;
import io.gatewatch.job.source.RecordHeader;
import io.gatewatch.job.source.TopicRecord;
import io.gatewatch.testing.TcpConversation;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.wire.BatchHead;
import io.gatewatch.wire.FlowBlock;
import io.gatewatch.wire.PacketBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class CutFunctionTest {
    private static final long GRACE_NS = 60 * SECOND_NS;
    private static final int MAX_PARALLELISM = 8;

    /** Behind the magic. */
    private static final int VERSION_AT = 4;

    private static final ClockSettings CLOCK = new ClockSettings(GRACE_NS, 1_200 * SECOND_NS);

    @Test
    void shouldCutASliceOfEveryFlow() throws Exception {
        List<BatchRecord> batches = Captures.batches(Captures.mixed(1));
        try (var harness = harness(1, 0)) {
            harness.open();
            for (BatchRecord batch : batches) {
                harness.processElement(new StreamRecord<>(batch));
            }

            assertThat(packets(harness.extractOutputValues())).isEqualTo(Captures.mixed(1).size());
        }
    }

    private static int packets(List<FlowSlice> slices) throws Exception {
        FlowBlock flow = new FlowBlock();
        int packets = 0;
        for (FlowSlice slice : slices) {
            slice.show(flow);
            while (flow.packets().next()) {
                packets++;
            }
        }
        return packets;
    }

    @Test
    void shouldGiveSlicesTheWatermarkFromBeforeTheirBatch() throws Exception {
        List<BatchRecord> batches =
                packetBatches(
                        Captures.conversation(40_000).step(SECOND_NS).handshake().clientSends(10));
        try (var harness = harness(1, 0)) {
            harness.open();
            for (BatchRecord batch : batches) {
                harness.processElement(new StreamRecord<>(batch));
            }

            List<Long> watermarks =
                    harness.extractOutputValues().stream().map(FlowSlice::watermarkNs).toList();
            assertThat(watermarks)
                    .startsWith(PartitionClock.NO_WATERMARK, START_NS - GRACE_NS)
                    .isSorted();
        }
    }

    private static List<BatchRecord> packetBatches(TcpConversation conversation) {
        List<BatchRecord> batches = new ArrayList<>(Captures.batches(conversation.frames()));
        batches.removeIf(batch -> batch.topic() != BatchTopic.PACKETS);
        return batches;
    }

    @Test
    void shouldKeepPartitionsApart() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            harness.processElement(
                    new StreamRecord<>(clock(BatchTopic.DNS, 0, START_NS + 500 * SECOND_NS)));

            harness.processElement(new StreamRecord<>(firstBatch()));

            assertThat(harness.extractOutputValues().get(0).watermarkNs())
                    .isEqualTo(PartitionClock.NO_WATERMARK);
        }
    }

    @Test
    void shouldTellTheLedgerWhatBecameOfEveryBatch() throws Exception {
        List<BatchRecord> batches = Captures.batches(Captures.mixed(1));
        try (var harness = harness(1, 0)) {
            harness.open();
            for (BatchRecord batch : batches) {
                harness.processElement(new StreamRecord<>(batch));
            }
            harness.processElement(new StreamRecord<>(batches.get(0)));

            List<BatchArrival> arrivals = arrivals(harness);
            assertThat(arrivals).hasSize(batches.size() + 1);
            PacketBatch first = new PacketBatch();
            first.wrap(batches.get(0).bytes(), 0, batches.get(0).bytes().length);
            BatchHead head = first.head();
            assertThat(arrivals.get(0))
                    .isEqualTo(
                            new BatchArrival(
                                    BatchArrival.Kind.COUNTED,
                                    new LedgerKey("site", "gateway", 1),
                                    START_NS / (60 * SECOND_NS),
                                    batches.get(0).topic(),
                                    0,
                                    0,
                                    head.packetCount,
                                    HeadCounters.of(head)));
            assertThat(packets(arrivals, BatchArrival.Kind.COUNTED))
                    .isEqualTo(Captures.mixed(1).size());
            assertThat(packets(arrivals, BatchArrival.Kind.REPEATED)).isEqualTo(head.packetCount);
        }
    }

    @Test
    void shouldTellTheLedgerOfABatchThatOnlyItsHeadersName() throws Exception {
        List<RecordHeader> headers =
                List.of(
                        header("site", "home"),
                        header("gateway", "gw-1"),
                        header("batch", "0000000000000abc:3:29453760:42"));
        BatchRecord unreadable =
                BatchRecord.of(
                        new TopicRecord("gatewatch.dns", 2, 5, 0, new byte[] {1}, headers),
                        new PacketBatch());
        try (var harness = harness(1, 0)) {
            harness.open();
            harness.processElement(new StreamRecord<>(unreadable));
            harness.processElement(new StreamRecord<>(unreadable));

            LedgerKey key = new LedgerKey("home", "gw-1", 0xABC);
            assertThat(arrivals(harness))
                    .containsExactly(
                            new BatchArrival(
                                    BatchArrival.Kind.UNREADABLE,
                                    key,
                                    29_453_760,
                                    BatchTopic.DNS,
                                    2,
                                    3,
                                    42,
                                    null),
                            new BatchArrival(
                                    BatchArrival.Kind.REPEATED,
                                    key,
                                    29_453_760,
                                    BatchTopic.DNS,
                                    2,
                                    3,
                                    42,
                                    null));
        }
    }

    private static RecordHeader header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static List<BatchArrival> arrivals(Harness harness) {
        return harness.getSideOutput(CutFunction.ARRIVALS).stream()
                .map(StreamRecord::getValue)
                .toList();
    }

    private static long packets(List<BatchArrival> arrivals, BatchArrival.Kind kind) {
        return arrivals.stream()
                .filter(arrival -> arrival.kind() == kind)
                .mapToLong(BatchArrival::packets)
                .sum();
    }

    @Test
    void shouldSetAsideWhatIsNoBatchAndGoOn() throws Exception {
        byte[] good = firstBatch().bytes();
        byte[] future = good.clone();
        future[VERSION_AT] = 99;
        byte[] tooMany = good.clone();
        Arrays.fill(tooMany, good.length / 4, good.length, (byte) 0xFF);
        List<byte[]> poison = new ArrayList<>();
        poison.add(null);
        poison.add(new byte[0]);
        poison.add("no batch at all".getBytes(StandardCharsets.UTF_8));
        poison.add(Arrays.copyOf(good, good.length - 1));
        poison.add(Arrays.copyOf(good, good.length + 1));
        poison.add(future);
        poison.add(tooMany);
        try (var harness = harness(1, 0)) {
            harness.open();
            for (int i = 0; i < poison.size(); i++) {
                harness.processElement(new StreamRecord<>(recorded(i, poison.get(i))));
            }
            harness.processElement(new StreamRecord<>(recorded(poison.size(), good)));

            assertThat(harness.extractOutputValues()).isNotEmpty();
            List<DeadLetter> letters =
                    harness.getSideOutput(CutFunction.DEAD_LETTERS).stream()
                            .map(StreamRecord::getValue)
                            .toList();
            assertThat(letters).hasSize(poison.size());
            for (int i = 0; i < poison.size(); i++) {
                assertThat(letters.get(i).key()).isEqualTo("gatewatch.dns-2-" + i);
                assertThat(letters.get(i).value()).isEqualTo(poison.get(i));
                assertThat(letters.get(i).headers())
                        .extracting(RecordHeader::name)
                        .containsExactly("gateway", "origin", "partition", "offset", "reason");
            }
        }
    }

    private static BatchRecord recorded(long offset, byte[] value) {
        List<RecordHeader> headers = List.of(RecordHeader.text("gateway", "gateway"));
        return BatchRecord.of(
                new TopicRecord("gatewatch.dns", 2, offset, 0, value, headers), new PacketBatch());
    }

    @Test
    void shouldDropBatchesThatCameBefore() throws Exception {
        List<BatchRecord> batches = Captures.batches(Captures.mixed(1));
        try (var harness = harness(1, 0)) {
            harness.open();
            for (BatchRecord batch : batches) {
                harness.processElement(new StreamRecord<>(batch));
                harness.processElement(new StreamRecord<>(batch));
            }
            for (BatchRecord batch : batches) {
                harness.processElement(new StreamRecord<>(batch));
            }

            assertThat(packets(harness.extractOutputValues())).isEqualTo(Captures.mixed(1).size());
        }
    }

    @Test
    void shouldDropRepeatsAfterARestoreAtAnotherParallelism() throws Exception {
        OperatorSubtaskState snapshot =
                AbstractStreamOperatorTestHarness.repackageState(
                        snapshotAfter(0, firstBatch()),
                        snapshotAfter(1, clock(BatchTopic.PACKETS, 1, START_NS)));

        for (int subtask = 0; subtask < 3; subtask++) {
            assertThat(slicesAfterRestore(snapshot, 3, subtask))
                    .as("subtask %s", subtask)
                    .isEmpty();
        }
    }

    @Test
    void shouldMarkTheSlicesBehindALostBatch() throws Exception {
        List<BatchRecord> batches =
                packetBatches(
                        Captures.conversation(40_000).step(SECOND_NS).handshake().clientSends(10));
        try (var harness = harness(1, 0)) {
            harness.open();
            harness.processElement(new StreamRecord<>(batches.get(0)));
            harness.processElement(new StreamRecord<>(batches.get(2)));
            harness.processElement(new StreamRecord<>(batches.get(3)));

            assertThat(harness.extractOutputValues())
                    .extracting(FlowSlice::gap)
                    .containsExactly(false, true, false);
        }
    }

    @Test
    void shouldTakeTheVlanIntoTheKeyWhereTheAgentDid() throws Exception {
        assertThat(keyOf(false).vlan()).isEqualTo(FlowKey.NO_VLAN);
        assertThat(keyOf(true).vlan()).isEqualTo(7);
    }

    private static FlowKey keyOf(boolean keyVlan) throws Exception {
        BatchRecord batch =
                Captures.batches(
                                Captures.conversation(40_000).vlan(7).handshake().frames(),
                                BatchSettings.defaults("site", "gateway", 1).withKeyVlan(keyVlan),
                                false)
                        .get(0);
        try (var harness = harness(1, 0)) {
            harness.open();
            harness.processElement(new StreamRecord<>(batch));
            return harness.extractOutputValues().get(0).key();
        }
    }

    @Test
    void shouldGoOnWithTheClocksOfACheckpointAtAnotherParallelism() throws Exception {
        OperatorSubtaskState snapshot =
                AbstractStreamOperatorTestHarness.repackageState(
                        snapshotAfter(0, clock(BatchTopic.PACKETS, 0, START_NS)),
                        snapshotAfter(1, clock(BatchTopic.PACKETS, 1, START_NS + SECOND_NS)));

        for (int subtask = 0; subtask < 3; subtask++) {
            assertThat(watermarkAfterRestore(snapshot, 3, subtask))
                    .as("subtask %s", subtask)
                    .isEqualTo(START_NS - GRACE_NS);
        }
    }

    private static OperatorSubtaskState snapshotAfter(int subtask, BatchRecord record)
            throws Exception {
        try (var harness = harness(2, subtask)) {
            harness.open();
            harness.processElement(new StreamRecord<>(record));
            return harness.snapshot(1, 1);
        }
    }

    private static long watermarkAfterRestore(
            OperatorSubtaskState snapshot, int parallelism, int subtask) throws Exception {
        return slicesAfterRestore(snapshot, parallelism, subtask).get(0).watermarkNs();
    }

    private static List<FlowSlice> slicesAfterRestore(
            OperatorSubtaskState snapshot, int parallelism, int subtask) throws Exception {
        try (var harness = harness(parallelism, subtask)) {
            harness.initializeState(
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            snapshot, MAX_PARALLELISM, 2, parallelism, subtask));
            harness.open();
            harness.processElement(new StreamRecord<>(firstBatch()));
            return harness.extractOutputValues();
        }
    }

    private static BatchRecord firstBatch() {
        return Captures.batches(Captures.conversation(40_000).handshake().frames()).get(0);
    }

    private static BatchRecord clock(BatchTopic topic, int partition, long clockNs) {
        return Captures.punctuation(topic, partition, clockNs, 0, BatchRecord.NO_APPEND_TIME);
    }

    private static Harness harness(int parallelism, int subtask) throws Exception {
        return new Harness(new CutFunction(CLOCK), parallelism, subtask);
    }

    /** An operator harness whose closing cannot be interrupted. */
    private static final class Harness
            extends OneInputStreamOperatorTestHarness<BatchRecord, FlowSlice> {
        Harness(CutFunction function, int parallelism, int subtask) throws Exception {
            super(new ProcessOperator<>(function), MAX_PARALLELISM, parallelism, subtask);
        }

        @Override
        public void close() {
            try {
                super.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}
