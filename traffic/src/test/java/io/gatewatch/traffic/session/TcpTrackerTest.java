package io.gatewatch.traffic.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.wire.Anomaly;
import io.gatewatch.wire.WirePacket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Retransmissions, gaps and the handshake's round trip. */
class TcpTrackerTest {
    /**
     * Data of the client begins at 1001, and every number is moved by an offset so that it wraps.
     */
    private static SessionRow play(String script, long offset, boolean fromB) {
        StringBuilder moved = new StringBuilder();
        String handshake = "0 > S 1000; 0 < SA 5000 1001; 0 > A 1001 5001;";
        String whole = handshake + script;
        if (fromB) {
            whole = whole.replace('>', '#').replace('<', '>').replace('#', '<');
        }
        for (String line : whole.split(";", -1)) {
            if (line.isBlank()) {
                continue;
            }
            String[] words = line.strip().split("\\s+", -1);
            for (int i = 3; i < words.length && i < 5; i++) {
                words[i] = Long.toString(Long.parseLong(words[i]) + offset & 0xFFFF_FFFFL);
            }
            moved.append(String.join(" ", words)).append('\n');
        }
        return SessionHarness.tcp().play(moved.toString()).end().row();
    }

    @ParameterizedTest(name = "{0}: {2} packets, {3} bytes again; {4} bytes missed")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    in order                   | 1 > A 1001 5001 100; 2 > A 1101 5001 100; 3 < A 5001 1201                     | 0 | 0   | 0
                    whole segment again        | 1 > A 1001 5001 100; 2 > A 1001 5001 100                                      | 1 | 100 | 0
                    part again                 | 1 > A 1001 5001 100; 2 > A 1051 5001 100                                      | 1 | 50  | 0
                    two segments in one again  | 1 > A 1001 5001 100; 2 > A 1101 5001 100; 3 > A 1001 5001 200                 | 1 | 200 | 0
                    out of order               | 1 > A 1101 5001 100; 2 > A 1001 5001 100; 3 < A 5001 1201                     | 0 | 0   | 0
                    out of order, then again   | 1 > A 1101 5001 100; 2 > A 1001 5001 100; 3 > A 1001 5001 100                 | 1 | 100 | 0
                    hole filled and exceeded   | 1 > A 1101 5001 100; 2 > A 1001 5001 250; 3 < A 5001 1251                     | 1 | 100 | 0
                    hole filled in the middle  | 1 > A 1101 5001 100; 2 > A 1041 5001 20; 3 < A 5001 1201                      | 0 | 0   | 80
                    never captured             | 1 > A 1101 5001 100; 2 < A 5001 1201                                          | 0 | 0   | 100
                    not acknowledged           | 1 > A 1101 5001 100; 2 < A 5001 1001                                          | 0 | 0   | 0
                    partly acknowledged        | 1 > A 1101 5001 100; 2 < A 5001 1031                                          | 0 | 0   | 30
                    lost at the end            | 1 > A 1001 5001 100; 2 < A 5001 1301                                          | 0 | 0   | 200
                    acknowledged, then came    | 1 > A 1101 5001 100; 2 < A 5001 1201; 3 > A 1001 5001 100                     | 0 | 0   | 0
                    keep-alive of one byte     | 1 > A 1001 5001 100; 2 < A 5001 1101; 9 > A 1100 5001 1; 19 > A 1100 5001 1   | 0 | 0   | 0
                    keep-alive without byte    | 1 > A 1001 5001 100; 2 < A 5001 1101; 9 > A 1100 5001 0                       | 0 | 0   | 0
                    last byte again, not acked | 1 > A 1001 5001 100; 9 > A 1100 5001 1                                        | 1 | 1   | 0
                    probes of a closed window  | 1 > A 1001 5001 9; 2 < A 5001 1010 0 0; 3 > A 1010 5001 1; 4 < A 5001 1010 0 0; 5 > A 1010 5001 1 | 0 | 0 | 0
                    sent again, window open    | 1 > A 1001 5001 9; 2 < A 5001 1010 0 0; 3 > A 1010 5001 1; 4 < A 5001 1010 0 9; 5 > A 1010 5001 1 | 1 | 1 | 0
                    FIN again                  | 1 > FA 1001 5001 10; 2 > FA 1011 5001 0                                       | 0 | 0   | 0
                    FIN with data again        | 1 > FA 1001 5001 10; 2 > FA 1001 5001 10                                      | 1 | 10  | 0
                    data of a RST              | 1 > A 1001 5001 10; 2 > RA 1001 5001 10                                       | 0 | 0   | 0
                    leap beyond any window     | 1 > A 1001 5001 10; 2 > A 1610613736 5001 10; 3 < A 5001 1610613746           | 0 | 0   | 0
                    coalesced beyond 64 KiB    | 1 > A 1001 5001 200000; 2 > A 201001 5001 65535; 3 < A 5001 266536            | 0 | 0   | 0
                    coalesced, part again      | 1 > A 1001 5001 1460; 2 > A 1001 5001 65160; 3 < A 5001 66161                 | 1 | 1460 | 0
                    coalesced around a gap     | 1 > A 1001 5001 10; 2 > A 1111 5001 10; 3 > A 1001 5001 120; 4 < A 5001 1121  | 1 | 20  | 0
                    data after FIN             | 1 > FA 1001 5001 10; 2 > A 1012 5001 10; 3 < A 5001 1022                      | 0 | 0   | 0
                    half close, data goes on   | 1 < FA 5001 1001; 2 > A 1001 5002 100; 3 > A 1101 5002 100; 4 < A 5002 1201   | 0 | 0   | 0
                    FIN acknowledged, not seen | 1 > A 1001 5001 10; 2 < A 5001 1012                                           | 0 | 0   | 1
                    data of a SYN again        | 0 > S 1000 0 50; 1 > A 1001 5001 100; 2 < A 5001 1101                         | 1 | 50  | 0
                    fragments in order         | 1 > A 1001 5001 40; 1 > A+ 1041 0 40 0; 1 > A+ 1081 0 20 0; 2 < A 5001 1101   | 0 | 0   | 0
                    fragments out of order     | 1 > A 1001 5001 40; 1 > A+ 1081 0 20 0; 1 > A+ 1041 0 40 0; 2 < A 5001 1101   | 0 | 0   | 0
                    fragments again            | 1 > A 1001 5001 40; 1 > A+ 1041 0 40 0; 2 > A 1001 5001 40; 2 > A+ 1041 0 40 0 | 2 | 80 | 0
                    fragments of a FIN         | 1 > FA 1001 5001 40; 1 > A+ 1041 0 40 0; 1 > A+ 1081 0 20 0; 2 < A 5001 1102  | 0 | 0   | 0
                    FIN in pieces, mixed up    | 1 > FA 1001 5001 40; 1 > A+ 1081 0 20 0; 1 > A+ 1041 0 40 0; 2 < A 5001 1102  | 0 | 0   | 0
                    broken acknowledgement     | 1 > A 1001 5001 10; 2 < A 5001 2147483000                                     | 0 | 0   | 0
                    """)
    void shouldCountRetransmittedAndMissedBytes(
            String name, String script, long packets, long bytes, long missed) {
        for (long offset :
                new long[] {0, 0xFFFF_FFFFL - 1000, 0xFFFF_FFFFL - 1100, 0x7FFF_FFFFL - 1050}) {
            SessionRow row = play(script, offset, packets % 2 == 0);
            assertThat(row.clientRetransmittedPackets).as(name).isEqualTo(packets);
            assertThat(row.clientRetransmittedBytes).as(name).isEqualTo(bytes);
            assertThat(row.clientMissedBytes).as(name).isEqualTo(missed);
            assertThat(row.serverRetransmittedPackets).isZero();
            assertThat(row.serverMissedBytes).isZero();
        }
    }

    @Test
    void shouldCountOnceWhatComesOutOfOrderAtTheStartOfAMidstreamSession() {
        SessionRow row =
                SessionHarness.tcp()
                        .play("0 > A 1101 5001 100; 0.1 > A 1001 5001 50; 0.2 > A 1001 5001 50")
                        .end()
                        .row();
        assertThat(row.clientRetransmittedPackets).isEqualTo(1);
        assertThat(row.clientRetransmittedBytes).isEqualTo(50);
    }

    @Test
    void shouldMissWhatTheUncapturedSideSent() {
        SessionRow row =
                SessionHarness.tcp()
                        .play("0 > S 1000; 0.1 > A 1001 5001; 0.2 > A 1001 5501; 0.3 > A 1001 6001")
                        .end()
                        .row();
        assertThat(row.serverPackets).isZero();
        assertThat(row.serverMissedBytes).isEqualTo(1000);
    }

    @Test
    void shouldGiveUpTheLowestGapWhenThereAreTooMany() {
        StringBuilder script = new StringBuilder("0 > S 1000; 0 < SA 5000 1001");
        int gaps = SequenceGaps.MAX_GAPS + 3;
        for (int i = 0; i < gaps; i++) {
            script.append("; 1 > A ").append(1001 + i * 20 + 10).append(" 5001 10");
        }
        script.append("; 2 < A 5001 ").append(1001 + gaps * 20);
        SessionRow row = SessionHarness.tcp().play(script.toString()).end().row();
        assertThat(row.clientMissedBytes).isEqualTo(gaps * 10L);
    }

    @Test
    void shouldNotBelieveDataFarBelowWhereASessionWasJoined() {
        SessionRow row =
                SessionHarness.tcp()
                        .play("0 > A 900000000 9 10; 1 > A 1001 9 10; 2 < A 9 900000010")
                        .end()
                        .row();
        assertThat(row.clientMissedBytes).isZero();
        assertThat(row.clientRetransmittedPackets).isZero();
    }

    @Test
    void shouldTakeNoAcknowledgementAndNoWindowFromAFragmentWithoutHeader() {
        SessionRow row =
                SessionHarness.tcp()
                        .play("0 > S 1; 0 < SA 8 2; 0 > A 2 9 40; 0 > A+ 42 0 40 0; 1 < A 9 82 5")
                        .end()
                        .row();
        assertThat(row.history).isEqualTo("ShDd");
        assertThat(row.clientPackets).isEqualTo(3);
        assertThat(row.clientPayloadBytes).isEqualTo(80);
        assertThat(row.serverMissedBytes).isZero();
    }

    @Test
    void shouldEndWhenAFinInFragmentsIsAcknowledged() {
        SessionRow row =
                SessionHarness.tcp()
                        .play(
                                "0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 > FA 2 9 40; 1 > A+ 42 0 40 0;"
                                        + " 2 < FA 9 83; 3 > A 83 10")
                        .end()
                        .row();
        assertThat(row.endReason).isEqualTo(EndReason.FIN);
        assertThat(row.tcpState).isEqualTo("SF");
        assertThat(row.anomalies).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Anomaly.class,
            names = {"SNAPPED_HEADER", "FRAGMENT_TINY"})
    void shouldTakeNoWindowFromAHeaderThatWasCut(Anomaly anomaly) {
        SessionHarness run = SessionHarness.tcp().play("0 > S 1; 0 < SA 8 2; 0 > A 2 9");
        FlowScript.Packet cut =
                new FlowScript.Packet(
                        FlowScript.at(1), false, WirePacket.ACK, 2, 9, 0, 0, 20, anomaly.bit());
        run.slice(List.of(cut), FlowScript.at(0));
        assertThat(run.end().row().history).isEqualTo("ShA");
    }

    @ParameterizedTest(name = "{0}: {2} us")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    pure ACK                     | 0 > S 1; 0.1 < SA 8 2; 0.15 > A 2 9                                    | 150000
                    data at once                 | 0 > S 1; 0.1 < SA 8 2; 0.15 > PA 2 9 10                                | 150000
                    FIN at once                  | 0 > S 1; 0.1 < SA 8 2; 0.15 > FA 2 9                                   | 150000
                    SYN again: from the latest   | 0 > S 1; 0.1 > S 1; 0.12 < SA 8 2; 0.15 > A 2 9                        | 50000
                    SYN+ACK lost behind here     | 0 > S 1; 0.1 < SA 8 2; 1 > S 1; 1.1 < SA 8 2; 1.15 > A 2 9             | 150000
                    SYN+ACK not captured at first | 0 > S 1; 1 > S 1; 1.1 < SA 8 2; 1.15 > A 2 9                          | 150000
                    data in the SYN              | 0 > S 1 0 50; 0.1 < SA 8 52; 0.15 > A 52 9                             | 150000
                    data in SYN and SYN+ACK      | 0 > S 1 0 50; 0.1 < SA 8 52 20; 0.15 > A 52 29                         | 150000
                    answer behind the SYN+ACK    | 0 > S 1 0 50; 0.1 < SA 8 52; 0.11 < A 9 52 20; 0.15 > A 52 29          | 150000
                    first ACK repeated           | 0 > S 1; 0.1 < SA 8 2; 0.15 > A 2 9; 5 > A 2 9                         | 150000
                    server is the lower address  | 0 < S 1; 0.1 > SA 8 2; 0.15 < A 2 9                                    | 150000
                    numbers wrap                 | 0 > S 4294967295; 0.1 < SA 4294967295 0; 0.15 > A 0 0                  | 150000
                    """)
    void shouldMeasureHandshake(String name, String script, long microseconds) {
        SessionRow row = SessionHarness.tcp().play(script).end().row();
        assertThat(row.handshakeRttUs).as(name).isEqualTo(microseconds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 > S 1000; 0.1 < SA 5000 1001",
                "0 > S 1000; 0.1 > A 1001 5001",
                "0 < SA 5000 1001; 0.1 > A 1001 5001",
                "0 > A 1001 5001; 0.1 < A 5001 1001",
                "0 > S 1000; 0.1 < SA 5000 1001; 0.2 > A 1001 5777",
                "1 > S 1000; 0.1 < SA 5000 1001; 0.2 > A 1001 5001",
                "0 > S 1000; 0.1 < SA 5000 1001; 0.2 > A 1001; 5 < A 5001 1001 9; 6 > A 1001 5010",
                "0 > S 1; 0.1 < S 8; 0.2 > SA 1 9; 0.3 < SA 8 2; 5 > A 2 9 10"
            })
    void shouldStateNoRoundTripWithoutAWholeHandshake(String script) {
        SessionRow row = SessionHarness.tcp().play(script).end().row();
        assertThat(row.handshakeRttUs).isEqualTo(SessionRow.NO_LONG_VALUE);
    }
}
