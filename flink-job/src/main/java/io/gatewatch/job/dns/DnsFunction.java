package io.gatewatch.job.dns;

import io.gatewatch.dns.log.DnsFlowReader;
import io.gatewatch.dns.log.DnsFlowState;
import io.gatewatch.dns.log.DnsLogRow;
import io.gatewatch.dns.names.NameFact;
import io.gatewatch.job.names.BroadcastFact;
import io.gatewatch.job.names.BroadcastFactSerializer;
import io.gatewatch.job.session.EventTime;
import io.gatewatch.job.session.FlowSlice;
import io.gatewatch.job.sink.DnsLogRowSerializer;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.wire.FlowBlock;
import io.gatewatch.wire.WireFormatException;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Reads the messages of DNS flows, and keeps what packets have not completed yet: of a bounded
 * number of flows, so that a flood of connections does not fill the state. Of others every slice is
 * read by itself.
 */
public final class DnsFunction extends KeyedProcessFunction<FlowKey, FlowSlice, DnsLogRow>
        implements ResultTypeQueryable<DnsLogRow> {
    private static final long serialVersionUID = 1L;

    /** Name of the keyed state that holds what is left of a flow's packets. */
    public static final String STATE_FLOW = "dns-flow";

    /** What answers say about addresses. */
    public static final OutputTag<BroadcastFact> FACTS =
            new OutputTag<>("dns-facts", BroadcastFactSerializer.TYPE);

    /**
     * Flows that a subtask keeps something of, but for those that a restore brought: ten times as
     * many connections at once as a busy resolver has.
     */
    static final int MAX_STREAMS = 50_000;

    private final int maxStreams;
    private transient DnsFlowReader reader;
    private transient ValueState<DnsFlowState> kept;
    private transient FlowBlock flow;
    private transient Results results;

    /** Flows that began since the start and are kept. */
    private transient int streams;

    private transient long notKept;

    public DnsFunction() {
        this(MAX_STREAMS);
    }

    DnsFunction(int maxStreams) {
        this.maxStreams = maxStreams;
    }

    @Override
    public TypeInformation<DnsLogRow> getProducedType() {
        return DnsLogRowSerializer.TYPE;
    }

    @Override
    public void open(OpenContext context) {
        reader = new DnsFlowReader();
        flow = new FlowBlock();
        results = new Results();
        kept =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        STATE_FLOW, new DnsFlowStateSerializer()));
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        Gauge<Long> messages = reader::messages;
        Gauge<Long> malformed = reader::malformed;
        Gauge<Long> incomplete = reader::incomplete;
        Gauge<Long> withoutPlace = this::notKept;
        metrics.gauge("dnsMessages", messages);
        metrics.gauge("dnsMalformed", malformed);
        metrics.gauge("dnsIncomplete", incomplete);
        metrics.gauge("dnsNotKept", withoutPlace);
    }

    @Override
    public void processElement(FlowSlice slice, Context context, Collector<DnsLogRow> out)
            throws IOException, WireFormatException {
        slice.show(flow);
        results.serve(context, out);
        DnsFlowState before = kept.value();
        DnsFlowState after =
                reader.read(
                        slice.key(), slice.gateway(), flow, before, slice.watermarkNs(), results);
        if (before == null && after != null && streams >= maxStreams) {
            notKept++;
            reader.onTime(slice.key(), after, Long.MAX_VALUE, results); // tells what waits
            return;
        }
        keep(before, after, context.timerService());
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<DnsLogRow> out)
            throws IOException {
        DnsFlowState before = kept.value();
        if (before == null || EventTime.timerMs(before.wakeNs()) != timestamp) {
            return; // it has become another time since
        }
        results.serve(context, out);
        long timeNs = EventTime.toNanos(timestamp);
        before.woken();
        keep(
                before,
                reader.onTime(context.getCurrentKey(), before, timeNs, results),
                context.timerService());
    }

    private void keep(DnsFlowState before, DnsFlowState after, TimerService timers)
            throws IOException {
        if (after == null) {
            if (before != null) {
                forget(before, timers);
            }
            return;
        }
        if (before == null) {
            streams++;
        }
        if (after.wakesEarlier()) {
            timers.registerEventTimeTimer(EventTime.timerMs(after.wakeNs()));
        }
        kept.update(after);
    }

    private void forget(DnsFlowState state, TimerService timers) {
        kept.clear();
        if (state.wakeNs() != DnsFlowState.NEVER) {
            timers.deleteEventTimeTimer(EventTime.timerMs(state.wakeNs()));
        }
        streams = Math.max(0, streams - 1); // those that a restore brought are not counted
    }

    /** Times that something of a flow was to be kept, and there was no place. */
    long notKept() {
        return notKept;
    }

    /** The reader's output in Flink's terms. */
    private static final class Results implements DnsFlowReader.Output {
        private KeyedProcessFunction<FlowKey, FlowSlice, DnsLogRow>.Context context;
        private Collector<DnsLogRow> out;

        void serve(
                KeyedProcessFunction<FlowKey, FlowSlice, DnsLogRow>.Context servedContext,
                Collector<DnsLogRow> collector) {
            context = servedContext;
            out = collector;
        }

        @Override
        public void row(DnsLogRow row) {
            out.collect(row);
        }

        @Override
        public void name(NameFact fact) {
            context.output(FACTS, new BroadcastFact.Name(fact));
        }
    }
}
