package io.gatewatch.job.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.job.source.BatchLabel;
import io.gatewatch.job.source.BatchRecord;
import io.gatewatch.wire.BatchEncoder;
import io.gatewatch.wire.BatchHead;
import io.gatewatch.wire.PacketBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

class HighWaterMarksTest {
    private final HighWaterMarks marks = new HighWaterMarks();

    @Test
    void shouldDropWhatIsNotAboveTheHighestNumber() {
        take(0, 1, 0);
        take(0, 1, 1);

        take(0, 1, 0);
        assertThat(marks.repeat()).isTrue();
        take(0, 1, 1);
        assertThat(marks.repeat()).isTrue();
        take(0, 1, 2);
        assertThat(marks.repeat()).isFalse();
    }

    @Test
    void shouldKeepBootsAndPartitionsApart() {
        take(0, 1, 0);

        take(0, 2, 0);
        assertThat(marks.repeat()).as("another boot").isFalse();
        take(1, 1, 0);
        assertThat(marks.repeat()).as("another partition").isFalse();
        take(0, 1, 0);
        assertThat(marks.repeat()).as("the first boot again").isTrue();
    }

    @Test
    void shouldCountABatchThatOnlyItsLabelTellsOfOnceAndAsAGap() {
        take(0, 1, 0);
        takeUnreadable(1, 0);
        take(0, 1, 2);
        assertThat(marks.gap()).as("behind one without packets").isFalse();

        takeUnreadable(3, 10);
        assertThat(marks.repeat()).isFalse();
        assertThat(marks.missing()).isZero();
        takeUnreadable(3, 10);
        assertThat(marks.repeat()).isTrue();

        take(0, 1, 4);
        assertThat(marks.missing()).as("it is not missing").isZero();
        assertThat(marks.gap()).isTrue();
    }

    private void takeUnreadable(long sequence, int packets) {
        BatchRecord record =
                BatchRecord.of(BatchTopic.PACKETS, 0, 0, new byte[] {1}, new PacketBatch());
        marks.takeUnreadable(record, new BatchLabel("site", "gateway", 1, sequence, 0, packets), 0);
    }

    @Test
    void shouldSayHowManyBatchesAreMissing() {
        take(0, 1, 0);
        assertThat(marks.gap()).isFalse();

        take(0, 1, 4);
        assertThat(marks.missing()).isEqualTo(3);
        assertThat(marks.gap()).isTrue();
        take(0, 1, 5);
        assertThat(marks.missing()).isZero();
        take(0, 1, 4);
        assertThat(marks.missing()).as("of a repeat").isZero();
    }

    @Test
    void shouldMissWhatCameBeforeTheFirstNumberHeard() {
        take(0, 1, 7);

        assertThat(marks.missing()).isEqualTo(7);
        assertThat(marks.gap()).isTrue();
    }

    @Test
    void shouldSeeAGapWhereTheAgentLostFrames() {
        take(0, 1, 0, 0, 0);

        take(0, 1, 1, 5, 0);
        assertThat(marks.gap()).as("kernel drops rose").isTrue();
        take(0, 1, 2, 5, 0);
        assertThat(marks.gap()).as("no batch with packets said so").isTrue();
        BatchRecord record = record(0, 1, 3, 5, 0);
        marks.take(record, withPackets(), 0);
        assertThat(marks.gap()).as("this one does").isTrue();
        take(0, 1, 4, 5, 0);
        assertThat(marks.gap()).as("as before").isFalse();
        take(0, 1, 5, 5, 1);
        assertThat(marks.gap()).as("queue drops rose").isTrue();
    }

    @Test
    void shouldGoOnFromTheHighestOfRestoredMarks() {
        take(0, 1, 0);
        take(0, 1, 1);
        HighWaterMarks other = new HighWaterMarks();
        other.take(record(0, 1, 0, 0, 0), head, 0);

        HighWaterMarks restored = new HighWaterMarks();
        marks.snapshot(false).forEach(restored::restore);
        other.snapshot(false).forEach(restored::restore);

        restored.take(record(0, 1, 1, 0, 0), head, 0);
        assertThat(restored.repeat()).isTrue();
        restored.take(record(0, 1, 2, 0, 0), head, 0);
        assertThat(restored.repeat()).isFalse();
        assertThat(restored.missing()).isZero();
    }

    @Test
    void shouldForgetOldBootsOfARestoreToo() {
        for (int boot = 0; boot < 2 * HighWaterMarks.MAX_BOOTS; boot++) {
            HighWaterMarks other = new HighWaterMarks();
            other.take(record(0, boot, 0, 0, 0), head, boot);
            other.snapshot(false).forEach(marks::restore);
        }

        assertThat(marks.snapshot(true))
                .hasSize(HighWaterMarks.MAX_BOOTS)
                .allMatch(mark -> mark.heardNs() >= HighWaterMarks.MAX_BOOTS);
    }

    @Test
    void shouldHandOnWhatItDidNotHearOfOnlyWhereAsked() {
        take(0, 1, 3);
        HighWaterMarks restored = new HighWaterMarks();
        marks.snapshot(false).forEach(restored::restore);

        assertThat(restored.snapshot(false)).isEmpty();
        assertThat(restored.snapshot(true)).isEqualTo(marks.snapshot(false));

        restored.take(record(0, 2, 0, 0, 0), head, 0);
        List<HighWaterMark> both = restored.snapshot(false);
        assertThat(both).as("other boots of a gateway that was heard of").hasSize(2);
    }

    @Test
    void shouldForgetTheBootHeardOfLongestAgo() {
        for (int boot = 0; boot <= HighWaterMarks.MAX_BOOTS; boot++) {
            marks.take(record(0, boot, 0, 0, 0), head, boot);
        }

        assertThat(marks.snapshot(true)).hasSize(HighWaterMarks.MAX_BOOTS);
        take(0, 1, 0);
        assertThat(marks.repeat()).as("the second boot").isTrue();
        take(0, 0, 0);
        assertThat(marks.repeat()).as("the first boot, forgotten").isFalse();
    }

    @Test
    void shouldNotForgetTheBootThatSpeaksWhereTimeStandsStill() {
        for (int boot = 1; boot <= HighWaterMarks.MAX_BOOTS; boot++) {
            take(0, boot, 0);
        }

        take(0, 0, 0);
        take(0, 0, 0);
        assertThat(marks.repeat()).isTrue();
        take(0, 0, 1);
        assertThat(marks.missing()).isZero();
    }

    private final BatchHead head = new BatchHead();

    private BatchHead withPackets() {
        head.packetCount = 1;
        return head;
    }

    private void take(int partition, long bootId, long sequence) {
        take(partition, bootId, sequence, 0, 0);
    }

    private void take(
            int partition, long bootId, long sequence, long kernelDropped, long queueDropped) {
        marks.take(record(partition, bootId, sequence, kernelDropped, queueDropped), head, 0);
    }

    private BatchRecord record(
            int partition, long bootId, long sequence, long kernelDropped, long queueDropped) {
        head.site = "site";
        head.gateway = "gateway";
        head.bootId = bootId;
        head.sequence = sequence;
        head.kernelDropped = kernelDropped;
        head.queueDropped = queueDropped;
        head.packetCount = 0;
        BatchEncoder encoder = new BatchEncoder();
        encoder.begin(head);
        encoder.finish();
        return BatchRecord.of(
                BatchTopic.PACKETS,
                partition,
                BatchRecord.NO_APPEND_TIME,
                encoder.toByteArray(),
                new PacketBatch());
    }
}
