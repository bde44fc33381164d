package io.gatewatch.job.session;

import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.traffic.session.SessionOutput;
import io.gatewatch.traffic.session.SessionRow;
import io.gatewatch.traffic.session.SessionState;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;

/** The session machine's output in Flink's terms, for the key that is being served. */
final class SessionTimers implements SessionOutput {
    private FlowKey key;
    private TimerService timers;
    private Collector<KeyedRow> out;

    /** All calls that follow are about this key. */
    void serve(FlowKey servedKey, TimerService timerService, Collector<KeyedRow> collector) {
        key = servedKey;
        timers = timerService;
        out = collector;
    }

    @Override
    public void emit(SessionRow row) {
        out.collect(new KeyedRow(key, row, true));
    }

    @Override
    public void remind(SessionRow row) {
        out.collect(new KeyedRow(key, row, false));
    }

    @Override
    public void wakeAtEventTime(long timeNs, long replacedNs) {
        long timerMs = EventTime.timerMs(timeNs);
        if (replacedNs != SessionState.NO_TIMER) {
            long replacedMs = EventTime.timerMs(replacedNs);
            if (replacedMs == timerMs) {
                return;
            }
            timers.deleteEventTimeTimer(replacedMs);
        }
        timers.registerEventTimeTimer(timerMs);
    }

    @Override
    public void cancelEventTime(long timeNs) {
        timers.deleteEventTimeTimer(EventTime.timerMs(timeNs));
    }

    @Override
    public void wakeAtProcessingTime(long timeMs) {
        timers.registerProcessingTimeTimer(timeMs);
    }

    @Override
    public void cancelProcessingTime(long timeMs) {
        timers.deleteProcessingTimeTimer(timeMs);
    }
}
