package io.gatewatch.job.ledger;

import io.gatewatch.capture.batch.BatchTopic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The ledger of one boot with hand-moved clocks. Its store keeps bytes, as a store on disk does: an
 * account that was changed and not kept again is as it was.
 */
final class TestLedger implements LedgerStore, LedgerOutput {
    static final LedgerKey KEY = new LedgerKey("home", "gw-1", 0xB007);

    /** 2026-01-01T00:00Z. */
    static final long MINUTE = 29_453_760;

    static final long MINUTE_MS = 60_000;

    /** What the table holds: minute, place and reason. */
    final SortedMap<String, Long> table = new TreeMap<>();

    /** Rows since they were last looked at. */
    final List<LedgerRow> written = new ArrayList<>();

    final List<Long> eventTimers = new ArrayList<>();
    final List<Long> wallTimers = new ArrayList<>();
    int tooLate;
    long watermarkMs = Long.MIN_VALUE;
    long nowMs = 1_000_000;

    private final SortedMap<Long, byte[]> minutes = new TreeMap<>();
    private byte[] boot;

    void counted(long minute, int partition, long sequence, long packets, HeadCounters counters)
            throws Exception {
        arrive(BatchArrival.Kind.COUNTED, minute, partition, sequence, packets, counters);
    }

    void arrive(
            BatchArrival.Kind kind,
            long minute,
            int partition,
            long sequence,
            long packets,
            HeadCounters counters)
            throws Exception {
        turn().arrive(
                        new BatchArrival(
                                kind,
                                KEY,
                                minute,
                                BatchTopic.PACKETS,
                                partition,
                                sequence,
                                packets,
                                counters));
    }

    void report(long minute, MinuteFigures figures) throws Exception {
        turn().report(minute, figures);
    }

    /** A report of a minute in which everything that was captured was shipped. */
    void report(long minute, long shipped, long... lastSequences) throws Exception {
        report(minute, figures(shipped, lastSequences));
    }

    static MinuteFigures figures(long shipped, long... lastSequences) {
        TopicSequences last = new TopicSequences();
        for (int i = 0; i < lastSequences.length; i++) {
            last.raise(BatchTopic.PACKETS, i, lastSequences[i]);
        }
        return new MinuteFigures(
                shipped, 0, shipped, 0, 0, 0, new TreeMap<>(), captured(shipped), last);
    }

    static HeadCounters captured(long frames) {
        return new HeadCounters(frames, 0, 0, 0, 0, 0);
    }

    /** Moves the watermark; timers that are due fire once each. */
    void watermark(long toMs) throws Exception {
        watermarkMs = toMs;
        for (long timer : List.copyOf(eventTimers)) {
            if (timer <= toMs) {
                eventTimers.remove(timer);
                turn().watermark();
            }
        }
    }

    /** As if the clock had passed the minute by two minutes. */
    void pass(long minute) throws Exception {
        watermark(endMs(minute) + MINUTE_MS);
    }

    static long endMs(long minute) {
        return (minute + 1) * MINUTE_MS;
    }

    /** Lets the wall clock go on by a minute. */
    void tick() throws Exception {
        wallClock(nowMs + MINUTE_MS);
    }

    /** Moves the wall clock; timers that are due fire once each. */
    void wallClock(long toMs) throws Exception {
        nowMs = toMs;
        for (long timer : List.copyOf(wallTimers)) {
            if (timer <= toMs) {
                wallTimers.remove(timer);
                turn().wallClock();
            }
        }
    }

    LedgerTurn turn() throws Exception {
        return new LedgerTurn(KEY, this, watermarkMs, nowMs, this);
    }

    /** The numbers of a minute that are not zero. */
    SortedMap<String, Long> shown(long minute) {
        SortedMap<String, Long> rows = new TreeMap<>();
        String prefix = minute + " ";
        table.forEach(
                (name, packets) -> {
                    if (name.startsWith(prefix) && packets > 0) {
                        rows.put(name.substring(prefix.length()), packets);
                    }
                });
        return rows;
    }

    List<LedgerRow> takeWritten() {
        List<LedgerRow> rows = List.copyOf(written);
        written.clear();
        return rows;
    }

    int kept() {
        return minutes.size();
    }

    boolean isForgotten() {
        return boot == null && minutes.isEmpty();
    }

    @Override
    public BootAccount boot() throws IOException {
        return boot == null ? null : new BootAccountSerializer().deserialize(input(boot));
    }

    @Override
    public void keep(BootAccount account) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        new BootAccountSerializer().serialize(account, out);
        boot = out.getCopyOfBuffer();
    }

    @Override
    public MinuteAccount minute(long minute) throws IOException {
        byte[] bytes = minutes.get(minute);
        return bytes == null ? null : new MinuteAccountSerializer().deserialize(input(bytes));
    }

    @Override
    public void keep(long minute, MinuteAccount account) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        new MinuteAccountSerializer().serialize(account, out);
        minutes.put(minute, out.getCopyOfBuffer());
    }

    private static DataInputDeserializer input(byte[] bytes) {
        return new DataInputDeserializer(bytes);
    }

    @Override
    public void forget(long minute) {
        minutes.remove(minute);
    }

    @Override
    public Iterable<Map.Entry<Long, MinuteAccount>> minutes() throws IOException {
        List<Map.Entry<Long, MinuteAccount>> accounts = new ArrayList<>();
        for (long minute : minutes.keySet()) {
            accounts.add(Map.entry(minute, minute(minute)));
        }
        return accounts;
    }

    @Override
    public void clear() {
        boot = null;
        minutes.clear();
    }

    @Override
    public void emit(LedgerRow row) {
        written.add(row);
        table.put(row.minute() + " " + row.place() + " " + row.reason(), row.packets());
    }

    @Override
    public void wakeAtEventTime(long timeMs) {
        if (!eventTimers.contains(timeMs)) {
            eventTimers.add(timeMs);
        }
    }

    @Override
    public void wakeAtWallClock(long timeMs) {
        if (!wallTimers.contains(timeMs)) {
            wallTimers.add(timeMs);
        }
    }

    @Override
    public void judged() {
        // Counted by rows.
    }

    @Override
    public void tooLate() {
        tooLate++;
    }
}
