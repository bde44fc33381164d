package io.gatewatch.job.names;

import io.gatewatch.dns.log.DnsFlowReader;
import io.gatewatch.dns.names.NameHistory;
import io.gatewatch.dns.names.NameKey;
import io.gatewatch.dns.names.NameTable;
import io.gatewatch.job.session.EventTime;
import io.gatewatch.job.session.KeyedRow;
import io.gatewatch.job.sink.SessionRowSerializer;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.traffic.session.RowKind;
import io.gatewatch.traffic.session.SessionRow;
import io.gatewatch.wire.address.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Gives rows the host names that their own packets do not state, as of the session's start. Keyed
 * as assembly is, on the same subtask; the names are broadcast.
 *
 * <p>All answers up to a session's start are known once the watermark has passed it by the longest
 * time that a message waits for its fragments. What is found from then on is settled: it is the
 * same on every run, whatever the order of arrival. In a bounded run rows wait for it. Live a row
 * never waits: it is named with what is known. Assembly calls again when event time has come
 * further, and a row whose name is another by then is written again. That takes minutes, so one
 * that has ended without an answer of its own client is also looked up again twice within {@value
 * #LAST_LOOK_MS} ms; {@value #MAX_WAITING_ROWS} of a subtask at most. So is one of a capture from
 * the past, whose time was over before its answers came.
 */
public final class NamingFunction
        extends KeyedBroadcastProcessFunction<FlowKey, KeyedRow, BroadcastFact, SessionRow>
        implements ResultTypeQueryable<SessionRow>, CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    /** The names, as Flink broadcasts them. */
    public static final MapStateDescriptor<NameKey, NameHistory> NAMES =
            new MapStateDescriptor<>("names", new NameKeySerializer(), new NameHistorySerializer());

    /** Name of the keyed state with rows that wait, by the time of their last look. */
    public static final String STATE_WAITING = "waiting-rows";

    /** Name of the keyed state with what was found out about an open session. */
    public static final String STATE_GIVEN = "given-name";

    static final long FIRST_LOOK_MS = 5_000;
    static final long LAST_LOOK_MS = 60_000;
    static final long LONGEST_WAIT_MS = 600_000;

    /** In a flood of sessions without a name most are not looked up again. */
    static final int MAX_WAITING_ROWS = 20_000;

    private static final long FORGETTING_MS = 1_800_000;

    /** Watermarks trail, and rows come a little later than they are due. */
    private static final long MARGIN_NS = 120_000_000_000L;

    private final boolean live;
    private final int maxAnswers;
    private final long longestHoldNs;

    private transient MapState<Long, SessionRow> waiting;
    private transient ValueState<GivenName> given;
    private transient NameTable table;
    private transient BroadcastNames names;
    private transient long nextForgettingMs;

    /** Live rows that wait here, as far as they came since the start. */
    private transient int waitingRows;

    /**
     * @param live rows do not wait for the watermark
     * @param maxAnswers answers that the table of names keeps
     * @param longestHold within it, event time, assembly speaks of every session that has begun
     */
    public NamingFunction(boolean live, int maxAnswers, Duration longestHold) {
        this.live = live;
        this.maxAnswers = maxAnswers;
        longestHoldNs = longestHold.toNanos();
    }

    @Override
    public TypeInformation<SessionRow> getProducedType() {
        return SessionRowSerializer.TYPE;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        table = new NameTable(maxAnswers);
        names = new BroadcastNames();
        names.writeTo(context.getOperatorStateStore().getBroadcastState(NAMES));
        table.restore(names);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        // All of it is in Flink's state already.
    }

    @Override
    public void open(OpenContext context) {
        waiting =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        STATE_WAITING,
                                        LongSerializer.INSTANCE,
                                        new SessionRowSerializer()));
        given =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(STATE_GIVEN, new GivenNameSerializer()));
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        Gauge<Integer> answers = table::answers;
        Gauge<Long> evicted = table::evicted;
        metrics.gauge("nameAnswers", answers);
        metrics.gauge("nameAnswersEvicted", evicted);
    }

    NameTable table() {
        return table;
    }

    @Override
    public void processBroadcastElement(
            BroadcastFact fact, Context context, Collector<SessionRow> out) throws Exception {
        BroadcastState<NameKey, NameHistory> state = context.getBroadcastState(NAMES);
        names.writeTo(state);
        long watermarkMs = context.currentWatermark();
        if (watermarkMs != Long.MIN_VALUE) {
            table.timeIs(EventTime.toNanos(watermarkMs));
        }
        // Before: the answers of a capture from the past are there until the next time.
        forgetOld(watermarkMs);
        if (fact instanceof BroadcastFact.Name name) {
            table.add(names, name.fact());
        }
    }

    private void forgetOld(long watermarkMs) {
        if (watermarkMs >= nextForgettingMs) {
            nextForgettingMs = watermarkMs + FORGETTING_MS;
            table.forget(names, EventTime.toNanos(watermarkMs) - longestHoldNs - MARGIN_NS);
        }
    }

    @Override
    public void processElement(KeyedRow keyed, ReadOnlyContext context, Collector<SessionRow> out)
            throws Exception {
        SessionRow row = keyed.row();
        if (row.host != null) {
            if (row.isFinal()) {
                given.clear();
            }
            if (keyed.news()) {
                out.collect(row);
            }
            return;
        }
        GivenName before = givenTo(row);
        boolean wasSettled = before != null && before.settled();
        boolean settled = wasSettled || isSettled(row, context.currentWatermark());
        NameTable.Found found = wasSettled ? null : lookUp(row, context.getBroadcastState(NAMES));
        GivenName now = wasSettled ? before : given(row, before, found, settled);
        remember(row, before, now);
        boolean changes = now.host() != null && !now.saysSameAs(before);
        now.giveTo(row);
        boolean early = !settled && (live ? row.isFinal() : keyed.news());
        if (early) {
            awaitSettling(row, context.timerService());
        }
        if (live ? keyed.news() || changes : keyed.news() && settled) {
            out.collect(row);
        }
        boolean ended = live && keyed.news() && row.kind != RowKind.INTERIM;
        boolean doubtful = settled ? now.host() == null : found == null || !found.own();
        if (ended && doubtful && !early) {
            awaitAnswer(row, context.timerService());
        }
    }

    private GivenName givenTo(SessionRow row) throws Exception {
        GivenName value = given.value();
        return value != null && value.isOf(row) ? value : null;
    }

    /** What the table says now; a name whose answer is gone by now is not taken back. */
    private static GivenName given(
            SessionRow row, GivenName before, NameTable.Found found, boolean settled) {
        if (found == null && before != null) {
            return settled ? before.asSettled() : before;
        }
        return GivenName.of(row, found, settled);
    }

    private void remember(SessionRow row, GivenName before, GivenName now) throws Exception {
        if (row.isFinal()) {
            if (before != null) {
                given.clear();
            }
        } else if ((now.settled() || now.host() != null) && !now.equals(before)) {
            given.update(now);
        }
    }

    private void awaitSettling(SessionRow row, TimerService timers) throws Exception {
        long settledMs = settledMs(row);
        if (!live) {
            await(settledMs, row);
            timers.registerEventTimeTimer(settledMs);
        } else if (takeRoom()) {
            // Its gateway's clock may be far ahead: it does not wait for ever.
            long lastMs = await(timers.currentProcessingTime() + LONGEST_WAIT_MS, row.copy());
            timers.registerEventTimeTimer(settledMs);
            timers.registerProcessingTimeTimer(lastMs);
        }
    }

    private void awaitAnswer(SessionRow row, TimerService timers) throws Exception {
        if (takeRoom()) {
            long lastMs = await(timers.currentProcessingTime() + LAST_LOOK_MS, row.copy());
            timers.registerProcessingTimeTimer(lastMs - LAST_LOOK_MS + FIRST_LOOK_MS);
            timers.registerProcessingTimeTimer(lastMs);
        }
    }

    private boolean takeRoom() {
        boolean room = waitingRows < MAX_WAITING_ROWS;
        if (room) {
            waitingRows++;
        }
        return room;
    }

    /** Keeps a row under a time, or the next one that is free. */
    private long await(long timeMs, SessionRow row) throws Exception {
        long freeMs = timeMs;
        while (waiting.contains(freeMs)) {
            freeMs++;
        }
        waiting.put(freeMs, row);
        return freeMs;
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<SessionRow> out)
            throws Exception {
        ReadOnlyBroadcastState<NameKey, NameHistory> state = context.getBroadcastState(NAMES);
        boolean processingTime = context.timeDomain() == TimeDomain.PROCESSING_TIME;
        List<Long> times = new ArrayList<>();
        waiting.keys().forEach(times::add);
        for (Long time : times) {
            SessionRow row = waiting.get(time);
            NameTable.Found found = lookUp(row, state);
            boolean settled = isSettled(row, context.currentWatermark());
            boolean over =
                    processingTime ? time <= timestamp || (settled && found != null) : settled;
            boolean changes = GivenName.of(row, found, over).giveTo(row);
            if (live ? changes : over) {
                out.collect(row.copy());
            }
            if (over || (live && !row.isFinal() && found != null && found.own())) {
                waiting.remove(time);
                waitingRows = Math.max(0, waitingRows - 1);
            } else if (changes) {
                waiting.put(time, row);
            }
        }
    }

    private static boolean isSettled(SessionRow row, long watermarkMs) {
        return settledMs(row) <= watermarkMs;
    }

    private static long settledMs(SessionRow row) {
        return EventTime.timerMs(row.startTimeNs + DnsFlowReader.LONGEST_WAIT_NS);
    }

    private NameTable.Found lookUp(
            SessionRow row, ReadOnlyBroadcastState<NameKey, NameHistory> state) {
        names.readFrom(state);
        return table.find(
                names,
                row.site,
                IpAddress.ofBytes(row.clientIp),
                IpAddress.ofBytes(row.serverIp),
                row.startTimeNs);
    }
}
