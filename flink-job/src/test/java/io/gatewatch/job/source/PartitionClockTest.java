package io.gatewatch.job.source;

import static io.gatewatch.job.Captures.SECOND_NS;
import static io.gatewatch.job.Captures.START_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.job.Captures;
import io.gatewatch.wire.BatchHead;
import io.gatewatch.wire.PacketBatch;
import org.junit.jupiter.api.Test;

class PartitionClockTest {
    private static final long GRACE_NS = 60 * SECOND_NS;
    private static final long HOLD_NS = 1_200 * SECOND_NS;
    private static final long START_MS = START_NS / 1_000_000;

    private final PartitionClock clock = new PartitionClock(new ClockSettings(GRACE_NS, HOLD_NS));

    @Test
    void shouldStandBeforeAnyClockIsKnown() {
        boolean moved = clock.advance(record(BatchHead.NO_CLOCK, 0, START_MS));

        assertThat(moved).isFalse();
        assertThat(clock.watermarkNs()).isEqualTo(PartitionClock.NO_WATERMARK);
    }

    @Test
    void shouldFollowTheNewestClockByTheGrace() {
        boolean moved = clock.advance(record(START_NS, 0, START_MS));

        assertThat(moved).isTrue();
        assertThat(clock.watermarkNs()).isEqualTo(START_NS - GRACE_NS);
    }

    @Test
    void shouldNeverGoBack() {
        clock.advance(record(START_NS, 0, START_MS));

        boolean moved = clock.advance(record(START_NS - 45 * SECOND_NS, 0, START_MS));

        assertThat(moved).isFalse();
        assertThat(clock.watermarkNs()).isEqualTo(START_NS - GRACE_NS);
    }

    @Test
    void shouldTrustAClockThatIsFiveMinutesAhead() {
        clock.advance(record(START_NS + 300 * SECOND_NS, 0, START_MS));

        assertThat(clock.watermarkNs()).isEqualTo(START_NS + 240 * SECOND_NS);
    }

    @Test
    void shouldTakeTheAppendTimeForAClockFurtherAhead() {
        clock.advance(record(START_NS + 301 * SECOND_NS, 0, START_MS));

        assertThat(clock.watermarkNs()).isEqualTo(START_NS - GRACE_NS);
    }

    @Test
    void shouldTrustTheClockOfACaptureFile() {
        clock.advance(record(START_NS, 0, BatchRecord.NO_APPEND_TIME));

        assertThat(clock.watermarkNs()).isEqualTo(START_NS - GRACE_NS);
    }

    @Test
    void shouldMoveBehindEverythingThatIsHeldWhenNothingFollows() {
        clock.advance(record(START_NS, BatchHead.FLAG_LAST_OF_ALL, START_MS));

        assertThat(clock.watermarkNs()).isEqualTo(START_NS + HOLD_NS);
    }

    @Test
    void shouldCountFromTheWatermarkWhenItIsAheadOfTheLastClock() {
        clock.advance(record(START_NS + 200 * SECOND_NS, 0, START_MS));

        clock.advance(record(START_NS, BatchHead.FLAG_LAST_OF_ALL, START_MS));

        assertThat(clock.watermarkNs()).isEqualTo(START_NS + 140 * SECOND_NS + HOLD_NS);
    }

    @Test
    void shouldLearnNothingFromBytesThatAreNoBatch() {
        byte[] noise = {1, 2, 3};

        boolean moved =
                clock.advance(
                        BatchRecord.of(BatchTopic.PACKETS, 0, START_MS, noise, new PacketBatch()));

        assertThat(moved).isFalse();
    }

    @Test
    void shouldSurviveTheEndsOfTime() {
        clock.advance(record(Long.MIN_VALUE + 1, 0, BatchRecord.NO_APPEND_TIME));
        long lowest = clock.watermarkNs();
        clock.advance(
                record(Long.MAX_VALUE, BatchHead.FLAG_LAST_OF_ALL, BatchRecord.NO_APPEND_TIME));

        assertThat(lowest).isNegative();
        assertThat(clock.watermarkNs()).isPositive().isLessThan(Long.MAX_VALUE);
    }

    private static BatchRecord record(long clockNs, int flags, long appendTimeMs) {
        return Captures.punctuation(BatchTopic.PACKETS, 0, clockNs, flags, appendTimeMs);
    }
}
