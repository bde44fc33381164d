package io.gatewatch.job.ledger;

import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keeps the ledger: moves the accounts of a boot and its timers in and out of {@link LedgerTurn},
 * which has the rules. What it writes are totals, so a restart neither doubles nor loses a packet.
 */
public final class LedgerFunction
        extends KeyedCoProcessFunction<LedgerKey, BatchArrival, MinuteReport, LedgerRow>
        implements ResultTypeQueryable<LedgerRow> {
    private static final long serialVersionUID = 1L;

    /** Name of the keyed state that holds the account of a boot. */
    public static final String STATE_BOOT = "boot";

    /** Name of the keyed state that holds the accounts of its minutes. */
    public static final String STATE_MINUTES = "minutes";

    private transient Store store;
    private transient Output output;

    @Override
    public TypeInformation<LedgerRow> getProducedType() {
        return LedgerRowSerializer.TYPE;
    }

    @Override
    public void open(OpenContext context) {
        store =
                new Store(
                        getRuntimeContext()
                                .getState(
                                        new ValueStateDescriptor<>(
                                                STATE_BOOT, new BootAccountSerializer())),
                        getRuntimeContext()
                                .getMapState(
                                        new MapStateDescriptor<>(
                                                STATE_MINUTES,
                                                LongSerializer.INSTANCE,
                                                new MinuteAccountSerializer())));
        output = new Output(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement1(BatchArrival arrival, Context context, Collector<LedgerRow> out)
            throws Exception {
        turn(arrival.key(), context.timerService(), out).arrive(arrival);
    }

    @Override
    public void processElement2(MinuteReport report, Context context, Collector<LedgerRow> out)
            throws Exception {
        turn(report.key(), context.timerService(), out).report(report.minute(), report.figures());
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<LedgerRow> out)
            throws Exception {
        LedgerTurn turn = turn(context.getCurrentKey(), context.timerService(), out);
        if (context.timeDomain() == TimeDomain.EVENT_TIME) {
            turn.watermark();
        } else {
            turn.wallClock();
        }
    }

    private LedgerTurn turn(LedgerKey key, TimerService timers, Collector<LedgerRow> out)
            throws Exception {
        output.timers = timers;
        output.out = out;
        return new LedgerTurn(
                key, store, timers.currentWatermark(), timers.currentProcessingTime(), output);
    }

    /** The accounts of the current key. */
    private record Store(ValueState<BootAccount> boots, MapState<Long, MinuteAccount> accounts)
            implements LedgerStore {
        @Override
        public BootAccount boot() throws Exception {
            return boots.value();
        }

        @Override
        public void keep(BootAccount boot) throws Exception {
            boots.update(boot);
        }

        @Override
        public MinuteAccount minute(long minute) throws Exception {
            return accounts.get(minute);
        }

        @Override
        public void keep(long minute, MinuteAccount account) throws Exception {
            accounts.put(minute, account);
        }

        @Override
        public void forget(long minute) throws Exception {
            accounts.remove(minute);
        }

        @Override
        public Iterable<Map.Entry<Long, MinuteAccount>> minutes() throws Exception {
            return accounts.entries();
        }

        @Override
        public void clear() {
            boots.clear();
            accounts.clear();
        }
    }

    private static final class Output implements LedgerOutput {
        private final Counter judgedMinutes;
        private final Counter lateForLedger;
        private TimerService timers;
        private Collector<LedgerRow> out;

        Output(MetricGroup group) {
            judgedMinutes = group.counter("judgedMinutes");
            lateForLedger = group.counter("lateForLedger");
        }

        @Override
        public void emit(LedgerRow row) {
            out.collect(row);
        }

        @Override
        public void wakeAtEventTime(long timeMs) {
            timers.registerEventTimeTimer(timeMs);
        }

        @Override
        public void wakeAtWallClock(long timeMs) {
            timers.registerProcessingTimeTimer(timeMs);
        }

        @Override
        public void judged() {
            judgedMinutes.inc();
        }

        @Override
        public void tooLate() {
            lateForLedger.inc();
        }
    }
}
