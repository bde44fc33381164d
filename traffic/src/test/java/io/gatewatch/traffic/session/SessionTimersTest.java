package io.gatewatch.traffic.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Event-time timers only write and free; the wall clock only shows what is open. */
class SessionTimersTest {
    private static final String OPEN =
            "0 > S 1000; 0.1 < SA 5000 1001; 0.2 > A 1001 5001; 0.3 > PA 1001 5001 50";
    private static final long NOW_MS = 1_800_000_000_000L;

    // Rows do not depend on when event-time timers fire.

    @ParameterizedTest
    @ValueSource(
            strings = {
                // The key is used again: at once, within the grace, far beyond it.
                "0 > S 1; 0 < SA 9 2; 1 > A 2 10/2 > S 500/30 > S 900/700 > S 1300",
                "0 > S 1; 0 < RA 0 2/10 > S 1/30 > S 1/200 > S 1/400 > S 7",
                // Half closed: trails before and behind the end by time-out, and behind the linger.
                "0 > A 2 9; 1 > FA 2 9/50 < A 9 3 10/90 < A 19 3 10/650 < A 29 3 10/1500 < A 39 3 10",
                "0 > A 2 9; 1 > FA 2 9/100 < FA 9 3/120 > A 3 10/400 > R 3/1200 > A 3 10",
                // Both closed, what trails, a new one.
                "0 > FA 2 9; 1 < FA 9 3; 2 > A 3 10/100 > A 3 10/140 > A 3 10/300 > S 77",
                // Idle, by the packet's own time and by the watermark.
                "0 > A 2 9/599 > A 2 9/1200 > A 2 9/1900 > A 2 9/2600 > A 2 9",
                // Time goes back within the grace.
                "100 > S 1/50 > S 2/120 > S 3/61 > S 2/300 > S 1/300 > S 1/240 > S 8",
                // The same start and sequence number again: told apart by the ordinal.
                "0 > S 1; 0 > S 2; 0 > S 1; 0 > S 2/0 > S 1/700 > S 1; 700 > S 2; 700 > S 1"
            })
    void shouldWriteTheSameRowsWheneverTimersFire(String script) {
        List<ByteBuffer> eager = rowsOf(script, SessionHarness.Timers.EAGER);
        assertThat(eager).hasSizeGreaterThan(1);
        assertThat(rowsOf(script, SessionHarness.Timers.LATE)).isEqualTo(eager);
        assertThat(rowsOf(script, SessionHarness.Timers.NEVER)).isEqualTo(eager);
    }

    private static List<ByteBuffer> rowsOf(String script, SessionHarness.Timers timers) {
        // What is open at the end may end by a timer or by the end: a last packet settles it.
        SessionHarness run =
                SessionHarness.tcp().timers(timers).play(script + "/9000 > S 4/18000 > S 5");
        return run.rows.stream().map(SessionHarness::bytesOf).toList();
    }

