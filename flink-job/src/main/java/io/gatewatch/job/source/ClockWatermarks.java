package io.gatewatch.job.source;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Watermarks of one partition, emitted behind the record that moves its clock: never periodically
 * and never by idleness, so that event time is a function of the records alone. Flink's watermarks
 * are in milliseconds, rounded down; together with timers rounded up, a timer that fires is due in
 * nanoseconds too.
 */
public final class ClockWatermarks implements WatermarkStrategy<BatchRecord> {
    private static final long serialVersionUID = 1L;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ClockSettings settings;

    public ClockWatermarks(ClockSettings settings) {
        this.settings = settings;
    }

    @Override
    public WatermarkGenerator<BatchRecord> createWatermarkGenerator(
            WatermarkGeneratorSupplier.Context context) {
        return new Generator(new PartitionClock(settings));
    }

    private record Generator(PartitionClock clock) implements WatermarkGenerator<BatchRecord> {
        @Override
        public void onEvent(BatchRecord record, long eventTimestamp, WatermarkOutput output) {
            if (clock.advance(record)) {
                output.emitWatermark(
                        new Watermark(Math.floorDiv(clock.watermarkNs(), NANOS_PER_MILLI)));
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            // Time moves with records alone.
        }
    }
}
