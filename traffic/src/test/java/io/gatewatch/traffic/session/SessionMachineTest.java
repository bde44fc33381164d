package io.gatewatch.traffic.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.wire.FlowBlock;
import io.gatewatch.wire.FlowPath;
import io.gatewatch.wire.Tunnel;
import io.gatewatch.wire.TunnelKind;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The table "Sessions" of the design, rule by rule.
 *
 * <table>
 *   <caption>Which test holds which rule</caption>
 *   <tr><td>client: first SYN, SYN+ACK, ports, first packet</td><td>{@code shouldChooseClient},
 *       {@code shouldChooseClientOfUdpByPortThenFirstPacket}</td></tr>
 *   <tr><td>end by RST</td><td>{@code shouldEndWithRst}</td></tr>
 *   <tr><td>end by both FINs acknowledged</td><td>{@code
 *       shouldEndWithFinWhenBothFinsAreAcknowledged}, {@code
 *       shouldNotEndWithFinBeforeTheSecondFinIsAcknowledged}</td></tr>
 *   <tr><td>end by a new SYN</td><td>{@code shouldEndWithNewSynAndStartAnotherSession}</td></tr>
 *   <tr><td>a repeated SYN, after a RST too; simultaneous open; a late SYN</td><td>{@link
 *       SynRuleTest}, {@code shouldTakeARefusedClientThatTriesAgainForOneSession}</td></tr>
 *   <tr><td>after the end: 60 s, 130 s, 600 s</td><td>{@code shouldTakeWhatTrails}, {@code
 *       shouldLingerHalfClosedFromThePacketThatTrailedLast}</td></tr>
 *   <tr><td>{@code end_reason} is set once</td><td>{@code
 *       shouldKeepEndReasonWhenAnotherEndTrails}</td></tr>
 *   <tr><td>TCP, UDP, ICMP and other idle times</td><td>{@code shouldEndIdle}, {@code
 *       shouldEndIdleSixtySecondsAfterFin}</td></tr>
 *   <tr><td>a packet decides by its own time, or by its slice's watermark</td><td>{@code
 *       shouldMeasureTheTimeOutOfAPacketFromPacketsAlone}, {@code
 *       shouldStartAnotherSessionWhenTheSliceKnowsThatTheFirstHadExpired}, {@code
 *       shouldKeepTheSessionOfALatePacketWhole}</td></tr>
 *   <tr><td>start, latest time, flag {@code late}</td><td>{@code
 *       shouldStateFirstPacketInCaptureOrderAndLatestTime}, {@link Counts}</td></tr>
 *   <tr><td>midstream TCP, ignored or kept</td><td>{@link Midstream}</td></tr>
 *   <tr><td>bytes by the headers; retransmissions counted again apart</td><td>{@link Counts},
 *       {@link TcpTrackerTest}, {@link TcpPropertyTest}</td></tr>
 *   <tr><td>rows while open, at the end and after it; final rows</td><td>{@link
 *       SessionTimersTest}</td></tr>
 *   <tr><td>{@code end_of_input}, {@code gateway_gone}</td><td>{@link SessionTimersTest}</td></tr>
 *   <tr><td>packet list</td><td>{@link PacketListTest}</td></tr>
 *   <tr><td>{@code tcp_state} and {@code history}</td><td>{@link ConnectionStateTest}</td></tr>
 *   <tr><td>anomalies, reports</td><td>{@link SessionAnomalyTest}, {@link
 *       SessionReportTest}</td></tr>
 *   <tr><td>the same sessions however batches are cut and timers fire</td><td>{@link
 *       SessionCutTest}, {@link SessionTimersTest}</td></tr>
 * </table>
 *
 * <p>What never reaches the machine is tested where it is decided: a time that does not fit and an
 * IP length of 0 where packets are decoded and batched.
 */
class SessionMachineTest {
    private static final String HANDSHAKE =
            """
            0.000 > S  1000
            0.010 < SA 5000 1001
            0.020 > A  1001 5001
            """;
    private static final String EXCHANGE =
            HANDSHAKE
                    + """
                    0.030 > PA 1001 5001 100
                    0.040 < PA 5001 1101 2000
                    0.050 > A  1101 7001
                    """;
    private static final String CLOSE =
            """
            0.060 > FA 1101 7001
            0.070 < FA 7001 1102
            0.080 > A  1102 7002
            """;

