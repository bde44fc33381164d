package io.gatewatch.job.session;

import static io.gatewatch.job.Captures.SECOND_NS;
import static io.gatewatch.job.Captures.START_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.job.source.ClockSettings;
import io.gatewatch.job.source.PartitionClock;
import org.junit.jupiter.api.Test;

class PartitionClocksTest {
    private static final PartitionTime EARLIER = new PartitionTime(BatchTopic.PACKETS, 3, START_NS);
    private static final PartitionTime LATER =
            new PartitionTime(BatchTopic.PACKETS, 3, START_NS + SECOND_NS);
    private static final PartitionTime OTHER = new PartitionTime(BatchTopic.DNS, 3, START_NS);

    private final PartitionClocks clocks = new PartitionClocks(new ClockSettings(0, SECOND_NS));

    @Test
    void shouldTakeTheLatestOfSeveralValuesOfAPartition() {
        clocks.restore(LATER);
        clocks.restore(EARLIER);

        assertThat(clocks.of(BatchTopic.PACKETS, 3).watermarkNs()).isEqualTo(LATER.watermarkNs());
    }

    @Test
    void shouldKnowNothingOfAPartitionThatNobodyKnew() {
        clocks.restore(EARLIER);

        assertThat(clocks.of(BatchTopic.DNS, 3).watermarkNs())
                .isEqualTo(PartitionClock.NO_WATERMARK);
    }

    @Test
    void shouldHandOnWhatWasNotHeardOfOnlyWhenAsked() {
        clocks.restore(EARLIER);
        clocks.restore(OTHER);
        clocks.of(BatchTopic.PACKETS, 3);

        assertThat(clocks.snapshot(false)).containsExactly(EARLIER);
        assertThat(clocks.snapshot(true)).containsExactlyInAnyOrder(EARLIER, OTHER);
    }

    @Test
    void shouldNameTheSlowestPartitionHeard() {
        clocks.restore(LATER);
        clocks.restore(OTHER);
        clocks.of(BatchTopic.PACKETS, 3);

        assertThat(clocks.slowestWatermarkNs()).isEqualTo(LATER.watermarkNs());
    }
}
