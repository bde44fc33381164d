package io.gatewatch.job.session;

import io.gatewatch.job.ledger.BatchArrival;
import io.gatewatch.job.ledger.BatchArrivalSerializer;
import io.gatewatch.job.ledger.LedgerKey;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.traffic.session.SessionMachine;
import io.gatewatch.traffic.session.SessionSettings;
import io.gatewatch.traffic.session.SessionState;
import io.gatewatch.traffic.session.SliceContext;
import io.gatewatch.wire.FlowBlock;
import io.gatewatch.wire.WireFormatException;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Assembles sessions: moves the state of a key and its timers in and out of the {@link
 * SessionMachine}, which has the rules.
 */
public final class SessionFunction extends KeyedProcessFunction<FlowKey, FlowSlice, KeyedRow>
        implements ResultTypeQueryable<KeyedRow> {
    private static final long serialVersionUID = 1L;

    /** Name of the keyed state that holds the session of a key. */
    public static final String STATE_SESSION = "session";

    /** For the ledger: packets that were counted and then left out. */
    public static final OutputTag<BatchArrival> LEFT_OUT =
            new OutputTag<>("left-out", BatchArrivalSerializer.TYPE);

    private final SessionSettings settings;

    private transient SessionMachine machine;
    private transient ValueState<SessionState> session;
    private transient FlowBlock flow;
    private transient SliceContext slice;
    private transient SessionTimers output;

    /** For whatever key is the current one. */
    private transient TimerService timers;

    public SessionFunction(SessionSettings settings) {
        this.settings = settings;
    }

    @Override
    public TypeInformation<KeyedRow> getProducedType() {
        return KeyedRowSerializer.TYPE;
    }

    @Override
    public void open(OpenContext context) {
        machine = new SessionMachine(settings);
        session =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        STATE_SESSION, new SessionStateSerializer()));
        flow = new FlowBlock();
        slice = new SliceContext();
        output = new SessionTimers();
        SessionMetrics.register(getRuntimeContext().getMetricGroup(), machine);
    }

    @Override
    public void processElement(FlowSlice element, Context context, Collector<KeyedRow> out)
            throws IOException, WireFormatException {
        element.show(flow);
        slice.gateway = element.gateway();
        slice.watermarkNs = element.watermarkNs();
        slice.gap = element.gap();
        slice.processingTimeMs = context.timerService().currentProcessingTime();
        timers = context.timerService();
        FlowKey key = element.key();
        output.serve(key, context.timerService(), out);
        SessionState before = session.value();
        long leftOutBefore = machine.counters().ignoredMidstreamPackets();
        keep(before, machine.onFlow(key, before, flow, slice, output));
        long leftOut = machine.counters().ignoredMidstreamPackets() - leftOutBefore;
        if (leftOut > 0) {
            context.output(LEFT_OUT, midstream(element, leftOut));
        }
    }

    private static BatchArrival midstream(FlowSlice slice, long packets) {
        LedgerKey boot = new LedgerKey(slice.key().site(), slice.gateway(), slice.bootId());
        return BatchArrival.midstream(boot, slice.minute(), packets);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<KeyedRow> out)
            throws IOException {
        SessionState before = session.value();
        if (before == null) {
            return;
        }
        FlowKey key = context.getCurrentKey();
        long watermarkNs = EventTime.toNanos(context.timerService().currentWatermark());
        output.serve(key, context.timerService(), out);
        if (context.timeDomain() == TimeDomain.EVENT_TIME) {
            keep(before, machine.onEventTime(key, before, watermarkNs, output));
        } else {
            // The time it is, not the time it was due: ticks missed while the job was down are one.
            long nowMs = context.timerService().currentProcessingTime();
            keep(before, machine.onTick(key, before, watermarkNs, nowMs, output));
        }
    }

    /**
     * Sessions in state when the function was opened.
     *
     * @param sessions counted by whoever can see the keys
     */
    void heldBefore(long sessions) {
        machine.counters().heldBefore(sessions);
    }

    /** Sessions in state now. */
    long held() {
        return machine.counters().held();
    }

    /** How many sessions are to be given up now. */
    int surplus() {
        return machine.surplus();
    }

    ValueState<SessionState> sessions() {
        return session;
    }

    /** Closes the session of a key, which is the current one, early. */
    void giveUp(FlowKey key, Collector<KeyedRow> out) throws IOException {
        SessionState state = session.value();
        output.serve(key, timers, out);
        machine.giveUp(key, state, output);
        session.clear();
    }

    private void keep(SessionState before, SessionState after) throws IOException {
        if (after != null) {
            session.update(after);
        } else if (before != null) {
            session.clear();
        }
    }
}
