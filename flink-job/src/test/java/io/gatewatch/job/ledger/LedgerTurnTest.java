package io.gatewatch.job.ledger;

import static io.gatewatch.job.ledger.BatchArrival.Kind.MIDSTREAM;
import static io.gatewatch.job.ledger.BatchArrival.Kind.REPEATED;
import static io.gatewatch.job.ledger.BatchArrival.Kind.UNREADABLE;
import static io.gatewatch.job.ledger.TestLedger.KEY;
import static io.gatewatch.job.ledger.TestLedger.MINUTE;
import static io.gatewatch.job.ledger.TestLedger.captured;
import static io.gatewatch.job.ledger.TestLedger.endMs;
import static io.gatewatch.job.ledger.TestLedger.figures;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.capture.batch.BatchTopic;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTurnTest {
    private static final long DAY_MS = 86_400_000;

    private final TestLedger ledger = new TestLedger();

    @Test
    void shouldJudgeAMinuteWhenEveryBatchOfItsReportIsThere() throws Exception {
        ledger.counted(MINUTE, 0, 0, 5, captured(5));
        ledger.counted(MINUTE, 1, 0, 7, captured(12));
        assertThat(ledger.written).isEmpty();

        ledger.report(MINUTE, 12, 0, 0);

        assertThat(ledger.shown(MINUTE))
                .isEqualTo(Map.of("agent captured", 12L, "job in_sessions", 12L));
    }

    @Test
    void shouldWaitForTheBatchesOfAReportThatCameFirst() throws Exception {
        ledger.report(MINUTE, 12, 0, 0);
        ledger.report(MINUTE + 1, 3, 1, 0);
        ledger.counted(MINUTE, 0, 0, 5, captured(5));
        assertThat(ledger.written).isEmpty();

        ledger.counted(MINUTE, 1, 0, 7, captured(12));
        assertThat(ledger.shown(MINUTE)).containsEntry("job in_sessions", 12L);
        assertThat(ledger.shown(MINUTE + 1)).isEmpty();

        ledger.counted(MINUTE + 1, 0, 1, 3, captured(15));
        assertThat(ledger.shown(MINUTE + 1)).containsEntry("job in_sessions", 3L);
    }

    @Test
    void shouldNameEverythingThatTheReportDoes() throws Exception {
        MinuteFigures figures =
                new MinuteFigures(
                        100,
                        4,
                        80,
                        9,
                        6,
                        3,
                        new TreeMap<>(Map.of("not_ip", 10L, "truncated", 5L, "other_llc", 0L)),
                        captured(100),
                        new TopicSequences());

        ledger.report(MINUTE, figures);

        assertThat(ledger.shown(MINUTE))
                .isEqualTo(
                        Map.of(
                                "agent captured", 100L,
                                "agent decapsulated", 4L,
                                "agent kernel_dropped", 9L,
                                "agent queue_dropped", 6L,
                                "agent own_traffic", 3L,
                                "agent not_ip", 10L,
                                "agent truncated", 5L,
                                "kafka missing", 80L));
    }

    @Test
    void shouldTakeBackAReasonThatALaterReportDoesNotName() throws Exception {
        MinuteFigures first =
                new MinuteFigures(
                        5,
                        0,
                        0,
                        0,
                        0,
                        0,
                        new TreeMap<>(Map.of("not_ip", 5L)),
                        captured(5),
                        new TopicSequences());
        ledger.report(MINUTE, first);

        ledger.report(MINUTE, 0);

        assertThat(ledger.shown(MINUTE)).isEmpty();
    }

    @Test
    void shouldMissABatchThatWasPassedByALaterOne() throws Exception {
        ledger.counted(MINUTE, 0, 0, 5, captured(5));
        ledger.counted(MINUTE, 0, 2, 4, captured(16));

        ledger.report(MINUTE, 16, 2);

        assertThat(ledger.shown(MINUTE))
                .isEqualTo(
                        Map.of("agent captured", 16L, "job in_sessions", 9L, "kafka missing", 7L));
    }

    @Test
    void shouldMissTheLastBatchOnceTheClockHasPassedIt() throws Exception {
        ledger.counted(MINUTE, 0, 0, 5, captured(5));
        ledger.report(MINUTE, 12, 1);

        ledger.watermark(endMs(MINUTE) + 59_999);
        assertThat(ledger.written).isEmpty();

        ledger.watermark(endMs(MINUTE) + 60_000);
        assertThat(ledger.shown(MINUTE)).containsEntry("kafka missing", 7L);
    }

    @Test
    void shouldCorrectWhatComesAfterTheJudgement() throws Exception {
        ledger.counted(MINUTE, 0, 0, 5, captured(5));
        ledger.report(MINUTE, 12, 1);
        ledger.pass(MINUTE);
        ledger.takeWritten();

        ledger.counted(MINUTE, 0, 1, 7, captured(12));

        assertThat(ledger.takeWritten())
                .extracting(LedgerRow::reason)
                .containsExactlyInAnyOrder("missing", "in_sessions");
        assertThat(ledger.shown(MINUTE))
                .isEqualTo(Map.of("agent captured", 12L, "job in_sessions", 12L));
    }

    @Test
    void shouldCountWhatCannotBeReadApart() throws Exception {
        ledger.counted(MINUTE, 0, 0, 5, captured(5));
        ledger.arrive(UNREADABLE, MINUTE, 0, 1, 7, null);

        ledger.report(MINUTE, 12, 1);

        assertThat(ledger.shown(MINUTE))
                .isEqualTo(
                        Map.of("agent captured", 12L, "job in_sessions", 5L, "job unreadable", 7L));
    }

    @Test
    void shouldCountRepeatsBesideTheBalance() throws Exception {
        ledger.counted(MINUTE, 0, 0, 5, captured(5));
        ledger.arrive(REPEATED, MINUTE, 0, 0, 5, captured(5));
        ledger.report(MINUTE, 5, 0);
        ledger.arrive(REPEATED, MINUTE, 0, 0, 5, captured(5));
        ledger.report(MINUTE, 5, 0);

        assertThat(ledger.shown(MINUTE))
                .isEqualTo(
                        Map.of("agent captured", 5L, "job in_sessions", 5L, "job repeated", 10L));
    }

    @Test
    void shouldSetPacketsOfUnseenBeginningsAside() throws Exception {
        ledger.counted(MINUTE, 0, 0, 5, captured(5));
        ledger.report(MINUTE, 5, 0);

        ledger.turn().arrive(BatchArrival.midstream(KEY, MINUTE, 2));

        assertThat(ledger.shown(MINUTE))
                .isEqualTo(
                        Map.of("agent captured", 5L, "job in_sessions", 3L, "job midstream", 2L));
    }

    @Test
    void shouldSayWhatDiedWithAnAgent() throws Exception {
        ledger.counted(MINUTE - 1, 0, 0, 4, new HeadCounters(10, 0, 1, 2, 1, 3));
        ledger.report(MINUTE - 1, 4, 0);
        // The report's total stands for the heads of its minute.
        ledger.counted(MINUTE, 0, 1, 5, new HeadCounters(30, 2, 4, 5, 2, 6));

        ledger.pass(MINUTE);

        assertThat(ledger.shown(MINUTE))
                .isEqualTo(
                        Map.of(
                                "agent captured", 26L,
                                "agent decapsulated", 2L,
                                "agent kernel_dropped", 4L,
                                "agent queue_dropped", 5L,
                                "agent ignored", 6L,
                                "agent undecodable", 2L,
                                "agent agent_died", 10L,
                                "job in_sessions", 5L));
    }

    @Test
    void shouldTakeBackWhatDiedWhenTheReportComes() throws Exception {
        ledger.counted(MINUTE, 0, 0, 5, captured(9));
        ledger.pass(MINUTE);
        assertThat(ledger.shown(MINUTE)).containsEntry("agent agent_died", 4L);

        ledger.report(
                MINUTE,
                new MinuteFigures(
                        9,
                        0,
                        5,
                        0,
                        0,
                        0,
                        new TreeMap<>(Map.of("not_ip", 4L)),
                        captured(9),
                        figures(5, 0).last()));

        assertThat(ledger.shown(MINUTE))
                .isEqualTo(Map.of("agent captured", 9L, "agent not_ip", 4L, "job in_sessions", 5L));
    }

    @Test
    void shouldBeginTheNextMinuteAnewWhenTheOneBeforeIsKnownBetter() throws Exception {
        ledger.counted(MINUTE, 0, 0, 5, captured(5));
        ledger.counted(MINUTE + 1, 0, 2, 5, captured(20));
        ledger.pass(MINUTE + 1);
        assertThat(ledger.shown(MINUTE + 1)).containsEntry("agent agent_died", 10L);

        ledger.counted(MINUTE, 0, 1, 10, captured(15));

        assertThat(ledger.shown(MINUTE))
                .isEqualTo(Map.of("agent captured", 15L, "job in_sessions", 15L));
        assertThat(ledger.shown(MINUTE + 1))
                .isEqualTo(Map.of("agent captured", 5L, "job in_sessions", 5L));
    }

    @Test
    void shouldNotTakeTheLifeOfABootForAMinute() throws Exception {
        ledger.counted(MINUTE, 0, 1_000, 5, captured(1_000_000));

        ledger.pass(MINUTE);

        assertThat(ledger.shown(MINUTE))
                .isEqualTo(Map.of("agent captured", 5L, "job in_sessions", 5L));
    }

    @Test
    void shouldOpenNoMinuteForPunctuations() throws Exception {
        ledger.counted(MINUTE, 0, 0, 5, captured(5));
        ledger.counted(MINUTE + 1, 0, 1, 0, captured(5));
        ledger.counted(MINUTE + 2, 0, 2, 0, captured(6));

        assertThat(ledger.kept()).isEqualTo(2);
    }

    @Test
    void shouldJudgeWhenNothingIsHeardAndNoClockMoves() throws Exception {
        ledger.counted(MINUTE, 0, 0, 5, captured(5));
        ledger.report(MINUTE, 12, 1);
        for (int i = 0; i <= LedgerTurn.QUIET_TICKS; i++) {
            assertThat(ledger.written).isEmpty();
            ledger.tick();
        }

        assertThat(ledger.shown(MINUTE)).containsEntry("kafka missing", 7L);
        assertThat(ledger.wallTimers).as("the look an hour later alone").hasSize(1);
    }

    @Test
    void shouldNotCallATimeQuietInWhichTheClockMoves() throws Exception {
        ledger.counted(MINUTE, 0, 0, 5, captured(5));
        for (int i = 0; i < 20; i++) {
            ledger.watermark(endMs(MINUTE) + 1_000L * i);
            ledger.tick();
        }

        assertThat(ledger.written).isEmpty();
    }

    @Test
    void shouldGiveOldCapturesTimeWhoseMinutesThePartitionsHaveLongPassed() throws Exception {
        ledger.watermark(endMs(MINUTE) + 100 * DAY_MS);
        ledger.counted(MINUTE, 0, 0, 5, captured(5));
        ledger.watermark(endMs(MINUTE) + 100 * DAY_MS + 59_999);
        assertThat(ledger.written).isEmpty();

        ledger.watermark(endMs(MINUTE) + 100 * DAY_MS + 60_000);

        assertThat(ledger.shown(MINUTE)).containsEntry("job in_sessions", 5L);
    }

    @Test
    void shouldGiveUpABootADayAfterItWasLastHeard() throws Exception {
        ledger.watermark(endMs(MINUTE));
        ledger.counted(MINUTE, 0, 0, 5, captured(5));
        ledger.watermark(endMs(MINUTE) + DAY_MS - 1);
        ledger.wallClock(ledger.nowMs + DAY_MS);
        assertThat(ledger.isForgotten()).isFalse();

        ledger.watermark(endMs(MINUTE) + DAY_MS);
        ledger.wallClock(ledger.nowMs + LedgerTurn.LOOK_MS);

        assertThat(ledger.isForgotten()).isTrue();
        assertThat(ledger.wallTimers).isEmpty();
        assertThat(ledger.shown(MINUTE)).containsEntry("job in_sessions", 5L);
    }

    @Test
    void shouldNotGiveUpABootThatSpeaksWhileOtherClocksJumpOverMonths() throws Exception {
        ledger.watermark(endMs(MINUTE) - 300 * DAY_MS);
        ledger.counted(MINUTE, 0, 0, 5, captured(5));
        ledger.wallClock(ledger.nowMs + LedgerTurn.LOOK_MS - 1);
        ledger.counted(MINUTE, 0, 1, 4, captured(9));

        ledger.watermark(endMs(MINUTE) + 300 * DAY_MS);
        ledger.wallClock(ledger.nowMs + 1);
        ledger.counted(MINUTE, 0, 2, 3, captured(12));
        ledger.report(MINUTE, 12, 2);

        assertThat(ledger.isForgotten()).isFalse();
        assertThat(ledger.shown(MINUTE))
                .isEqualTo(Map.of("agent captured", 12L, "job in_sessions", 12L));
    }

    @Test
    void shouldBoundTheMinutesOfABoot() throws Exception {
        int minutes = LedgerTurn.MAX_JUDGED + 300;
        for (int i = 0; i < minutes; i++) {
            ledger.counted(MINUTE + i, 0, i, 1, captured(i + 1));
            ledger.report(MINUTE + i, 1, i);
        }

        assertThat(ledger.kept()).isBetween(LedgerTurn.MAX_JUDGED, LedgerTurn.MAX_JUDGED + 60);
        ledger.takeWritten();
        ledger.counted(MINUTE, 0, minutes, 5, captured(minutes));
        assertThat(ledger.takeWritten()).as("its total is not known any more").isEmpty();
        assertThat(ledger.tooLate).isEqualTo(1);
        assertThat(ledger.shown(MINUTE)).containsEntry("job in_sessions", 1L);
    }

    @Test
    void shouldJumpOverYears() throws Exception {
        long years = 20L * 365 * 1_440;
        ledger.counted(MINUTE, 0, 0, 1, captured(1));
        ledger.counted(MINUTE + years, 0, 1, 1, captured(2));
        ledger.counted(MINUTE + 2 * years, 0, 2, 1, captured(3));

        ledger.pass(MINUTE + 2 * years);

        for (int i = 0; i < 3; i++) {
            assertThat(ledger.table)
                    .as("%s jumps", i)
                    .containsEntry(MINUTE + i * years + " job in_sessions", 1L);
        }
        assertThat(ledger.eventTimers).hasSizeLessThan(5);
    }

    @Test
    void shouldLeaveAloneWhatItCountedBeforeItForgotTheBoot() throws Exception {
        ledger.arrive(REPEATED, MINUTE, 0, 0, 5, captured(5));
        ledger.counted(MINUTE, 0, 1, 7, captured(12));
        ledger.counted(MINUTE + 1, 0, 2, 3, captured(15));
        ledger.report(MINUTE, 12, 1);
        ledger.report(MINUTE + 1, 3, 2);

        ledger.pass(MINUTE + 1);

        assertThat(ledger.shown(MINUTE)).isEmpty();
        assertThat(ledger.shown(MINUTE + 1))
                .isEqualTo(Map.of("agent captured", 3L, "job in_sessions", 3L));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MAX_VALUE, Long.MIN_VALUE})
    void shouldEndureMinutesThatNoClockShows(long minute) throws Exception {
        ledger.turn().arrive(BatchArrival.midstream(KEY, minute, 2));
        ledger.watermark(Long.MAX_VALUE);

        assertThat(ledger.shown(0)).isEqualTo(Map.of("job midstream", 2L));
    }

    @Test
    void shouldEndureCountersThatOverflow() throws Exception {
        long most = Long.MAX_VALUE;
        ledger.counted(MINUTE, 0, 0, 5, new HeadCounters(most, most, most, most, most, most));
        ledger.turn()
                .arrive(
                        new BatchArrival(
                                MIDSTREAM, KEY, MINUTE, BatchTopic.DNS, 0, -1, most, null));

        ledger.watermark(Long.MAX_VALUE);

        List<LedgerRow> rows = ledger.takeWritten();
        assertThat(rows).isNotEmpty().allMatch(row -> row.packets() >= 0);
    }
}
