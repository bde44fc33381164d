package io.gatewatch.job.session;

import static io.gatewatch.job.Captures.SECOND_NS;
import static io.gatewatch.job.Captures.START_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.job.Captures;
import io.gatewatch.job.ledger.BatchArrival;
import io.gatewatch.job.ledger.LedgerKey;
import io.gatewatch.job.source.BatchRecord;
import io.gatewatch.job.source.PartitionClock;
import io.gatewatch.testing.TcpConversation;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.traffic.session.EndReason;
import io.gatewatch.traffic.session.SessionRow;
import io.gatewatch.traffic.session.SessionSettings;
import io.gatewatch.wire.FlowBlock;
import io.gatewatch.wire.PacketBatch;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class SessionFunctionTest {
    private static final int MAX_PARALLELISM = 16;
    private static final long START_MS = START_NS / 1_000_000;

    @Test
    void shouldFreeTheStateWhenTheIdleTimerFires() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            feed(harness, Captures.conversation(40_000).handshake());
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
            assertThat(harness.numEventTimeTimers()).isEqualTo(1);
            assertThat(harness.numProcessingTimeTimers()).isEqualTo(1);

            harness.processWatermark(START_MS + 700_000);

            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
            assertThat(harness.numProcessingTimeTimers()).isZero();
            assertThat(endReasons(harness)).containsExactly(EndReason.IDLE);
        }
    }

    @Test
    void shouldNotEndASessionOneNanosecondEarly() throws Exception {
        long lastPacketNs = START_NS + 1;
        try (var harness = harness(1, 0)) {
            harness.open();
            feed(harness, Captures.conversation(40_000).at(lastPacketNs).clientSends(10));

            harness.processWatermark(START_MS + 600_000);
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);

            harness.processWatermark(START_MS + 600_001);
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void shouldKeepALingeringSessionUntilItIsFinal() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            feed(harness, Captures.conversation(40_000).handshake().clientSends(10).close());
            assertThat(endReasons(harness)).containsExactly(EndReason.FIN);
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);

            harness.processWatermark(START_MS + 200_000);

            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void shouldShowAnOpenSessionWhenItsFirstRowIsDue() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            harness.setProcessingTime(1_000);
            feed(harness, Captures.conversation(40_000).handshake());

            harness.setProcessingTime(10_999);
            assertThat(endReasons(harness)).isEmpty();
            harness.setProcessingTime(11_000);

            assertThat(endReasons(harness)).containsExactly(EndReason.OPEN);
            assertThat(harness.numProcessingTimeTimers()).isEqualTo(1);
        }
    }

    @Test
    void shouldCloseASessionWhoseGatewayIsGone() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            feed(harness, Captures.conversation(40_000).handshake());

            for (int minute = 1; minute <= 20; minute++) {
                harness.setProcessingTime(minute * 60_000L);
            }

            assertThat(endReasons(harness)).endsWith(EndReason.GATEWAY_GONE);
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
            assertThat(harness.numProcessingTimeTimers()).isZero();
        }
    }

    @Test
    void shouldTakeTicksThatWereMissedForOne() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = harness(1, 0)) {
            harness.open();
            feed(harness, Captures.conversation(40_000).handshake());
            snapshot = harness.snapshot(1, 1);
        }
        try (var harness = harness(1, 0)) {
            harness.initializeState(snapshot);
            harness.open();

            harness.setProcessingTime(3_600_000);

            assertThat(endReasons(harness)).containsExactly(EndReason.OPEN);
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
        }
    }

    @Test
    void shouldCloseWhatIsOpenAtTheEndOfTheInput() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            feed(harness, Captures.conversation(40_000).handshake());

            harness.processWatermark(Long.MAX_VALUE);

            assertThat(endReasons(harness)).containsExactly(EndReason.END_OF_INPUT);
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void shouldGoOnAtAnotherParallelismWithEveryPacket() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = harness(1, 0)) {
            harness.open();
            for (int port = 40_000; port < 40_020; port++) {
                feed(harness, Captures.conversation(port).handshake());
            }
            snapshot = harness.snapshot(1, 1);
        }

        List<SessionRow> rows = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var harness = harness(2, subtask)) {
                harness.initializeState(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                snapshot, MAX_PARALLELISM, 1, 2, subtask));
                harness.open();
                assertThat(harness.numKeyedStateEntries()).isPositive().isLessThan(20);
                harness.processWatermark(START_MS + 3_600_000);
                assertThat(harness.numKeyedStateEntries()).isZero();
                rows.addAll(rows(harness));
            }
        }

        assertThat(rows).hasSize(20);
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.clientPackets + row.serverPackets).isEqualTo(3));
    }

    @Test
    void shouldShowHowManySessionsItHolds() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            assertThat(harness.openSessions()).isZero();
            feed(harness, Captures.conversation(40_000).handshake());
            feed(harness, Captures.conversation(40_001).handshake().clientSends(10).close());
            assertThat(harness.openSessions()).isEqualTo(2);

            harness.processWatermark(START_MS + 200_000);
            assertThat(harness.openSessions()).isEqualTo(1);

            harness.processWatermark(START_MS + 700_000);
            assertThat(harness.openSessions()).isZero();
        }
    }

    @Test
    void shouldCountTheSessionsThatItTakesOver() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = harness(1, 0)) {
            harness.open();
            for (int port = 40_000; port < 40_020; port++) {
                feed(harness, Captures.conversation(port).handshake());
            }
            snapshot = harness.snapshot(1, 1);
        }

        long open = 0;
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var harness = harness(2, subtask)) {
                harness.initializeState(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                snapshot, MAX_PARALLELISM, 1, 2, subtask));
                harness.open();
                assertThat(harness.openSessions()).isEqualTo(harness.numKeyedStateEntries());
                open += harness.openSessions();
                harness.processWatermark(START_MS + 3_600_000);
                assertThat(harness.openSessions()).isZero();
            }
        }

        assertThat(open).isEqualTo(20);
    }

    @Test
    void shouldGiveTheSameRowWhetherRestoredOrNot() throws Exception {
        TcpConversation whole =
                Captures.conversation(40_000)
                        .step(SECOND_NS)
                        .handshake()
                        .clientSends(100)
                        .serverSends(900)
                        .close();
        List<BatchRecord> batches = Captures.batches(whole.frames());
        OperatorSubtaskState snapshot;
        try (var harness = harness(1, 0)) {
            harness.open();
            feed(harness, batches.subList(0, 1));
            snapshot = harness.snapshot(1, 1);
            feed(harness, batches.subList(1, batches.size()));
            harness.processWatermark(START_MS + 3_600_000);

            SessionRow uninterrupted = last(rows(harness));

            SessionRow restored = restoredRow(snapshot, batches.subList(1, batches.size()));
            assertThat(restored).usingRecursiveComparison().isEqualTo(uninterrupted);
        }
    }

    private static SessionRow restoredRow(OperatorSubtaskState snapshot, List<BatchRecord> rest)
            throws Exception {
        try (var harness = harness(1, 0)) {
            harness.initializeState(snapshot);
            harness.open();
            feed(harness, rest);
            harness.processWatermark(START_MS + 3_600_000);
            return last(rows(harness));
        }
    }

    private static SessionRow last(List<SessionRow> rows) {
        return rows.get(rows.size() - 1);
    }

    private static List<SessionRow> rows(SessionsHarness harness) {
        return harness.extractOutputValues().stream().map(KeyedRow::row).toList();
    }

    private static List<EndReason> endReasons(SessionsHarness harness) {
        return rows(harness).stream().map(row -> row.endReason).toList();
    }

    @Test
    void shouldTellTheLedgerWhatIsLeftOut() throws Exception {
        SessionSettings settings = SessionSettings.defaults();
        TcpConversation seen = Captures.conversation(40_000).handshake().clientSends(10);
        TcpConversation midstream = Captures.conversation(40_001).clientSends(10).clientSends(10);
        try (SessionsHarness harness =
                new SessionsHarness(ignoringMidstream(settings), MAX_PARALLELISM, 1, 0)) {
            harness.open();
            feed(harness, seen);
            assertThat(harness.getSideOutput(SessionFunction.LEFT_OUT)).isNull();

            feed(harness, midstream);

            BatchArrival leftOut =
                    harness.getSideOutput(SessionFunction.LEFT_OUT).element().getValue();
            assertThat(leftOut)
                    .isEqualTo(
                            BatchArrival.midstream(
                                    new LedgerKey("site", "gateway", 1),
                                    START_NS / (60 * SECOND_NS),
                                    midstream.frames().size()));
        }
    }

    private static SessionSettings ignoringMidstream(SessionSettings from) {
        return new SessionSettings(
                from.tcpIdle(),
                from.tcpClosing(),
                from.tcpEmbryonic(),
                from.udpIdle(),
                from.icmpIdle(),
                from.otherIdle(),
                from.rstLinger(),
                from.finLinger(),
                from.halfClosedLinger(),
                from.firstUpdate(),
                from.updateInterval(),
                from.packetListLimit(),
                from.maxSessions(),
                true,
                true);
    }

    private static void feed(SessionsHarness harness, TcpConversation conversation)
            throws Exception {
        feed(harness, Captures.batches(conversation.frames()));
    }

    private static void feed(SessionsHarness harness, List<BatchRecord> batches) throws Exception {
        PacketBatch batch = new PacketBatch();
        for (BatchRecord record : batches) {
            batch.wrap(record.bytes(), 0, record.bytes().length);
            while (batch.nextFlow()) {
                FlowBlock flow = batch.flow();
                harness.processElement(
                        new StreamRecord<>(
                                new FlowSlice(
                                        FlowKey.of("site", flow.flow(), FlowKey.NO_VLAN),
                                        "gateway",
                                        batch.head().bootId,
                                        batch.head().minute,
                                        PartitionClock.NO_WATERMARK,
                                        batch.head().baseTimeNs,
                                        false,
                                        false,
                                        record.bytes(),
                                        flow.offset(),
                                        flow.length())));
            }
        }
    }

    private static SessionsHarness harness(int parallelism, int subtask) throws Exception {
        return new SessionsHarness(
                SessionSettings.defaults(), MAX_PARALLELISM, parallelism, subtask);
    }
}
