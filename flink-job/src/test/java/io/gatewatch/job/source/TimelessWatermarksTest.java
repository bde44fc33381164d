package io.gatewatch.job.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.junit.jupiter.api.Test;

class TimelessWatermarksTest {
    private final List<Long> watermarks = new ArrayList<>();
    private final WatermarkGenerator<Object> timeless =
            new TimelessWatermarks<>().createWatermarkGenerator(null);

    @Test
    void shouldHoldNothingUp() {
        timeless.onPeriodicEmit(
                new WatermarkOutput() {
                    @Override
                    public void emitWatermark(Watermark watermark) {
                        watermarks.add(watermark.getTimestamp());
                    }

                    @Override
                    public void markIdle() {
                        throw new AssertionError("never idle");
                    }

                    @Override
                    public void markActive() {
                        throw new AssertionError("never idle, so never active again");
                    }
                });

        assertThat(watermarks).containsExactly(Long.MAX_VALUE);
    }
}