    @Nested
    class Client {
        @ParameterizedTest(name = "{0}")
        @CsvSource(
                delimiter = '|',
                textBlock =
                        """
                        sender of the first SYN               | 80    | 40000 | 0 > S 1                | A
                        a SYN of the other side too           | 40000 | 80    | 0 < S 1; 1 > S 9       | B
                        receiver of a SYN+ACK                 | 80    | 40000 | 0 < SA 1 9             | A
                        first SYN after a SYN+ACK             | 80    | 40000 | 0 < SA 8 2; 1 > S 1    | A
                        higher port, the other below 1024     | 40000 | 80    | 0 < A 1 9              | A
                        higher port, sent by the other        | 443   | 40000 | 0 > A 1 9              | B
                        both ports below 1024: first sender   | 500   | 600   | 0 < A 1 9              | B
                        no port below 1024: first sender      | 1024  | 40000 | 0 < A 1 9              | B
                        late SYN corrects the guess           | 40000 | 80    | 0 < A 5001 1001; 0.1 < S 5000 | B
                        first of two late SYNs decides        | 40000 | 80    | 0 < A 5001 1001; 0.1 < S 5000; 0.2 > S 1000 | B
                        """)
        void shouldChooseClient(String rule, int portA, int portB, String script, String client) {
            SessionHarness run = SessionHarness.bounded(FlowScript.key(6, portA, portB));
            run.play(script).end();
            assertThat(run.row().clientIp[3])
                    .as(rule)
                    .isEqualTo((byte) (client.equals("A") ? 1 : 2));
            assertThat(run.row().clientPort).isEqualTo(client.equals("A") ? portA : portB);
            assertThat(run.row().serverPort).isEqualTo(client.equals("A") ? portB : portA);
        }

        @ParameterizedTest(name = "ports {0} and {1}, first from {2}: {3}")
        @CsvSource({"53,40000,>,B", "40000,53,<,A", "5000,6000,<,B", "123,123,>,A"})
        void shouldChooseClientOfUdpByPortThenFirstPacket(
                int portA, int portB, String direction, String client) {
            SessionHarness run = SessionHarness.bounded(FlowScript.key(17, portA, portB));
            run.play("0 " + direction + " - 0 0 10").end();
            assertThat(run.row().clientIp[3]).isEqualTo((byte) (client.equals("A") ? 1 : 2));
        }

        @Test
        void shouldChooseSenderOfFirstPacketForIcmp() {
            SessionHarness run = SessionHarness.bounded(FlowScript.key(1, 0, 8));
            run.play("0 < - 0 0 56; 0.01 > - 0 0 56").end();
            assertThat(run.row().clientIp[3]).isEqualTo((byte) 2);
            assertThat(run.row().clientPort).isEqualTo(8);
            assertThat(run.row().serverPort).isZero();
            assertThat(run.row().tcpState).isNull();
            assertThat(run.row().history).isNull();
        }
    }

    @Nested
    class End {
        @Test
        void shouldEndWithFinWhenBothFinsAreAcknowledged() {
            SessionHarness run = SessionHarness.tcp().play(EXCHANGE + CLOSE).end();
            assertThat(run.row().endReason).isEqualTo(EndReason.FIN);
            assertThat(run.row().tcpState).isEqualTo("SF");
            assertThat(run.row().history).isEqualTo("ShADdFf");
        }

        @Test
        void shouldNotEndWithFinBeforeTheSecondFinIsAcknowledged() {
            SessionHarness run =
                    SessionHarness.tcp()
                            .play(EXCHANGE + "1 > FA 1101 7001; 1.1 < FA 7001 1102")
                            .end();
            assertThat(run.row().endReason).isEqualTo(EndReason.END_OF_INPUT);
            assertThat(run.row().tcpState).isEqualTo("SF");
        }

        @Test
        void shouldEndWithRst() {
            SessionHarness run = SessionHarness.tcp().play(EXCHANGE + "1 < R 7001").end();
            assertThat(run.row().endReason).isEqualTo(EndReason.RST);
            assertThat(run.row().tcpState).isEqualTo("RSTR");
        }

