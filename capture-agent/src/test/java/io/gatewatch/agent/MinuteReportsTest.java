package io.gatewatch.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.agent.metrics.CaptureMinute;
import io.gatewatch.agent.metrics.CounterSnapshot;
import io.gatewatch.agent.metrics.MinuteCounts;
import io.gatewatch.capture.batch.BatchSettings;
import io.gatewatch.capture.batch.CaptureCounters;
import io.gatewatch.capture.batch.FlowBatcher;
import io.gatewatch.capture.batch.OwnTraffic;
import io.gatewatch.testing.FuzzBytes;
import io.gatewatch.testing.TimedFrame;
import io.gatewatch.wire.BatchHead;
import io.gatewatch.wire.CaptureInterface;
import io.gatewatch.wire.PacketBatch;
import io.gatewatch.wire.WireFormatException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MinuteReportsTest {
    private static final int FRAMES = 20_000;

    private final FuzzBytes fuzz = FuzzBytes.forTest(MinuteReportsTest.class);

    /** One run of a batcher: its minutes, its counters, the packets of each minute's batches. */
    private static final class Run {
        final CaptureCounters counters = new CaptureCounters();
        final List<CaptureMinute> minutes = new ArrayList<>();
        final Map<Instant, Long> packetsInBatches = new TreeMap<>();
        final FlowBatcher batcher;
        private final PacketBatch checker = new PacketBatch();
        private final Random refusals;

        /** Refuses some batches, as a queue does that is full; without a seed none. */
        Run(BatchSettings settings, Long seed) {
            OwnTraffic ownTraffic = new OwnTraffic();
            ownTraffic.set(List.of(RandomCapture.BROKER));
            refusals = seed == null ? null : new Random(seed);
            batcher =
                    new FlowBatcher(
                            settings,
                            counters,
                            (topic, partition, bytes, length, packets) -> accept(bytes, length),
                            ownTraffic);
            batcher.minutes(
                    new MinuteReports(
                            batcher, settings, counters, (all, minute) -> minutes.add(minute)));
            batcher.interfaces(List.of(new CaptureInterface("eth0", 1)));
        }

        private boolean accept(byte[] bytes, int length) {
            if (refusals != null && refusals.nextInt(4) == 0) {
                return false;
            }
            try {
                checker.check(bytes, 0, length);
            } catch (WireFormatException e) {
                throw new IllegalStateException(e);
            }
            BatchHead head = checker.head();
            packetsInBatches.merge(
                    Instant.ofEpochSecond(60 * head.minute), (long) head.packetCount, Long::sum);
            return true;
        }

        Run take(List<TimedFrame> frames) {
            for (TimedFrame frame : frames) {
                byte[] bytes = frame.bytes();
                batcher.frame(0, frame.timeNs(), bytes, 0, bytes.length, bytes.length);
            }
            batcher.endOfCapture(false);
            return this;
        }
    }

    @Test
    void shouldBalanceInEveryMinuteWhateverIsCaptured() {
        Run run = new Run(settings(false), fuzz.seed());

        run.take(RandomCapture.frames(fuzz, FRAMES));

        assertThat(run.minutes).hasSizeGreaterThan(20);
        assertThat(run.minutes)
                .allSatisfy(
                        minute -> {
                            MinuteCounts in = minute.counts();
                            assertThat(in.captured()).isNotNegative();
                            assertThat(in.decapsulated()).isNotNegative();
                            assertThat(in.captured() + in.decapsulated())
                                    .isEqualTo(
                                            in.shipped()
                                                    + in.queueDropped()
                                                    + in.ownTraffic()
                                                    + sum(in.undecodable())
                                                    + sum(in.ignored()));
                            assertThat(in.shipped())
                                    .isEqualTo(
                                            run.packetsInBatches.getOrDefault(minute.start(), 0L));
                        });
        assertThat(run.minutes).extracting(CaptureMinute::start).isSorted().doesNotHaveDuplicates();
        CounterSnapshot totals = CounterSnapshot.of(run.counters);
        assertThat(totals.captured()).isEqualTo(FRAMES);
        assertThat(totals.queueDropped()).isPositive();
        assertThat(totals.ownTraffic()).isPositive();
        assertThat(totals.ignored())
                .containsKeys("bad_timestamp", "fragment_without_first", "not_ip");
        assertThat(totals.undecodable()).isNotEmpty();
        assertThat(sum(run.minutes)).isEqualTo(asMinute(totals));
    }

    @Test
    void shouldSayTheSameWhenAFileIsReadAgain() {
        List<TimedFrame> frames = RandomCapture.frames(fuzz, FRAMES);

        Run first = new Run(settings(true), null).take(frames);
        Run again = new Run(settings(true), null).take(frames);

        assertThat(again.minutes).hasSizeGreaterThan(20);
        assertThat(describe(again.minutes)).isEqualTo(describe(first.minutes));
    }

    @Test
    void shouldReportWhatTheKernelDroppedUntilTheEnd() {
        Run run = new Run(settings(false), null);
        run.counters.kernelDropped(3);
        run.batcher.idle(Instant.parse("2026-01-01T00:00:59Z").getEpochSecond() * 1_000_000_000);
        run.batcher.idle(Instant.parse("2026-01-01T00:02:01Z").getEpochSecond() * 1_000_000_000);
        run.counters.kernelDropped(10);

        run.batcher.endOfCapture(false);

        assertThat(run.minutes)
                .extracting(minute -> minute.start() + " " + minute.counts().kernelDropped())
                .containsExactly("2026-01-01T00:00:00Z 3", "2026-01-01T00:02:00Z 7");
    }

    @Test
    void shouldNotReportAMinuteInWhichNothingCame() {
        Run run = new Run(settings(false), null);
        for (int minute = 0; minute < 10; minute++) {
            run.batcher.idle(minute * 60_000_000_000L);
        }

        run.batcher.endOfCapture(false);

        assertThat(run.minutes).isEmpty();
        assertThat(run.packetsInBatches).hasSize(9);
    }

    private static BatchSettings settings(boolean file) {
        return BatchSettings.builder("site", "gw")
                .bootId(1)
                .file(file)
                .partitions(3, 2)
                .packetsPerBatch(20)
                .build();
    }

    private static long sum(Map<String, Long> reasons) {
        return reasons.values().stream().mapToLong(Long::longValue).sum();
    }

    private static MinuteCounts sum(List<CaptureMinute> minutes) {
        long[] sums = new long[6];
        Map<String, Long> undecodable = new HashMap<>();
        Map<String, Long> ignored = new HashMap<>();
        for (CaptureMinute minute : minutes) {
            MinuteCounts in = minute.counts();
            sums[0] += in.captured();
            sums[1] += in.decapsulated();
            sums[2] += in.shipped();
            sums[3] += in.kernelDropped();
            sums[4] += in.queueDropped();
            sums[5] += in.ownTraffic();
            in.undecodable()
                    .forEach((reason, count) -> undecodable.merge(reason, count, Long::sum));
            in.ignored().forEach((reason, count) -> ignored.merge(reason, count, Long::sum));
        }
        return new MinuteCounts(
                sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], undecodable, ignored);
    }

    private static MinuteCounts asMinute(CounterSnapshot totals) {
        return new MinuteCounts(
                totals.captured(),
                totals.decapsulated(),
                totals.shipped(),
                totals.kernelDropped(),
                totals.queueDropped(),
                totals.ownTraffic(),
                totals.undecodable(),
                totals.ignored());
    }

    private static List<String> describe(List<CaptureMinute> minutes) {
        List<String> texts = new ArrayList<>();
        for (CaptureMinute minute : minutes) {
            StringBuilder text = new StringBuilder();
            text.append(minute.start()).append(' ').append(minute.counts());
            minute.lastSequences()
                    .forEach(
                            (topic, last) ->
                                    text.append(' ').append(topic).append(List.of(box(last))));
            texts.add(text.toString());
        }
        return texts;
    }

    private static Long[] box(long[] numbers) {
        Long[] boxed = new Long[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            boxed[i] = numbers[i];
        }
        return boxed;
    }
}
