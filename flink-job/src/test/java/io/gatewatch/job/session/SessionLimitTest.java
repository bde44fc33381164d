package io.gatewatch.job.session;

import static io.gatewatch.job.Captures.SECOND_NS;
import static io.gatewatch.job.Captures.START_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.job.Captures;
import io.gatewatch.job.source.BatchRecord;
import io.gatewatch.job.source.PartitionClock;
import io.gatewatch.testing.TimedFrame;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.traffic.session.EndReason;
import io.gatewatch.traffic.session.SessionRow;
import io.gatewatch.wire.FlowBlock;
import io.gatewatch.wire.PacketBatch;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the session operator does at its limit, wherever its state is. */
class SessionLimitTest {
    private static final int MAX_SESSIONS = 200;
    private static final int SURPLUS = MAX_SESSIONS / 8;
    private static final int ESTABLISHED = 20;
    private static final int FLOOD = 1_000;

    static List<StateBackend> backends() {
        return List.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void shouldGiveUpTheOldestEmbryonicSessions(StateBackend backend) throws Exception {
        try (SessionsHarness harness = harness(backend)) {
            harness.open();
            flood(harness);

            List<SessionRow> rows =
                    harness.extractOutputValues().stream().map(KeyedRow::row).toList();
            assertThat(harness.openSessions()).isBetween(MAX_SESSIONS * 3L / 4, MAX_SESSIONS - 1L);
            assertThat(harness.numEventTimeTimers()).isEqualTo((int) harness.openSessions());
            assertThat(harness.numProcessingTimeTimers()).isEqualTo((int) harness.openSessions());
            assertThat(rows)
                    .hasSize(ESTABLISHED + FLOOD - (int) harness.openSessions())
                    .allMatch(row -> row.endReason == EndReason.RESOURCES)
                    .allMatch(row -> row.clientPackets == 1);
            List<Long> first =
                    rows.subList(0, SURPLUS).stream().map(row -> row.startTimeNs).toList();
            assertThat(first)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, SURPLUS).mapToObj(SessionLimitTest::synNs).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void shouldKeepItsPlaceAfterARestore(StateBackend backend) throws Exception {
        try (SessionsHarness harness = harness(backend)) {
            harness.open();
            flood(harness);
            long held = harness.openSessions();
            var snapshot = harness.snapshot(1, 1);
            try (SessionsHarness restored = harness(backend)) {
                restored.initializeState(snapshot);
                restored.open();
                assertThat(restored.openSessions()).isEqualTo(held);

                flood(restored);

                assertThat(restored.openSessions()).isLessThan(MAX_SESSIONS);
            }
        }
    }

    private static SessionsHarness harness(StateBackend backend) throws Exception {
        SessionsHarness harness = new SessionsHarness(LimitedSettings.of(MAX_SESSIONS), 16, 1, 0);
        harness.setStateBackend(backend);
        return harness;
    }

    private static void flood(SessionsHarness harness) throws Exception {
        for (int i = 0; i < ESTABLISHED; i++) {
            feed(harness, Captures.conversation(10_000 + i).handshake().frames());
        }
        for (int i = 0; i < FLOOD; i++) {
            List<TimedFrame> handshake =
                    Captures.conversation(20_000 + i).at(synNs(i)).handshake().frames();
            feed(harness, handshake.subList(0, 1));
        }
    }

    private static long synNs(int number) {
        return START_NS + SECOND_NS + number * 1_000_000L;
    }

    private static void feed(SessionsHarness harness, List<TimedFrame> frames) throws Exception {
        for (BatchRecord record : Captures.batches(frames)) {
            PacketBatch batch = new PacketBatch();
            batch.wrap(record.bytes(), 0, record.bytes().length);
            while (batch.nextFlow()) {
                FlowBlock flow = batch.flow();
                harness.processElement(
                        new StreamRecord<>(
                                new FlowSlice(
                                        FlowKey.of(
                                                batch.head().site,
                                                flow.flow(),
                                                flow.flow().keyVlan),
                                        batch.head().gateway,
                                        1,
                                        0,
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
}
