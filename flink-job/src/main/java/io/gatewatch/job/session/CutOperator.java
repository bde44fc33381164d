package io.gatewatch.job.session;

import io.gatewatch.job.source.BatchRecord;
import io.gatewatch.job.source.ClockSettings;
import io.gatewatch.job.source.PartitionClock;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Runs the {@link CutFunction} and makes the job's event time of its clocks: behind each record
 * that moves it, the watermark of the partition furthest behind among those that the subtask reads,
 * never periodically and never by idleness. An operator, because a function cannot emit watermarks.
 *
 * <p>Watermarks of Flink's sources would not do: their generators are not checkpointed, so after a
 * restart a partition of which nothing comes any more would stop time, and one whose next record is
 * of an older capture would set it back.
 */
public final class CutOperator extends ProcessOperator<BatchRecord, FlowSlice> {
    private static final long serialVersionUID = 1L;

    private final CutFunction function;

    private transient long emittedMs;

    public CutOperator(ClockSettings clock) {
        this(new CutFunction(clock));
    }

    private CutOperator(CutFunction function) {
        super(function);
        this.function = function;
    }

    @Override
    public void open() throws Exception {
        super.open();
        emittedMs = Long.MIN_VALUE;
    }

    @Override
    public void processElement(StreamRecord<BatchRecord> element) throws Exception {
        super.processElement(element);
        // A subtask is told of all its partitions, one by one, before the first record.
        if (!element.getValue().isAssignment()) {
            emitWatermark();
        }
    }

    private void emitWatermark() throws Exception {
        long watermarkNs = function.slowestWatermarkNs();
        if (watermarkNs == PartitionClock.NO_WATERMARK) {
            return;
        }
        long watermarkMs = EventTime.watermarkMs(watermarkNs);
        if (watermarkMs > emittedMs) {
            emittedMs = watermarkMs;
            super.processWatermark(new Watermark(watermarkMs));
        }
    }

    /** Of what comes from the source only the end of the input counts. */
    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (mark.getTimestamp() == Long.MAX_VALUE) {
            super.processWatermark(mark);
        }
    }
}