        @Test
        void shouldEndWithNewSynAndStartAnotherSession() {
            SessionHarness run = SessionHarness.tcp().play(EXCHANGE + "9 > S 90000").end();
            assertThat(run.rows).hasSize(2);
            assertThat(run.rows.get(0).endReason).isEqualTo(EndReason.NEW_SYN);
            assertThat(run.rows.get(0).isFinal()).isTrue();
            assertThat(run.rows.get(1).clientPackets).isEqualTo(1);
            assertThat(run.rows.get(1).tcpState).isEqualTo("S0");
        }

        @ParameterizedTest(name = "{0}: idle after {3} s")
        @CsvSource(
                delimiter = '|',
                textBlock =
                        """
                        TCP               | 6   | 0 > S 1; 0 < SA 9 2; 0 > A 2 10                | 600
                        TCP midstream     | 6   | 0 > A 2 10                                     | 600
                        only SYNs         | 6   | 0 > S 1; 0 < SA 9 2                            | 60
                        UDP               | 17  | 0 > - 0 0 5                                    | 600
                        ICMP              | 1   | 0 > - 0 0 5                                    | 60
                        ICMPv6            | 58  | 0 > - 0 0 5                                    | 60
                        SCTP              | 132 | 0 > - 0 0 5                                    | 600
                        """)
        void shouldEndIdle(String kind, int protocol, String script, int seconds) {
            FlowKey key = FlowScript.key(protocol, 2000, 3000);
            String last = protocol == 6 ? " > A 2 10" : " > - 0 0 5";

            SessionHarness within = SessionHarness.bounded(key);
            within.play(script + "/" + seconds + last).end();
            assertThat(within.rows).as(kind).hasSize(1);

            SessionHarness beyond = SessionHarness.bounded(key);
            beyond.play(script + "/" + seconds + ".000001" + last).end();
            assertThat(beyond.rows).as(kind).hasSize(2);
            assertThat(beyond.rows.get(0).endReason).isEqualTo(EndReason.IDLE);

            SessionHarness timer = SessionHarness.bounded(key);
            timer.play(script).watermark(seconds - 0.000001);
            assertThat(timer.rows).as(kind).isEmpty();
            timer.watermark(seconds);
            assertThat(timer.row().endReason).isEqualTo(EndReason.IDLE);
            assertThat(timer.row().isFinal()).isTrue();
            assertThat(timer.state).isNull();
        }

        @Test
        void shouldEndIdleSixtySecondsAfterFin() {
            SessionHarness run = SessionHarness.liveTcp().play(EXCHANGE + "1 > FA 1101 7001");
            run.watermark(60.9);
            assertThat(run.rows).isEmpty();
            run.watermark(61);
            assertThat(run.row().endReason).isEqualTo(EndReason.IDLE);
            assertThat(run.row().kind).isEqualTo(RowKind.ENDED);
        }

        @Test
        void shouldStartAnotherSessionWhenTheSliceKnowsThatTheFirstHadExpired() {
            SessionHarness run = SessionHarness.bounded(FlowScript.key(17, 2000, 3000));
            run.slice(FlowScript.packets("0 > - 0 0 5"), FlowScript.at(-60));
            // Not 600 s later by its own time, but the watermark says that time is over.
            run.slice(FlowScript.packets("599 > - 0 0 5"), FlowScript.at(600));
            assertThat(run.row().endReason).isEqualTo(EndReason.IDLE);
        }

        @Test
        void shouldMeasureTheTimeOutOfAPacketFromPacketsAlone() {
            SessionHarness run = SessionHarness.bounded(FlowScript.key(17, 2000, 3000));
            // The watermark keeps the late packet's session, but does not lengthen its time-out.
            run.slice(FlowScript.packets("0 > - 0 0 5"), FlowScript.at(1000));
            run.slice(FlowScript.packets("601 > - 0 0 5"), FlowScript.at(1000));
            assertThat(run.row().endReason).isEqualTo(EndReason.IDLE);
        }

        @Test
        void shouldKeepTheSessionOfALatePacketWhole() {
            SessionHarness run = SessionHarness.bounded(FlowScript.key(17, 2000, 3000));
            run.slice(FlowScript.packets("0 > - 0 0 5"), FlowScript.at(1000));
            run.watermark(1599);
            run.slice(FlowScript.packets("1 > - 0 0 5"), FlowScript.at(1599));
            run.end();
            assertThat(run.row().clientPackets).isEqualTo(2);
        }
    }

