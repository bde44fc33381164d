package io.gatewatch.job.names;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Gives rows the host names that their own packets do not state, as of the session's start. Keyed
 * as assembly is, on the same subtask; the names are broadcast.
 *
 * <p>In a bounded run a row waits until the watermark has passed its session's start: then every
 * answer of that time is known, whatever the order of arrival, and the row is the same on every
 * run. Live a row never waits. An open session is looked up again with its next row; one that has
 * ended without a name is looked up again twice within {@value #LAST_LOOK_MS} ms, and written again
 * when a name has come; {@value #MAX_WAITING_ROWS} of a subtask at most. A name that an open
 * session was given stays, even if its answer is forgotten meanwhile.
 */
public final class NamingFunction
        extends KeyedBroadcastProcessFunction<FlowKey, KeyedRow, BroadcastFact, SessionRow>
        implements ResultTypeQueryable<SessionRow> {
    private static final long serialVersionUID = 1L;

    /** The names, as Flink broadcasts them. */
    public static final MapStateDescriptor<NameKey, NameHistory> NAMES =
            new MapStateDescriptor<>("names", new NameKeySerializer(), new NameHistorySerializer());

    /** Name of the keyed state with rows that wait, by the time of their last look. */
    public static final String STATE_WAITING = "waiting-rows";

    /** Name of the keyed state with the last row of an open session that has a name. */
    public static final String STATE_NAMED = "named-session";

    static final long FIRST_LOOK_MS = 5_000;
    static final long LAST_LOOK_MS = 60_000;

    private static final long FORGETTING_MS = 600_000;
    private static final long LONGEST_SESSION_NS = 86_400_000_000_000L;

    /** In a flood of sessions without a name most are not looked up again. */
    static final int MAX_WAITING_ROWS = 20_000;

    private final boolean live;
    private final int maxAnswers;

    private transient MapState<Long, SessionRow> waiting;
    private transient ValueState<SessionRow> named;
    private transient NameTable table;
    private transient BroadcastNames names;
    private transient boolean counted;
    private transient long nextForgettingMs;

    /** Live rows that wait here, as far as they came since the start. */
    private transient int waitingRows;

    /**
     * @param live rows do not wait for the watermark
     * @param maxAnswers answers that the table of names keeps
     */
    public NamingFunction(boolean live, int maxAnswers) {
        this.live = live;
        this.maxAnswers = maxAnswers;
    }

    @Override
    public TypeInformation<SessionRow> getProducedType() {
        return SessionRowSerializer.TYPE;
    }

    @Override
    public void open(OpenContext context) {
        table = new NameTable(maxAnswers);
        names = new BroadcastNames();
        waiting =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        STATE_WAITING,
                                        LongSerializer.INSTANCE,
                                        new SessionRowSerializer()));
        named =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        STATE_NAMED, new SessionRowSerializer()));
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        Gauge<Integer> answers = table::answers;
        Gauge<Long> evicted = table::evicted;
        metrics.gauge("nameAnswers", answers);
        metrics.gauge("nameAnswersEvicted", evicted);
    }

    @Override
    public void processBroadcastElement(
            BroadcastFact fact, Context context, Collector<SessionRow> out) throws Exception {
        BroadcastState<NameKey, NameHistory> state = context.getBroadcastState(NAMES);
        names.writeTo(state);
        if (!counted) {
            table.restore(names);
            counted = true;
        }
        if (fact instanceof BroadcastFact.Name name) {
            table.add(names, name.fact());
        }
        forgetOld(context.currentWatermark());
    }

    /** Answers stay for the sessions that began while they counted and go on. */
    private void forgetOld(long watermarkMs) {
        if (watermarkMs >= nextForgettingMs) {
            nextForgettingMs = watermarkMs + FORGETTING_MS;
            table.expire(names, EventTime.toNanos(watermarkMs) - LONGEST_SESSION_NS);
        }
    }

    @Override
    public void processElement(KeyedRow keyed, ReadOnlyContext context, Collector<SessionRow> out)
            throws Exception {
        SessionRow row = keyed.row();
        if (row.host != null) {
            out.collect(row);
            return;
        }
        if (live) {
            nameNow(row, context, out);
        } else if (isTimeFor(row, context.currentWatermark())) {
            find(row, context.getBroadcastState(NAMES));
            out.collect(row);
        } else {
            await(EventTime.timerMs(row.startTimeNs), row);
            context.timerService().registerEventTimeTimer(EventTime.timerMs(row.startTimeNs));
        }
    }

    private void nameNow(SessionRow row, ReadOnlyContext context, Collector<SessionRow> out)
            throws Exception {
        boolean open = row.kind == RowKind.INTERIM;
        if (!takeOver(row)) {
            find(row, context.getBroadcastState(NAMES));
        }
        if (open && row.host != null) {
            named.update(row.copy());
        } else if (row.isFinal()) {
            named.clear();
        }
        out.collect(row);
        if (!open && row.host == null && waitingRows < MAX_WAITING_ROWS) {
            waitingRows++;
            TimerService timers = context.timerService();
            long lastMs = await(timers.currentProcessingTime() + LAST_LOOK_MS, row.copy());
            timers.registerProcessingTimeTimer(lastMs - LAST_LOOK_MS + FIRST_LOOK_MS);
            timers.registerProcessingTimeTimer(lastMs);
        }
    }

    /** Takes the name of an earlier row of the same session. */
    private boolean takeOver(SessionRow row) throws Exception {
        SessionRow earlier = named.value();
        if (earlier == null || !Arrays.equals(earlier.sessionId, row.sessionId)) {
            return false;
        }
        row.host = earlier.host;
        row.hostSource = earlier.hostSource;
        row.hostAgeS = earlier.hostAgeS;
        row.hostTtlS = earlier.hostTtlS;
        return true;
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
        List<Long> done = new ArrayList<>();
        for (Map.Entry<Long, SessionRow> entry : waiting.entries()) {
            SessionRow row = entry.getValue();
            if (context.timeDomain() == TimeDomain.EVENT_TIME
                    ? isTimeFor(row, context.currentWatermark())
                    : hasName(row, state) || entry.getKey() <= timestamp) {
                done.add(entry.getKey());
            }
        }
        for (Long key : done) {
            SessionRow row = waiting.get(key);
            waiting.remove(key);
            waitingRows = Math.max(0, waitingRows - 1);
            find(row, state);
            if (!live || row.host != null) {
                out.collect(row);
            }
        }
    }

    private static boolean isTimeFor(SessionRow row, long watermarkMs) {
        return EventTime.timerMs(row.startTimeNs) <= watermarkMs;
    }

    private boolean hasName(SessionRow row, ReadOnlyBroadcastState<NameKey, NameHistory> state) {
        return lookUp(row, state) != null;
    }

    private void find(SessionRow row, ReadOnlyBroadcastState<NameKey, NameHistory> state) {
        NameTable.Found found = lookUp(row, state);
        if (found != null) {
            row.host = found.name();
            row.hostSource = found.source().text();
            row.hostAgeS = (int) found.ageSeconds();
            row.hostTtlS = (int) found.ttlSeconds();
        }
    }

    private NameTable.Found lookUp(
            SessionRow row, ReadOnlyBroadcastState<NameKey, NameHistory> state) {
        names.readFrom(state);
        return NameTable.find(
                names,
                row.site,
                IpAddress.ofBytes(row.clientIp),
                IpAddress.ofBytes(row.serverIp),
                row.startTimeNs);
    }
}
