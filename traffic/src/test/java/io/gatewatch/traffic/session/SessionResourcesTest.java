package io.gatewatch.traffic.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What changes for a session while there are many others. */
class SessionResourcesTest {
    private static final long JUST_OVER_HALF = SessionSettings.DEFAULT_MAX_SESSIONS * 51L / 100;

    private final SessionHarness run = SessionHarness.tcp();

    @Test
    void shouldEndAnEmbryonicSessionEarly() {
        crowd(JUST_OVER_HALF);
        run.play("0 > S 10").watermark(29.9);
        assertThat(run.rows).isEmpty();

        run.watermark(30);

        assertThat(run.row().endReason).isEqualTo(EndReason.RESOURCES);
        assertThat(run.state).isNull();
        assertThat(run.machine.counters().givenUp()).isOne();
    }

    @Test
    void shouldEndItAsIdleWhereThereAreFew() {
        run.play("0 > S 10").watermark(59.9);
        assertThat(run.rows).isEmpty();

        run.watermark(60);

        assertThat(run.row().endReason).isEqualTo(EndReason.IDLE);
        assertThat(run.machine.counters().givenUp()).isZero();
    }

    @Test
    void shouldGiveItItsFullTimeWhenThereAreFewAgain() {
        crowd(JUST_OVER_HALF);
        run.play("0 > S 10");
        crowd(-JUST_OVER_HALF);

        run.watermark(59.9);
        assertThat(run.rows).isEmpty();
        run.watermark(60);

        assertThat(run.row().endReason).isEqualTo(EndReason.IDLE);
    }

    @Test
    void shouldLeaveAnEstablishedSessionAlone() {
        crowd(2 * JUST_OVER_HALF);
        run.play("0 > S 10; 1 < SA 20 11; 2 > A 11 21").watermark(601);
        assertThat(run.rows).isEmpty();

        run.watermark(602);

        assertThat(run.row().endReason).isEqualTo(EndReason.IDLE);
    }

    @Test
    void shouldTakeWhatComesBeforeTheEarlyEnd() {
        crowd(JUST_OVER_HALF);
        run.play("0 > S 10/50 < SA 20 11; 50 > A 11 21").watermark(200);

        assertThat(run.rows).isEmpty();
        assertThat(run.state.packets()).isEqualTo(3);
    }

    @Test
    void shouldCloseASessionThatIsGivenUp() {
        run.play("0 > S 10; 1 < SA 20 11; 2 > A 11 21");

        run.machine.giveUp(run.key, run.state, run);

        assertThat(run.row().endReason).isEqualTo(EndReason.RESOURCES);
        assertThat(run.eventTimerNs).isEqualTo(SessionState.NO_TIMER);
        assertThat(run.machine.counters().held()).isZero();
    }

    @Test
    void shouldNotWriteASessionAgainThatHasEndedBefore() {
        SessionHarness live = SessionHarness.liveTcp();
        live.play("0 > S 10; 0 < RA 0 11");
        assertThat(live.row().endReason).isEqualTo(EndReason.RST);

        live.machine.giveUp(live.key, live.state, live);

        assertThat(live.rows).hasSize(1);
        assertThat(live.tickMs).isEqualTo(SessionState.NO_TIMER);
    }

    private void crowd(long sessions) {
        run.machine.counters().heldBefore(sessions);
    }
}