    @Nested
    class AfterTheEnd {
        @ParameterizedTest(name = "{0}")
        @CsvSource(
                delimiter = '|',
                textBlock =
                        """
                        60 s after RST                  | 1 < R 7001 5000                      | 61     | 61.1
                        130 s after both FINs           | 1 > FA 1101 7001; 1 < FA 7001 1102; 1 > A 1102 7002 | 131 | 131.1
                        600 s after the last, half closed | 1 > FA 1101 7001; 50 < A 7001 1102 | 650    | 650.1
                        """)
        void shouldTakeWhatTrails(String rule, String close, double last, double beyond) {
            SessionHarness within =
                    SessionHarness.tcp()
                            .play(EXCHANGE + close + "/" + last + " < A 7001 1102")
                            .end();
            assertThat(within.rows).as(rule).hasSize(1);
            EndReason reason = within.row().endReason;
            assertThat(reason).isNotEqualTo(EndReason.END_OF_INPUT);

            SessionHarness after =
                    SessionHarness.tcp()
                            .play(EXCHANGE + close + "/" + beyond + " < A 7001 1102")
                            .end();
            assertThat(after.rows).as(rule).hasSize(2);
            assertThat(after.rows.get(0).endReason).isEqualTo(reason);
            assertThat(after.rows.get(0).serverPackets).isEqualTo(within.row().serverPackets - 1);
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(
                strings = {
                    "0 > A 1 9; 1 < R 9",
                    "0 > FA 1 9; 0.5 < FA 9 2; 1 > A 2 10",
                })
        void shouldKeepTheLingerOfALateSessionWhole(String late) {
            SessionHarness run = SessionHarness.tcp();
            run.slice(FlowScript.packets(late), FlowScript.at(1000));
            run.watermark(1059);
            run.slice(FlowScript.packets("2 < A 10 2"), FlowScript.at(1059));
            assertThat(run.rows).isEmpty();
            assertThat(run.end().row().serverPackets).isGreaterThan(1);
        }

        @Test
        void shouldLingerHalfClosedFromThePacketThatTrailedLast() {
            String halfClosed = EXCHANGE + "1 > FA 1101 7001/500 < A 7001 1102/";
            SessionHarness within = SessionHarness.tcp().play(halfClosed + "1100 < A 7001 1102");
            assertThat(within.end().row().endReason).isEqualTo(EndReason.IDLE);
            SessionHarness after = SessionHarness.tcp().play(halfClosed + "1100.1 < A 7001 1102");
            assertThat(after.end().rows).hasSize(2);
        }

        @Test
        void shouldKeepEndReasonWhenAnotherEndTrails() {
            SessionHarness run =
                    SessionHarness.tcp().play(EXCHANGE + CLOSE + "2 < R 7002; 3 < R 7002").end();
            assertThat(run.row().endReason).isEqualTo(EndReason.FIN);
            assertThat(run.row().serverPackets).isEqualTo(5);
            assertThat(run.row().history).isEqualTo("ShADdFfr");
        }

        @Test
        void shouldFreeStateWhenLingerIsOver() {
            SessionHarness run = SessionHarness.tcp().play(EXCHANGE + CLOSE);
            run.watermark(130.07);
            assertThat(run.state).isNotNull();
            run.watermark(130.08);
            assertThat(run.state).isNull();
            assertThat(run.row().kind).isEqualTo(RowKind.FINAL);
        }

        @Test
        void shouldMoveTheTimerForwardWhenTheSessionEnds() {
            SessionHarness run = SessionHarness.tcp().play(EXCHANGE);
            assertThat(run.eventTimerNs).isEqualTo(FlowScript.at(600.05));
            run.play("1 < R 7001");
            assertThat(run.eventTimerNs).isEqualTo(FlowScript.at(61));
        }

        @Test
        void shouldTakeARefusedClientThatTriesAgainForOneSession() {
            SessionHarness run = SessionHarness.tcp();
            run.play("0 > S 100; 0 < RA 0 101/40 > S 100; 40 < RA 0 101/90 > S 100; 90 < RA 0 101")
                    .end();
            assertThat(run.row().clientPackets).isEqualTo(3);
            assertThat(run.row().tcpState).isEqualTo("REJ");
        }
    }

