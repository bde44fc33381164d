package io.gatewatch.job.session;

import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.job.deadletter.DeadLetter;
import io.gatewatch.job.deadletter.DeadLetterSerializer;
import io.gatewatch.job.ledger.BatchArrival;
import io.gatewatch.job.ledger.BatchArrivalSerializer;
import io.gatewatch.job.ledger.LedgerKey;
import io.gatewatch.job.source.BatchLabel;
import io.gatewatch.job.source.BatchRecord;
import io.gatewatch.job.source.ClockSettings;
import io.gatewatch.job.source.PartitionClock;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.wire.BatchHead;
import io.gatewatch.wire.FlowBlock;
import io.gatewatch.wire.PacketBatch;
import io.gatewatch.wire.WireFormatException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts batches into flow slices and gives each the watermark that its partition had before the
 * batch. These clocks are checkpointed, because sessions must be cut the same way after a restart.
 * So are the high-water marks by which batches that an agent sent again are dropped; they still
 * tell the time. Records that are no batch go to {@link #DEAD_LETTERS}.
 */
public final class CutFunction extends ProcessFunction<BatchRecord, FlowSlice>
        implements CheckpointedFunction, ResultTypeQueryable<FlowSlice> {
    private static final long serialVersionUID = 1L;

    /** Name of the union list state that keeps the clocks. */
    public static final String STATE_CLOCKS = "partition-clocks";

    /** Name of the union list state that keeps the high-water marks. */
    public static final String STATE_MARKS = "high-water-marks";

    /** Records that are no batch. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", DeadLetterSerializer.TYPE);

    /** The slices of DNS flows, once more. */
    public static final OutputTag<FlowSlice> DNS_SLICES =
            new OutputTag<>("dns-slices", FlowSliceSerializer.TYPE);

    /** For the ledger: what became of every batch. */
    public static final OutputTag<BatchArrival> ARRIVALS =
            new OutputTag<>("arrivals", BatchArrivalSerializer.TYPE);

    private static final Logger LOG = LoggerFactory.getLogger(CutFunction.class);

    private final ClockSettings clockSettings;

    private transient PartitionClocks clocks;
    private transient HighWaterMarks marks;
    private transient ListState<PartitionTime> checkpointedClocks;
    private transient ListState<HighWaterMark> checkpointedMarks;
    private transient PacketBatch batch;
    private transient CutMetrics metrics;

    public CutFunction(ClockSettings clockSettings) {
        this.clockSettings = clockSettings;
    }

    @Override
    public TypeInformation<FlowSlice> getProducedType() {
        return FlowSliceSerializer.TYPE;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        clocks = new PartitionClocks(clockSettings);
        checkpointedClocks =
                context.getOperatorStateStore()
                        .getUnionListState(
                                new ListStateDescriptor<>(
                                        STATE_CLOCKS, new PartitionTimeSerializer()));
        for (PartitionTime time : checkpointedClocks.get()) {
            clocks.restore(time);
        }
        marks = new HighWaterMarks();
        checkpointedMarks =
                context.getOperatorStateStore()
                        .getUnionListState(
                                new ListStateDescriptor<>(
                                        STATE_MARKS, new HighWaterMarkSerializer()));
        for (HighWaterMark mark : checkpointedMarks.get()) {
            marks.restore(mark);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        boolean first = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
        checkpointedClocks.update(clocks.snapshot(first));
        checkpointedMarks.update(marks.snapshot(first));
    }

    @Override
    public void open(OpenContext context) {
        batch = new PacketBatch();
        MetricGroup group = getRuntimeContext().getMetricGroup();
        metrics = new CutMetrics(group, clocks);
    }

    @Override
    public void processElement(BatchRecord record, Context context, Collector<FlowSlice> out)
            throws WireFormatException {
        if (record.refusal() != null) {
            refuse(record);
            context.output(DEAD_LETTERS, DeadLetter.of(record.origin(), record.refusal()));
            account(record, context);
            return;
        }
        PartitionClock clock = clocks.of(record.topic(), record.partition());
        if (record.isAssignment()) {
            return;
        }
        cut(record, clock.watermarkNs(), context, out);
        clock.advance(record);
    }

    /** The watermark of the partition furthest behind among those that this subtask reads. */
    long slowestWatermarkNs() {
        return clocks.slowestWatermarkNs();
    }

    private void cut(
            BatchRecord record, long watermarkNs, Context context, Collector<FlowSlice> out)
            throws WireFormatException {
        byte[] bytes = record.bytes();
        batch.wrap(bytes, 0, bytes.length);
        BatchHead head = batch.head();
        marks.take(record, head, watermarkNs);
        BatchArrival.Kind kind =
                marks.repeat() ? BatchArrival.Kind.REPEATED : BatchArrival.Kind.COUNTED;
        context.output(ARRIVALS, BatchArrival.read(kind, record.topic(), record.partition(), head));
        if (marks.repeat()) {
            metrics.repeat(head.packetCount);
            return;
        }
        metrics.batch(head.packetCount, marks.missing());
        boolean identity = head.has(BatchHead.FLAG_PACKET_IDENTITY);
        while (batch.nextFlow()) {
            FlowBlock flow = batch.flow();
            FlowSlice slice =
                    new FlowSlice(
                            FlowKey.of(head.site, flow.flow(), flow.flow().keyVlan),
                            head.gateway,
                            head.bootId,
                            head.minute,
                            watermarkNs,
                            head.baseTimeNs,
                            identity,
                            marks.gap(),
                            bytes,
                            flow.offset(),
                            flow.length());
            out.collect(slice);
            if (record.topic() == BatchTopic.DNS) {
                context.output(DNS_SLICES, slice);
            }
        }
    }

    /** A batch that cannot be read is named and counted by what its record's headers say. */
    private void account(BatchRecord record, Context context) {
        BatchLabel label = record.label();
        if (label == null) {
            return;
        }
        PartitionClock clock = clocks.of(record.topic(), record.partition());
        marks.takeUnreadable(record, label, clock.watermarkNs());
        BatchArrival.Kind kind =
                marks.repeat() ? BatchArrival.Kind.REPEATED : BatchArrival.Kind.UNREADABLE;
        context.output(
                ARRIVALS,
                new BatchArrival(
                        kind,
                        new LedgerKey(label.site(), label.gateway(), label.bootId()),
                        label.minute(),
                        record.topic(),
                        record.partition(),
                        label.sequence(),
                        label.packets(),
                        null));
    }

    private void refuse(BatchRecord record) {
        if (metrics.refusals().count()) {
            LOG.warn(
                    "batch refused: topic={} partition={} offset={} reason={} refused={}",
                    record.origin().topic(),
                    record.partition(),
                    record.origin().offset(),
                    record.refusal(),
                    metrics.refusals().total());
        }
    }
}
