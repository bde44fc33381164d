package io.gatewatch.job.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What one event does to the accounts of a boot. A minute is judged, that is its rows are written,
 * when its report is there and every batch that it names has arrived or been passed; or two minutes
 * after the clock passed it, which is a minute after the watermark did; or when for five minutes
 * nothing was heard and no clock moved. What comes later is written as well.
 *
 * <p>Of a minute that was opened when the watermark had long passed it (an old capture shipped
 * today), the same is asked of the watermark from then on: its batches have to have time.
 *
 * <p>Of a boot the latest {@value #MAX_JUDGED} judged minutes are kept, a day if each has packets;
 * what comes for an older one is left alone, because its total is not known any more. A boot is
 * given up when the watermark has come a day further since it was last heard and it has been silent
 * by the wall clock as well: a jump of other gateways' clocks says nothing of it. Times in
 * milliseconds.
 */
final class LedgerTurn {
    static final int MAX_JUDGED = 1_440;

    /** Reports of a week may lie before the batches that they name. */
    static final int MAX_OPEN = 10_080;

    static final long TICK_MS = 60_000;
    static final int QUIET_TICKS = 5;

    private static final long NO_WATERMARK = Long.MIN_VALUE;
    private static final long MINUTE_MS = 60_000;
    private static final long JUDGED_AFTER_MS = 60_000;
    static final long LOOK_MS = 3_600_000;

    private static final long KEPT_MS = 86_400_000;

    /** Not every judgement has to look for the oldest. */
    private static final int JUDGED_AT_ONCE = 60;

    private final LedgerKey key;
    private final LedgerStore store;
    private final long watermarkMs;
    private final long nowMs;
    private final LedgerOutput out;
    private BootAccount boot;

    /**
     * @param nowMs by the wall clock
     */
    LedgerTurn(LedgerKey key, LedgerStore store, long watermarkMs, long nowMs, LedgerOutput out)
            throws Exception {
        this.key = key;
        this.store = store;
        this.watermarkMs = watermarkMs;
        this.nowMs = nowMs;
        this.out = out;
        boot = store.boot();
    }

    /** Something became of packets. */
    void arrive(BatchArrival arrival) throws Exception {
        hear(arrival.minute());
        boolean above =
                arrival.hasSequence()
                        && boot.sequences.raise(
                                arrival.topic(), arrival.partition(), arrival.sequence());
        boot.begun |= above && arrival.sequence() == 0;
        MinuteAccount account = saysAnything(arrival) ? account(arrival.minute()) : null;
        if (account != null) {
            List<LedgerRow> before = shown(arrival.minute(), account);
            account.take(arrival, above && arrival.kind() == BatchArrival.Kind.REPEATED);
            update(arrival.minute(), account, before);
        }
        if (arrival.counters() != null) {
            boot.newest = boot.newest.max(arrival.counters());
        }
        judgeComplete();
        finish();
    }

    /** A batch without packets opens no minute unless its counters have moved. */
    private boolean saysAnything(BatchArrival arrival) throws Exception {
        return arrival.packets() > 0
                || (arrival.counters() != null
                        && !boot.newest.max(arrival.counters()).equals(boot.newest));
    }

    /** The agent says what it counted. */
    void report(long minute, MinuteFigures figures) throws Exception {
        hear(minute);
        MinuteAccount account = account(minute);
        if (account != null) {
            List<LedgerRow> before = shown(minute, account);
            if (account.report == null && account.judged) {
                boot.judgedUnreported--;
            } else if (account.report == null) {
                boot.openReported++;
            }
            account.report = figures;
            update(minute, account, before);
        }
        boot.newest = boot.newest.max(figures.total());
        judgeComplete();
        finish();
    }

    /** The watermark has moved to where somebody asked for. */
    void watermark() throws Exception {
        if (boot == null) {
            return;
        }
        Iterator<Long> minutes = boot.open.iterator();
        while (minutes.hasNext()) {
            long minute = minutes.next();
            if (plus(endMs(minute), JUDGED_AFTER_MS) > watermarkMs) {
                break;
            }
            MinuteAccount account = store.minute(minute);
            if (account.dueMs <= watermarkMs) {
                minutes.remove();
                judge(minute, account);
            }
        }
        finish();
    }

    /** The wall clock has moved to where somebody asked for. */
    void wallClock() throws Exception {
        if (boot == null) {
            return;
        }
        if (boot.tickAtMs <= nowMs) {
            tick();
        }
        if (boot.lookAtMs <= nowMs) {
            look();
        }
        finish();
    }

    /** A minute of the wall clock is over, or more while the job was down. */
    private void tick() throws Exception {
        boot.tickAtMs = BootAccount.NEVER;
        if (boot.tickWatermarkMs == watermarkMs) {
            boot.quietTicks++;
        } else {
            boot.tickWatermarkMs = watermarkMs;
            boot.quietTicks = 0;
        }
        if (boot.quietTicks >= QUIET_TICKS) {
            judgeAll();
        }
    }

    private void look() throws Exception {
        boolean silent = plus(boot.heardAtMs, LOOK_MS) <= nowMs;
        if (silent && plus(boot.heardMs, KEPT_MS) <= watermarkMs) {
            judgeAll();
            store.clear();
            boot = null;
            return;
        }
        boot.lookAtMs = nowMs + LOOK_MS;
        out.wakeAtWallClock(boot.lookAtMs);
    }

    private void hear(long minute) {
        if (boot == null) {
            boot = new BootAccount();
            boot.lookAtMs = nowMs + LOOK_MS;
            out.wakeAtWallClock(boot.lookAtMs);
        }
        long timeMs = watermarkMs == NO_WATERMARK ? endMs(minute) : watermarkMs;
        boot.heardMs = Math.max(boot.heardMs, timeMs);
        boot.heardAtMs = nowMs;
        // The tick under way was not quiet.
        boot.quietTicks = -1;
    }

    /** The account of a minute, a new one if need be; null if it was given up. */
    private MinuteAccount account(long minute) throws Exception {
        MinuteAccount account = store.minute(minute);
        if (account != null) {
            return account;
        }
        if (minute <= boot.forgottenThrough) {
            out.tooLate();
            return null;
        }
        account = new MinuteAccount();
        account.dueMs = plus(Math.max(endMs(minute), watermarkMs), JUDGED_AFTER_MS);
        out.wakeAtEventTime(account.dueMs);
        boot.open.add(minute);
        return account;
    }

    private void judgeComplete() throws Exception {
        if (boot.openReported == 0) {
            return;
        }
        Iterator<Long> minutes = boot.open.iterator();
        while (minutes.hasNext()) {
            long minute = minutes.next();
            MinuteAccount account = store.minute(minute);
            if (account.report != null) {
                if (!boot.sequences.reach(account.report.last())) {
                    return; // Later reports name later batches.
                }
                minutes.remove();
                judge(minute, account);
            }
        }
    }

    private void judgeAll() throws Exception {
        for (Long minute = boot.open.pollFirst(); minute != null; minute = boot.open.pollFirst()) {
            judge(minute, store.minute(minute));
        }
    }

    /** Writes the minute for the first time; it is not among the open ones any more. */
    private void judge(long minute, MinuteAccount account) throws Exception {
        List<LedgerRow> before = shown(minute, account);
        account.judged = true;
        boot.judged++;
        if (account.report == null) {
            boot.judgedUnreported++;
            boot.latestUnreported = Math.max(boot.latestUnreported, minute);
        } else {
            boot.openReported--;
        }
        update(minute, account, before);
        out.judged();
    }

    /** What the table holds that depends on this minute: its rows, and those of one behind it. */
    private List<LedgerRow> shown(long minute, MinuteAccount account) throws Exception {
        List<LedgerRow> rows = new ArrayList<>();
        if (account.isShown()) {
            rows.addAll(MinuteRows.of(key, minute, account, base(minute, account)));
        }
        if (boot.judgedUnreported > 0 && minute < boot.latestUnreported) {
            addNext(minute, rows);
        }
        return rows;
    }

    /** Where the next minute has no report, it begins with what is known of this one. */
    private void addNext(long minute, List<LedgerRow> rows) throws Exception {
        Map.Entry<Long, MinuteAccount> next = null;
        for (Map.Entry<Long, MinuteAccount> each : store.minutes()) {
            boolean later = each.getKey() > minute && each.getValue().total() != null;
            if (later && (next == null || each.getKey() < next.getKey())) {
                next = each;
            }
        }
        if (next != null && next.getValue().isShown() && next.getValue().report == null) {
            MinuteAccount account = next.getValue();
            rows.addAll(MinuteRows.of(key, next.getKey(), account, base(next.getKey(), account)));
        }
    }

    /** The boot's counters before a minute, as well as they are known; null if they are not. */
    private HeadCounters base(long minute, MinuteAccount account) throws Exception {
        if (account.report != null) {
            return null;
        }
        long latest = boot.forgottenThrough;
        HeadCounters base = boot.forgottenTotal;
        for (Map.Entry<Long, MinuteAccount> each : store.minutes()) {
            HeadCounters total = each.getValue().total();
            if (each.getKey() < minute && each.getKey() > latest && total != null) {
                latest = each.getKey();
                base = total;
            }
        }
        return base == null && boot.begun ? HeadCounters.ZERO : base;
    }

    private void update(long minute, MinuteAccount account, List<LedgerRow> before)
            throws Exception {
        store.keep(minute, account);
        List<LedgerRow> after = shown(minute, account);
        for (LedgerRow row : after) {
            if (!before.contains(row)) {
                out.emit(row);
            }
        }
        for (LedgerRow row : before) {
            boolean gone = account.isShown() && row.packets() > 0;
            if (gone && after.stream().noneMatch(row::hasNameOf)) {
                out.emit(row.without());
            }
        }
    }

    private void finish() throws Exception {
        if (boot == null) {
            return;
        }
        while (boot.open.size() > MAX_OPEN) {
            long oldest = boot.open.pollFirst();
            judge(oldest, store.minute(oldest));
        }
        if (boot.judged > MAX_JUDGED + JUDGED_AT_ONCE) {
            List<Long> judged = judged();
            for (long minute : judged.subList(0, judged.size() - MAX_JUDGED)) {
                forget(minute);
            }
        }
        if (boot.tickAtMs == BootAccount.NEVER && !boot.open.isEmpty()) {
            boot.tickAtMs = nowMs + TICK_MS;
            out.wakeAtWallClock(boot.tickAtMs);
        }
        store.keep(boot);
    }

    /** Judged minutes, oldest first. */
    private List<Long> judged() throws Exception {
        List<Long> minutes = new ArrayList<>();
        for (Map.Entry<Long, MinuteAccount> each : store.minutes()) {
            if (each.getValue().judged) {
                minutes.add(each.getKey());
            }
        }
        minutes.sort(Comparator.naturalOrder());
        return minutes;
    }

    private void forget(long minute) throws Exception {
        MinuteAccount account = store.minute(minute);
        store.forget(minute);
        boot.judged--;
        if (account.report == null) {
            boot.judgedUnreported--;
        }
        if (minute > boot.forgottenThrough) {
            boot.forgottenThrough = minute;
            boot.forgottenTotal = account.total() == null ? boot.forgottenTotal : account.total();
        }
    }

    private static long endMs(long minute) {
        return (minute + 1) * MINUTE_MS;
    }

    private static long plus(long timeMs, long durationMs) {
        return timeMs > Long.MAX_VALUE - durationMs ? Long.MAX_VALUE : timeMs + durationMs;
    }
}
