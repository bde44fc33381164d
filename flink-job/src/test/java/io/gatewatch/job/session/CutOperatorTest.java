package io.gatewatch.job.session;

import static io.gatewatch.job.Captures.SECOND_NS;
import static io.gatewatch.job.Captures.START_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.job.Captures;
import io.gatewatch.job.source.BatchRecord;
import io.gatewatch.job.source.ClockSettings;
import io.gatewatch.topics.Topics;
import io.gatewatch.wire.BatchHead;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The event time that the cut makes of its partitions' clocks. */
class CutOperatorTest {
    private static final long START_MS = START_NS / 1_000_000;
    private static final long GRACE_MS = 60_000;
    private static final long HOLD_MS = 1_200_000;
    private static final int LAST_OF_ALL =
            BatchHead.FLAG_END_OF_CAPTURE | BatchHead.FLAG_LAST_OF_ALL;
    private static final ClockSettings CLOCK =
            new ClockSettings(GRACE_MS * 1_000_000, HOLD_MS * 1_000_000);

    @Test
    void shouldTellEachMoveOnceRoundedDown() throws Exception {
        try (Harness cut = opened()) {
            cut.take(clock(0, START_NS + 1_999_999));
            cut.take(clock(0, START_NS + 1_999_999));
            cut.take(clock(0, START_NS));

            assertThat(cut.watermarksMs()).containsExactly(START_MS + 1 - GRACE_MS);
        }
    }

    @Test
    void shouldRoundDownBeforeTheEpochToo() throws Exception {
        try (Harness cut = opened()) {
            cut.take(clock(0, -1));

            assertThat(cut.watermarksMs()).containsExactly(-60_001L);
        }
    }

    @Test
    void shouldGoWithThePartitionFurthestBehind() throws Exception {
        try (Harness cut = opened(0, 1)) {
            cut.take(clock(0, START_NS + 9 * SECOND_NS));
            assertThat(cut.watermarksMs()).as("partition 1 has not told the time").isEmpty();

            cut.take(clock(1, START_NS));
            cut.take(clock(1, START_NS + 5 * SECOND_NS));
            cut.take(clock(1, START_NS + 99 * SECOND_NS));

            assertThat(cut.watermarksMs())
                    .containsExactly(
                            START_MS - GRACE_MS,
                            START_MS + 5_000 - GRACE_MS,
                            START_MS + 9_000 - GRACE_MS);
        }
    }

    @Test
    void shouldWaitForAPartitionThatIsFoundLater() throws Exception {
        try (Harness cut = opened(0)) {
            cut.take(clock(0, START_NS));
            cut.take(BatchRecord.assigned(Topics.PACKETS, 7));

            cut.take(clock(0, START_NS + 5 * SECOND_NS));
            assertThat(cut.watermarksMs()).containsExactly(START_MS - GRACE_MS);

            cut.take(clock(7, START_NS + 3 * SECOND_NS));
            assertThat(cut.watermarksMs()).endsWith(START_MS + 3_000 - GRACE_MS);
        }
    }

    @Test
    void shouldTakeFromTheSourceNothingButTheEnd() throws Exception {
        try (Harness cut = opened(0)) {
            cut.processWatermark(new Watermark(START_MS + 3_600_000));
            assertThat(cut.watermarksMs()).isEmpty();

            cut.processWatermark(Watermark.MAX_WATERMARK);
            assertThat(cut.watermarksMs()).containsExactly(Long.MAX_VALUE);
        }
    }

    @Test
    void shouldGoOnWhereTheCheckpointWasHoweverOldTheNextRecordIs() throws Exception {
        OperatorSubtaskState checkpoint =
                after(clock(0, START_NS), clock(1, START_NS + 5 * SECOND_NS));

        try (Harness cut = restored(checkpoint, 0, 1)) {
            cut.take(clock(1, START_NS - 3_600 * SECOND_NS));

            assertThat(cut.watermarksMs()).containsExactly(START_MS - GRACE_MS);
        }
    }

    @Test
    void shouldEndEverythingWhenTheFirstRecordsAfterARestoreEndAnOlderCapture() throws Exception {
        OperatorSubtaskState checkpoint = after(clock(0, START_NS), clock(1, START_NS));
        long dayBeforeNs = START_NS - 86_400 * SECOND_NS;

        try (Harness cut = restored(checkpoint, 0, 1)) {
            cut.take(end(0, dayBeforeNs));
            cut.take(end(1, dayBeforeNs));

            assertThat(cut.watermarksMs()).endsWith(START_MS - GRACE_MS + HOLD_MS);
        }
    }

    @Test
    void shouldNotWaitForAPartitionWhoseEndWasReadBeforeTheCheckpoint() throws Exception {
        OperatorSubtaskState checkpoint = after(end(0, START_NS), clock(1, START_NS));

        try (Harness cut = restored(checkpoint, 0, 1)) {
            assertThat(cut.watermarksMs()).as("partition 1 was not told of yet").isEmpty();

            cut.take(end(1, START_NS));

            assertThat(cut.watermarksMs()).containsExactly(START_MS + HOLD_MS);
        }
    }

    @Test
    void shouldLeavePartitionsToTheSubtaskThatReadsThem() throws Exception {
        OperatorSubtaskState checkpoint =
                after(clock(0, START_NS), clock(1, START_NS + 5 * SECOND_NS));

        try (Harness cut = restored(checkpoint, 1)) {
            cut.take(clock(1, START_NS + 9 * SECOND_NS));

            assertThat(cut.watermarksMs()).containsExactly(START_MS + 9_000 - GRACE_MS);
        }
    }

    private static BatchRecord clock(int partition, long clockNs) {
        return record(partition, clockNs, 0);
    }

    private static BatchRecord end(int partition, long clockNs) {
        return record(partition, clockNs, LAST_OF_ALL);
    }

    private static BatchRecord record(int partition, long clockNs, int flags) {
        return Captures.punctuation(
                BatchTopic.PACKETS, partition, clockNs, flags, BatchRecord.NO_APPEND_TIME);
    }

    private static OperatorSubtaskState after(BatchRecord... records) throws Exception {
        try (Harness cut = opened(0, 1)) {
            for (BatchRecord record : records) {
                cut.take(record);
            }
            return cut.snapshot(1, 1);
        }
    }

    private static Harness opened(int... partitions) throws Exception {
        return restored(OperatorSubtaskState.builder().build(), partitions);
    }

    private static Harness restored(OperatorSubtaskState state, int... partitions)
            throws Exception {
        Harness harness = new Harness();
        harness.initializeState(state);
        harness.open();
        for (int partition : partitions) {
            harness.take(BatchRecord.assigned(Topics.PACKETS, partition));
        }
        return harness;
    }

    private static final class Harness
            extends OneInputStreamOperatorTestHarness<BatchRecord, FlowSlice> {
        Harness() throws Exception {
            super(new CutOperator(CLOCK));
        }

        void take(BatchRecord record) throws Exception {
            processElement(new StreamRecord<>(record));
        }

        List<Long> watermarksMs() {
            return getOutput().stream()
                    .filter(Watermark.class::isInstance)
                    .map(mark -> ((Watermark) mark).getTimestamp())
                    .toList();
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