    @Nested
    class Counts {
        @Test
        void shouldCountBothDirections() {
            SessionRow row = SessionHarness.tcp().play(EXCHANGE + CLOSE).end().row();
            assertThat(row.clientPackets).isEqualTo(6);
            assertThat(row.clientPayloadBytes).isEqualTo(100);
            assertThat(row.clientIpBytes).isEqualTo(6 * 40 + 100);
            assertThat(row.serverPackets).isEqualTo(3);
            assertThat(row.serverPayloadBytes).isEqualTo(2000);
            assertThat(row.serverIpBytes).isEqualTo(3 * 40 + 2000);
            assertThat(row.handshakeRttUs).isEqualTo(20_000);
            assertThat(row.clientRetransmittedPackets).isZero();
            assertThat(row.serverMissedBytes).isZero();
        }

        @Test
        void shouldStateFirstPacketInCaptureOrderAndLatestTime() {
            SessionHarness run = SessionHarness.bounded(FlowScript.key(17, 2000, 3000));
            run.play("5 > - 0 0 1; 4.5 > - 0 0 1; 7 > - 0 0 1; 6.5 < - 0 0 1").end();
            assertThat(run.row().startTimeNs).isEqualTo(FlowScript.at(5));
            assertThat(run.row().endTimeNs).isEqualTo(FlowScript.at(7));
            assertThat(run.row().flags).isZero();
        }

        @Test
        void shouldFlagAPacketMoreThanASecondLate() {
            SessionHarness run = SessionHarness.bounded(FlowScript.key(17, 2000, 3000));
            run.play("5 > - 0 0 1; 3.9 > - 0 0 1").end();
            assertThat(run.row().flags).isEqualTo(SessionFlag.LATE.bit());
            assertThat(run.machine.counters().latePackets()).isEqualTo(1);
        }

        @Test
        void shouldFlagAGapOfTheGateway() {
            SessionHarness run = SessionHarness.bounded(FlowScript.key(17, 2000, 3000));
            run.slice.gap = true;
            run.play("5 > - 0 0 1").end();
            assertThat(run.row().flags).isEqualTo(SessionFlag.GAP.bit());
        }

        @Test
        void shouldAllocateNothingPerPacket() {
            SessionHarness run = SessionHarness.tcp();
            // Classes are loaded and the list of packets is full: from here on nothing grows.
            run.slice(run.steadySlice(100), SliceContext.NO_WATERMARK);
            long ofFew = allocatedBy(run, run.steadySlice(200));
            long ofMany = allocatedBy(run, run.steadySlice(20_000));
            assertThat(ofMany - ofFew).as("bytes for 19,800 more packets").isLessThan(19_800);
            assertThat(run.state.packets()).isEqualTo(20_300);
            assertThat(run.state.a.retransmittedPackets).isZero();
        }

        private static long allocatedBy(SessionHarness run, FlowBlock slice) {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            run.apply(slice);
            return threads.getCurrentThreadAllocatedBytes() - before;
        }

        @Test
        void shouldListTheFirstHundredPackets() {
            StringBuilder script = new StringBuilder();
            for (int i = 0; i < 120; i++) {
                script.append(i * 0.001)
                        .append(i % 2 == 0 ? " > " : " < ")
                        .append("- 0 0 ")
                        .append(i);
                script.append('\n');
            }
            SessionHarness run = SessionHarness.bounded(FlowScript.key(17, 2000, 3000));
            run.play(script.toString()).end();
            PacketList list = new PacketList().wrap(run.row().packets);
            for (int i = 0; i < 100; i++) {
                assertThat(list.next()).isTrue();
                assertThat(list.direction()).isEqualTo(i % 2 + 1);
                assertThat(list.payloadLength()).isEqualTo(i);
                assertThat(list.offsetUs()).isEqualTo(i * 1000L);
                assertThat(list.flagsText()).isEmpty();
            }
            assertThat(list.next()).isFalse();
        }
    }

    @Nested
    class Paths {
        private static final long CLIENT_MAC = 0x0200_0000_0001L;
        private static final long SERVER_MAC = 0x0200_0000_0002L;

