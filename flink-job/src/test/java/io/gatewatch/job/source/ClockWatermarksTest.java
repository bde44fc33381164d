package io.gatewatch.job.source;

import static io.gatewatch.job.Captures.SECOND_NS;
import static io.gatewatch.job.Captures.START_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.job.Captures;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class ClockWatermarksTest {
    private final ClockSettings settings = new ClockSettings(60 * SECOND_NS, 1_200 * SECOND_NS);
    private final WatermarkGenerator<BatchRecord> generator =
            new ClockWatermarks(settings).createWatermarkGenerator(null);
    private final RecordingOutput output = new RecordingOutput();

    @Test
    void shouldTellEachMoveOnceRoundedDown() {
        generator.onEvent(record(START_NS + 1_999_999), 0, output);
        generator.onEvent(record(START_NS + 1_999_999), 0, output);

        assertThat(output.watermarks).containsExactly(START_NS / 1_000_000 + 1 - 60_000);
    }

    @Test
    void shouldRoundDownBeforeTheEpochToo() {
        generator.onEvent(record(-1), 0, output);

        assertThat(output.watermarks).containsExactly(-60_001L);
    }

    @Test
    void shouldTellNothingPeriodically() {
        generator.onEvent(record(START_NS), 0, output);
        output.watermarks.clear();

        generator.onPeriodicEmit(output);

        assertThat(output.watermarks).isEmpty();
        assertThat(output.idle).isFalse();
    }

    @Test
    void shouldSayOfATimelessStreamThatItHoldsNothingUp() {
        WatermarkGenerator<Object> timeless =
                new TimelessWatermarks<>().createWatermarkGenerator(null);

        timeless.onPeriodicEmit(output);

        assertThat(output.watermarks).containsExactly(Long.MAX_VALUE);
    }

    private static BatchRecord record(long clockNs) {
        return Captures.punctuation(BatchTopic.PACKETS, 0, clockNs, 0, BatchRecord.NO_APPEND_TIME);
    }

    private static final class RecordingOutput implements WatermarkOutput {
        private final List<Long> watermarks = new ArrayList<>();
        private boolean idle;

        @Override
        public void emitWatermark(Watermark watermark) {
            watermarks.add(watermark.getTimestamp());
        }

        @Override
        public void markIdle() {
            idle = true;
        }

        @Override
        public void markActive() {
            idle = false;
        }
    }
}