    @Test
    void shouldGiveEverySessionItsOwnId() {
        SessionHarness run = SessionHarness.tcp();
        run.play("0 > S 1; 0 > S 2; 0 > S 1; 1 > S 9; 0 > S 1; 0 > S 1; 0 > S 2").end();
        assertThat(run.rows).hasSize(6);
        assertThat(run.rows.stream().map(row -> new BigInteger(row.sessionId)))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldForgetTheOrdinalOfASessionThatHadExpired() {
        SessionHarness first = SessionHarness.tcp();
        first.slice(FlowScript.packets("0 > S 1"), FlowScript.at(-60));
        first.slice(FlowScript.packets("0 > S 1"), FlowScript.at(60));
        SessionHarness alone = SessionHarness.tcp();
        alone.slice(FlowScript.packets("0 > S 1"), FlowScript.at(60));
        assertThat(first.end().rows.get(1).sessionId).isEqualTo(alone.end().row().sessionId);
    }

    // The timer is lazy.

    @Test
    void shouldArmOnceAndAgainOnlyWhenItFires() {
        SessionHarness run = SessionHarness.tcp().play(OPEN);
        long armed = run.eventTimerNs;
        assertThat(armed).isEqualTo(FlowScript.at(600.3));
        for (int second = 1; second < 300; second++) {
            run.slice(FlowScript.packets(second + " > A 1051 5001"), SliceContext.NO_WATERMARK);
            assertThat(run.eventTimerNs).isEqualTo(armed);
        }
        run.watermark(600.3);
        assertThat(run.wakeUps).isEqualTo(1);
        assertThat(run.eventTimerNs).isEqualTo(FlowScript.at(899));
        assertThat(run.rows).isEmpty();
    }

    @Test
    void shouldArmEarlierWhenTheExpiryMovesEarlier() {
        SessionHarness run = SessionHarness.tcp().play(OPEN);
        run.play("1 > FA 1051 5001");
        assertThat(run.eventTimerNs).isEqualTo(FlowScript.at(61));
        run.play("2 < FA 5001 1052; 2.5 > A 1052 5002");
        run.watermark(61);
        assertThat(run.eventTimerNs).isEqualTo(FlowScript.at(132.5));
    }

    @Test
    void shouldIgnoreAnEventTimerThatIsNotTheOneSet() {
        SessionHarness run = SessionHarness.tcp().play(OPEN);
        SessionState after = run.machine.onEventTime(run.key, run.state, FlowScript.at(600.2), run);
        assertThat(after).isSameAs(run.state);
        assertThat(run.eventTimerNs).isEqualTo(FlowScript.at(600.3));
    }

    @Test
    void shouldSurviveTimesAtTheEndOfTime() {
        SessionHarness run = SessionHarness.tcp();
        FlowScript.Packet last = new FlowScript.Packet(Long.MAX_VALUE - 5, false, 2, 1, 0, 0, 1);
        run.slice(List.of(last), SliceContext.NO_WATERMARK);
        assertThat(run.eventTimerNs).isEqualTo(Long.MAX_VALUE);
        run.end();
        assertThat(run.row().endReason).isEqualTo(EndReason.END_OF_INPUT);
    }

    // The end of a bounded run.

    @Test
    void shouldEndWhatIsOpenAtTheEndOfTheInput() {
        SessionHarness run = SessionHarness.tcp().play(OPEN).end();
        assertThat(run.row().endReason).isEqualTo(EndReason.END_OF_INPUT);
        assertThat(run.row().isFinal()).isTrue();
        assertThat(run.machine.counters().ended(EndReason.END_OF_INPUT)).isEqualTo(1);
        assertThat(run.machine.counters().finished()).isEqualTo(1);
    }

    @Test
    void shouldKeepTheReasonOfWhatLingersAtTheEndOfTheInput() {
        SessionHarness run = SessionHarness.tcp().play(OPEN + "; 1 < R 5001").end();
        assertThat(run.row().endReason).isEqualTo(EndReason.RST);
    }

    @Test
    void shouldWriteNothingBeforeTheEndInABoundedRun() {
        SessionHarness run = SessionHarness.tcp().play(OPEN + "; 1 < R 5001");
        assertThat(run.rows).isEmpty();
        assertThat(run.tickMs).isEqualTo(SessionState.NO_TIMER);
        run.watermark(61);
        assertThat(run.row().kind).isEqualTo(RowKind.FINAL);
    }

    // Live rows.

    @Test
    void shouldShowAnOpenSessionAfterTenSecondsThenEveryMinute() {
        SessionHarness run = SessionHarness.liveTcp();
        run.slice.processingTimeMs = NOW_MS;
        run.play(OPEN);
        assertThat(run.tickMs).isEqualTo(NOW_MS + 10_000);
        run.tick(NOW_MS + 10_000, 0);
        assertThat(run.row().kind).isEqualTo(RowKind.INTERIM);
        assertThat(run.row().endReason).isEqualTo(EndReason.OPEN);
        assertThat(run.row().revision).isEqualTo(4 * 4);
        assertThat(run.tickMs).isEqualTo(NOW_MS + 70_000);
        run.tick(NOW_MS + 70_000, 1);
        assertThat(run.rows).as("nothing changed").hasSize(1);
        run.play("2 > A 1051 5001").tick(NOW_MS + 130_000, 2);
        assertThat(run.rows).hasSize(2);
        assertThat(run.lastRow().revision).isEqualTo(5 * 4);
    }

    @Test
    void shouldWriteTheEndAtOnceAndWhatTrailsWhenItIsFinal() {
        SessionHarness run = SessionHarness.liveTcp();
        run.play(OPEN + "; 1 < R 5001");
        assertThat(run.row().kind).isEqualTo(RowKind.ENDED);
        assertThat(run.row().revision).isEqualTo(5 * 4 + 1);
        run.play("2 > A 1051 5001");
        assertThat(run.rows).hasSize(1);
        run.watermark(61);
        assertThat(run.rows).hasSize(2);
        assertThat(run.lastRow().kind).isEqualTo(RowKind.FINAL);
        assertThat(run.lastRow().clientPackets).isEqualTo(run.rows.get(0).clientPackets + 1);
        assertThat(run.state).isNull();
    }

    @Test
    void shouldWriteNothingMoreWhenNothingTrailed() {
        SessionHarness run = SessionHarness.liveTcp().play(OPEN + "; 1 < R 5001").watermark(61);
        assertThat(run.row().kind).isEqualTo(RowKind.ENDED);
        assertThat(run.state).isNull();
    }

    @Test
    void shouldShowWhatTrailedAtTheNextTick() {
        SessionHarness run = SessionHarness.liveTcp();
        run.slice.processingTimeMs = NOW_MS;
        run.play(OPEN + "; 1 < R 5001").play("2 > A 1051 5001").tick(NOW_MS + 10_000, 0);
        assertThat(run.rows).hasSize(2);
        assertThat(run.lastRow().kind).isEqualTo(RowKind.ENDED);
        run.watermark(61);
        assertThat(run.rows).hasSize(2);
    }

    // Calls with nothing new to write.

    @Test
    void shouldRemindOfASessionThatOutlastsItsTimeout() {
        SessionHarness run = SessionHarness.tcp().play(OPEN + "/500 > A 1051 5001");
        run.watermark(601);
        assertThat(run.rows).isEmpty();
        assertThat(run.reminders).hasSize(1);
        assertThat(run.reminders.get(0).kind).isEqualTo(RowKind.INTERIM);
    }

    @Test
    void shouldRemindOfASessionWhoseRowWasWrittenBeforeItWasFinal() {
        SessionHarness run = SessionHarness.liveTcp().play(OPEN + "; 1 < R 5001");
        assertThat(run.reminders).isEmpty();
        run.watermark(61);
        assertThat(run.reminders).hasSize(1);
        assertThat(run.reminders.get(0).kind).isEqualTo(RowKind.FINAL);
        assertThat(run.reminders.get(0).revision).isEqualTo(run.row().revision);
    }

    // The safety net.

    @Test
    void shouldCloseASessionWhoseGatewayIsGone() {
        SessionHarness run = SessionHarness.liveTcp();
        run.slice.processingTimeMs = NOW_MS;
        run.play(OPEN);
        long now = NOW_MS + 10_000;
        run.tick(now, 5);
        for (int still = 1; still <= 9; still++) {
            now += 60_000;
            run.tick(now, 5);
            assertThat(run.state).as("after tick %d", still).isNotNull();
        }
        run.tick(now + 60_000, 5);
        assertThat(run.state).isNull();
        assertThat(run.lastRow().endReason).isEqualTo(EndReason.GATEWAY_GONE);
        assertThat(run.lastRow().isFinal()).isTrue();
    }

    @Test
    void shouldFreeALingeringSessionWhoseGatewayIsGoneWithoutChangingIt() {
        SessionHarness run = SessionHarness.liveTcp();
        run.play(OPEN + "; 1 < R 5001");
        for (int tick = 0; tick <= 10; tick++) {
            run.tick(run.tickMs, 5);
        }
        assertThat(run.state).isNull();
        assertThat(run.row().endReason).isEqualTo(EndReason.RST);
    }

    @Test
    void shouldStartCountingAgainWhenTimeMovesOrAPacketComes() {
        SessionHarness run = SessionHarness.liveTcp().play(OPEN);
        for (int round = 0; round < 3; round++) {
            for (int tick = 0; tick < 9; tick++) {
                run.tick(run.tickMs, round);
            }
        }
        assertThat(run.state).isNotNull();
        // Nine ticks without a move of time, but a packet comes: the count begins again.
        run.play("3 > A 1051 5001");
        for (int tick = 0; tick <= 9; tick++) {
            run.tick(run.tickMs, 2);
        }
        assertThat(run.state).isNotNull();
        run.tick(run.tickMs, 2);
        assertThat(run.state).isNull();
    }

    @Test
    void shouldCountALateTickOnce() {
        SessionHarness run = SessionHarness.liveTcp().play(OPEN);
        run.tick(run.tickMs, 0);
        run.tick(run.tickMs + 3_600_000, 0);
        assertThat(run.state.idleTicks).isEqualTo(1);
        assertThat(run.tickMs).isGreaterThan(3_600_000);
    }

    @Test
    void shouldCloseTheTimersOfTheSessionThatANewSynReplaces() {
        SessionHarness run = SessionHarness.liveTcp();
        run.slice.processingTimeMs = NOW_MS;
        run.play(OPEN);
        run.slice.processingTimeMs = NOW_MS + 5_000;
        run.play("2 > S 77");
        assertThat(run.tickMs).isEqualTo(NOW_MS + 15_000);
        assertThat(run.eventTimerNs).isEqualTo(FlowScript.at(62));
        assertThat(run.machine.counters().opened()).isEqualTo(2);
        assertThat(run.machine.counters().ended(EndReason.NEW_SYN)).isEqualTo(1);
    }

    @Test
    void shouldCountSessionsThatBeginWhileTheOneBeforeLingers() {
        SessionHarness run = SessionHarness.tcp().play(OPEN + "; 1 < R 5001; 2 > S 77");
        assertThat(run.machine.counters().openedWhileLingering()).isEqualTo(1);
    }
}