        private SessionRow rowOf(String script, FlowPath fromA, FlowPath fromB) {
            SessionHarness run = SessionHarness.tcp();
            run.slice(
                    FlowScript.block(run.key, FlowScript.packets(script), List.of(fromA, fromB)),
                    SliceContext.NO_WATERMARK);
            return run.end().row();
        }

        @Test
        void shouldTakeMacsFromTheSidesOwnPackets() {
            FlowPath out = new FlowPath(0, CLIENT_MAC, 77, 0, 0, null);
            FlowPath back = new FlowPath(1, SERVER_MAC, 88, 0, 0, null);
            SessionRow row = rowOf("0 > S 1; 1 < SA 9 2", out, back);
            assertThat(row.clientMac).isEqualTo(CLIENT_MAC);
            assertThat(row.serverMac).isEqualTo(SERVER_MAC);
            assertThat(row.vlanId).isEqualTo(SessionRow.NO_VALUE);
        }

        @Test
        void shouldTakeServerMacFromDestinationWhenTheServerIsSilent() {
            FlowPath out = new FlowPath(0, CLIENT_MAC, SERVER_MAC, 0, 0, null);
            SessionRow row = rowOf("0 > S 1", out, out);
            assertThat(row.clientMac).isEqualTo(CLIENT_MAC);
            assertThat(row.serverMac).isEqualTo(SERVER_MAC);
        }

        @Test
        void shouldStateOutermostVlanAndTunnel() {
            Tunnel tunnel = new Tunnel(TunnelKind.VXLAN, 4, 0, 1, 0, 2, 42);
            FlowPath path = new FlowPath(0, CLIENT_MAC, SERVER_MAC, 2, 0x0064_00C8L, tunnel);
            SessionRow row = rowOf("0 > S 1", path, path);
            assertThat(row.vlanId).isEqualTo(100);
            assertThat(row.tunnel).isEqualTo("vxlan:42");
        }

        @Test
        void shouldKeepTheGatewayThatSawItFirst() {
            SessionHarness run = SessionHarness.tcp().play("0 > S 1");
            run.slice.gateway = "gw2";
            run.play("1 < SA 9 2").end();
            assertThat(run.row().gateway).isEqualTo("gw1");
        }
    }

    @Nested
    class Midstream {
        @Test
        void shouldKeepMidstreamTcp() {
            SessionRow row = SessionHarness.tcp().play("0 > PA 1 9 10; 1 < PA 9 11 10").end().row();
            assertThat(row.flags).isEqualTo(SessionFlag.MIDSTREAM.bit());
            assertThat(row.tcpState).isEqualTo("OTH");
        }

        @Test
        void shouldAdoptALateSyn() {
            SessionHarness run = SessionHarness.tcp();
            run.play("0 > PA 1001 5001 10; 0.1 > S 1000; 0.2 < SA 5000 1001; 0.3 > A 1011 5001")
                    .end();
            assertThat(run.row().clientPackets).isEqualTo(3);
            assertThat(run.row().flags).isZero();
            assertThat(run.row().clientRetransmittedBytes).isZero();
        }

        @Test
        void shouldLeaveOutMidstreamTcpWhereToldTo() {
            SessionSettings d = SessionHarness.settings(false);
            SessionSettings ignoring =
                    new SessionSettings(
                            d.tcpIdle(),
                            d.tcpClosing(),
                            d.tcpEmbryonic(),
                            d.udpIdle(),
                            d.icmpIdle(),
                            d.otherIdle(),
                            d.rstLinger(),
                            d.finLinger(),
                            d.halfClosedLinger(),
                            d.firstUpdate(),
                            d.updateInterval(),
                            d.packetListLimit(),
                            d.maxSessions(),
                            false,
                            true);
            SessionHarness run = new SessionHarness(ignoring, FlowScript.key(6, 40_000, 80));
            run.play("0 > PA 1 9 10; 1 < PA 9 11 10/2 > S 70; 3 > A 71 9").end();
            assertThat(run.row().startTimeNs).isEqualTo(FlowScript.at(2));
            assertThat(run.row().clientPackets).isEqualTo(2);
            assertThat(run.machine.counters().ignoredMidstreamPackets()).isEqualTo(2);
        }
    }
}
