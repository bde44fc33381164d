package io.gatewatch.job.ledger;

import static io.gatewatch.job.ledger.TestLedger.MINUTE;
import static io.gatewatch.job.ledger.TestLedger.captured;
import static io.gatewatch.job.ledger.TestLedger.endMs;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.capture.batch.BatchTopic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerFunctionTest {
    private static final int MAX_PARALLELISM = 16;
    private static final int BOOTS = 10;
    private static final int MINUTES = 5;
    private static final int PARTITIONS = 3;
    private static final int BATCHES = 4;
    private static final long DAY_MS = 86_400_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldWriteTheSameInWhateverOrderReportsAndBatchesCome(long seed) throws Exception {
        List<Object> events = events();
        SortedMap<String, Long> table = new TreeMap<>();
        try (Harness harness = new Harness(1, 0)) {
            harness.open();
            for (Object event : interleaved(events, seed)) {
                harness.take(event);
            }
            harness.store(table);
        }

        assertThat(table).as("seed %s", seed).isEqualTo(expected());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void shouldGoOnAtAnotherParallelism(int parallelism) throws Exception {
        List<Object> events = interleaved(events(), 7);
        List<Object> before = events.subList(0, events.size() / 2);
        List<Object> between = events.subList(events.size() / 2, events.size() * 3 / 4);
        List<Object> after = events.subList(events.size() / 2, events.size());
        SortedMap<String, Long> table = new TreeMap<>();

        OperatorSubtaskState[] snapshots = new OperatorSubtaskState[2];
        for (int subtask = 0; subtask < 2; subtask++) {
            try (Harness harness = new Harness(2, subtask)) {
                harness.open();
                harness.takeOwn(before);
                snapshots[subtask] = harness.snapshot(1, 1);
                // Written, and forgotten by the restart.
                harness.takeOwn(between);
                harness.store(table);
            }
        }
        OperatorSubtaskState all = AbstractStreamOperatorTestHarness.repackageState(snapshots);
        for (int subtask = 0; subtask < parallelism; subtask++) {
            try (Harness harness = new Harness(parallelism, subtask)) {
                harness.initializeState(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                all, MAX_PARALLELISM, 2, parallelism, subtask));
                harness.open();
                harness.takeOwn(after);
                harness.store(table);
            }
        }

        assertThat(table).isEqualTo(expected());
    }

    @Test
    void shouldJudgeByTheSlowerOfBothWatermarksAndHoldNothingAfterADay() throws Exception {
        SortedMap<String, Long> table = new TreeMap<>();
        LedgerKey key = key(0);
        try (Harness harness = new Harness(1, 0)) {
            harness.open();
            harness.take(batch(key, 0, 0, 0));
            harness.processWatermark2(new Watermark(Long.MAX_VALUE));
            harness.store(table);
            assertThat(table).isEmpty();

            harness.processWatermark1(new Watermark(endMs(MINUTE) + 60_000));
            harness.store(table);
            assertThat(table).containsEntry(name(key, 0, "in_sessions"), 1L);
            assertThat(harness.numKeyedStateEntries()).isPositive();

            harness.processWatermark1(new Watermark(endMs(MINUTE) + 2 * DAY_MS));
            harness.setProcessingTime(LedgerTurn.LOOK_MS);
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers() + harness.numProcessingTimeTimers()).isZero();
        }
    }

    @Test
    void shouldJudgeWhatIsQuietForFiveMinutes() throws Exception {
        SortedMap<String, Long> table = new TreeMap<>();
        LedgerKey key = key(0);
        try (Harness harness = new Harness(1, 0)) {
            harness.open();
            harness.take(batch(key, 0, 0, 0));
            for (int i = 1; i < 6; i++) {
                harness.setProcessingTime(i * LedgerTurn.TICK_MS);
            }
            harness.store(table);
            assertThat(table).isEmpty();

            harness.setProcessingTime(6 * LedgerTurn.TICK_MS);
            harness.store(table);
            assertThat(table).containsEntry(name(key, 0, "in_sessions"), 1L);
            assertThat(harness.numProcessingTimeTimers()).as("an hour's look").isEqualTo(1);
        }
    }

    private static LedgerKey key(int boot) {
        return new LedgerKey("site " + boot % 2, "gateway " + boot % 5, boot);
    }

    private static BatchArrival batch(LedgerKey key, int minute, int partition, int index) {
        int batchesBefore = minute * PARTITIONS * BATCHES + index * PARTITIONS + partition;
        return new BatchArrival(
                BatchArrival.Kind.COUNTED,
                key,
                MINUTE + minute,
                BatchTopic.PACKETS,
                partition,
                minute * BATCHES + index,
                1,
                captured(batchesBefore + 1));
    }

    private static MinuteReport report(LedgerKey key, int minute) {
        long[] last = new long[PARTITIONS];
        Arrays.fill(last, minute * BATCHES + BATCHES - 1);
        return new MinuteReport(
                key, MINUTE + minute, TestLedger.figures(PARTITIONS * BATCHES, last));
    }

    /** Each of its own order: the batches of a boot and partition, and the reports of a boot. */
    private static List<Object> events() {
        List<Object> events = new ArrayList<>();
        for (int boot = 0; boot < BOOTS; boot++) {
            for (int minute = 0; minute < MINUTES; minute++) {
                events.add(report(key(boot), minute));
                for (int index = 0; index < BATCHES; index++) {
                    for (int partition = 0; partition < PARTITIONS; partition++) {
                        events.add(batch(key(boot), minute, partition, index));
                    }
                }
            }
        }
        return events;
    }

    /** At random, but for the order of batches within a partition of a boot. */
    private static List<Object> interleaved(List<Object> events, long seed) {
        Map<String, List<Object>> queues = new TreeMap<>();
        for (Object event : events) {
            String queue =
                    event instanceof BatchArrival arrival
                            ? arrival.key() + " " + arrival.partition()
                            : "report " + event;
            queues.computeIfAbsent(queue, any -> new ArrayList<>()).add(event);
        }
        List<List<Object>> left = new ArrayList<>();
        queues.values().forEach(queue -> left.addAll(Collections.nCopies(queue.size(), queue)));
        Collections.shuffle(left, new Random(seed));
        return left.stream().map(queue -> queue.remove(0)).toList();
    }

    private static SortedMap<String, Long> expected() {
        SortedMap<String, Long> table = new TreeMap<>();
        for (int boot = 0; boot < BOOTS; boot++) {
            for (int minute = 0; minute < MINUTES; minute++) {
                table.put(name(key(boot), minute, "captured"), (long) PARTITIONS * BATCHES);
                table.put(name(key(boot), minute, "in_sessions"), (long) PARTITIONS * BATCHES);
            }
        }
        return table;
    }

    private static String name(LedgerKey key, int minute, String reason) {
        return key + " " + (MINUTE + minute) + " " + reason;
    }

    private static final class Harness
            extends KeyedTwoInputStreamOperatorTestHarness<
                    LedgerKey, BatchArrival, MinuteReport, LedgerRow> {
        private final int parallelism;
        private final int subtask;
        private int stored;

        Harness(int parallelism, int subtask) throws Exception {
            super(
                    new KeyedCoProcessOperator<>(new LedgerFunction()),
                    BatchArrival::key,
                    MinuteReport::key,
                    LedgerKeySerializer.TYPE,
                    MAX_PARALLELISM,
                    parallelism,
                    subtask);
            this.parallelism = parallelism;
            this.subtask = subtask;
        }

        void take(Object event) throws Exception {
            if (event instanceof BatchArrival arrival) {
                processElement1(new StreamRecord<>(arrival));
            } else {
                processElement2(new StreamRecord<>((MinuteReport) event));
            }
        }

        /** Takes the events whose keys are this subtask's. */
        void takeOwn(List<Object> events) throws Exception {
            for (Object event : events) {
                LedgerKey key =
                        event instanceof BatchArrival arrival
                                ? arrival.key()
                                : ((MinuteReport) event).key();
                if (KeyGroupRangeAssignment.assignKeyToParallelOperator(
                                key, MAX_PARALLELISM, parallelism)
                        == subtask) {
                    take(event);
                }
            }
        }

        /** Writes what is new, as the table would have it; zeros are as good as nothing. */
        void store(SortedMap<String, Long> table) {
            List<LedgerRow> rows = extractOutputValues();
            for (LedgerRow row : rows.subList(stored, rows.size())) {
                String name = row.key() + " " + row.minute() + " " + row.reason();
                table.put(name, row.packets());
            }
            stored = rows.size();
            table.values().removeIf(packets -> packets == 0);
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
