package io.gatewatch.traffic.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.wire.Anomaly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Reports, such as ICMP errors that quote a flow, belong to its session and change nothing else.
 */
class SessionReportTest {
    private static final long UNREACHABLE = Anomaly.ICMP_UNREACHABLE.bit();
    private static final String OPEN = "0 > S 1; 0 < SA 8 2; 0 > A 2 9; 0 > A 2 9 10";
    private static final long NOW_MS = 1_800_000_000_000L;

    private static SessionHarness udp() {
        return SessionHarness.bounded(FlowScript.key(FlowScript.UDP, 40_000, 5_000));
    }

    @Test
    void shouldAddWhatAReportSaysAndNothingElse() {
        SessionRow without = udp().play("0 > - 0 0 10; 2 > - 0 0 10").end().row();
        SessionRow with =
                udp().play("0 > - 0 0 10; 1 ! icmp_unreachable; 2 > - 0 0 10").end().row();
        assertThat(with.anomalies).isEqualTo(UNREACHABLE);
        with.anomalies = 0;
        assertThat(SessionHarness.bytesOf(with)).isEqualTo(SessionHarness.bytesOf(without));
    }

    @Test
    void shouldAddUpDifferentReports() {
        SessionHarness run = udp();
        run.play("0 > - 0 0 1; 1 ! icmp_unreachable; 1 ! icmp_unreachable/2 ! icmp_redirect").end();
        assertThat(run.row().anomalies).isEqualTo(UNREACHABLE | Anomaly.ICMP_REDIRECT.bit());
        assertThat(run.machine.counters().reports()).isEqualTo(3);
        assertThat(run.machine.counters().strayReports()).isZero();
    }

    @Test
    void shouldNotBeginASession() {
        SessionHarness run = udp().play("0 ! icmp_unreachable");
        assertThat(run.state).isNull();
        assertThat(run.machine.counters().opened()).isZero();
        assertThat(run.machine.counters().strayReports()).isEqualTo(1);
        run.play("1 > - 0 0 10").end();
        assertThat(run.row().anomalies).isZero();
        assertThat(run.row().startTimeNs).isEqualTo(FlowScript.at(1));
    }

    @Test
    void shouldGiveAReportToTheSessionAtItsPlace() {
        SessionHarness run =
                SessionHarness.tcp()
                        .play(OPEN + "; 1 ! icmp_redirect; 2 > S 90000; 3 ! icmp_unreachable")
                        .end();
        assertThat(run.rows.get(0).anomalies).isEqualTo(Anomaly.ICMP_REDIRECT.bit());
        assertThat(run.rows.get(1).anomalies).isEqualTo(UNREACHABLE);
    }

    @Test
    void shouldNotExtendASession() {
        SessionHarness run = udp().play("0 > - 0 0 10/590 ! icmp_unreachable");
        assertThat(run.eventTimerNs).isEqualTo(FlowScript.at(600));
        run.play("601 > - 0 0 10").end();
        assertThat(run.rows).hasSize(2);
        assertThat(run.rows.get(0).endTimeNs).isEqualTo(FlowScript.at(0));
        assertThat(run.rows.get(0).anomalies).isEqualTo(UNREACHABLE);
        assertThat(run.rows.get(1).anomalies).isZero();
    }

    @ParameterizedTest(name = "{0}: at {2} s yes, at {3} s no")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    open                     |                                       | 600 | 600.1
                    SYN alone                | S                                     | 60  | 60.1
                    after RST                | 1 < R 9                               | 61  | 61.1
                    after both FINs          | 1 > FA 12 9; 1 < FA 9 13; 1 > A 13 10 | 131 | 131.1
                    half closed              | 1 > FA 12 9                           | 601 | 601.1
                    both FINs, not acknowledged | 1 > FA 12 9; 1 < FA 9 12           | 131 | 131.1
                    """)
    void shouldReachASessionAsLongAsItIsOpenOrLingers(
            String name, String script, double last, double beyond) {
        String open = "S".equals(script) ? "0 > S 1" : OPEN + ";" + (script == null ? "" : script);
        for (SessionHarness.Timers timers : SessionHarness.Timers.values()) {
            SessionHarness within = SessionHarness.tcp().timers(timers);
            within.play(open + "/" + last + " ! icmp_unreachable").end();
            assertThat(within.row().anomalies).as(name).isEqualTo(UNREACHABLE);
            SessionHarness after = SessionHarness.tcp().timers(timers);
            after.play(open + "/" + beyond + " ! icmp_unreachable").end();
            assertThat(after.row().anomalies).as(name).isZero();
        }
    }

    @Test
    void shouldNotReachASessionThatTheWatermarkHasEnded() {
        SessionHarness run = udp();
        run.slice(FlowScript.packets("0 > - 0 0 10"), FlowScript.at(-60));
        run.slice(FlowScript.packets("599 ! icmp_unreachable"), FlowScript.at(600));
        assertThat(run.state).isNull();
        assertThat(run.row().endReason).isEqualTo(EndReason.IDLE);
        assertThat(run.row().anomalies).isZero();
    }

    @Test
    void shouldChangeNeitherStateNorHistoryOfTcp() {
        SessionRow row = SessionHarness.tcp().play(OPEN + "; 1 ! icmp_unreachable").end().row();
        assertThat(row.tcpState).isEqualTo("S1");
        assertThat(row.history).isEqualTo("ShAD");
        assertThat(row.endReason).isEqualTo(EndReason.END_OF_INPUT);
    }

    // Live rows.

    @Test
    void shouldShowAReportAtTheNextTick() {
        SessionHarness run = SessionHarness.liveTcp();
        run.slice.processingTimeMs = NOW_MS;
        run.play(OPEN).tick(NOW_MS + 10_000, 0);
        run.play("1 ! icmp_unreachable").tick(NOW_MS + 70_000, 0);
        assertThat(run.rows).hasSize(2);
        assertThat(run.lastRow().anomalies).isEqualTo(UNREACHABLE);
        assertThat(run.lastRow().revision).isEqualTo(run.rows.get(0).revision);
        run.play("2 ! icmp_unreachable").tick(NOW_MS + 130_000, 0);
        assertThat(run.rows).as("nothing new").hasSize(2);
    }

    @Test
    void shouldWriteARowAgainThatAReportChangesAfterTheEnd() {
        SessionHarness run = SessionHarness.liveTcp();
        run.play(OPEN + "; 1 < R 9").play("2 ! icmp_unreachable");
        assertThat(run.rows).hasSize(1);
        run.watermark(61);
        assertThat(run.rows).hasSize(2);
        assertThat(run.lastRow().kind).isEqualTo(RowKind.FINAL);
        assertThat(run.lastRow().anomalies).isEqualTo(UNREACHABLE);
        assertThat(run.lastRow().revision).isEqualTo(run.rows.get(0).revision);
    }

    @Test
    void shouldNotTakeReportsForASignOfLife() {
        SessionHarness run = SessionHarness.liveTcp().play(OPEN);
        for (int tick = 0; tick <= 10; tick++) {
            run.tick(run.tickMs, 5);
            if (run.state != null) {
                run.slice(FlowScript.packets("1 ! icmp_redirect"), FlowScript.at(-60));
            }
        }
        assertThat(run.state).isNull();
        assertThat(run.lastRow().endReason).isEqualTo(EndReason.GATEWAY_GONE);
    }
}
