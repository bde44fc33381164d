package io.gatewatch.traffic.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.wire.Anomaly;
import io.gatewatch.wire.WirePacket;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only a whole session shows, and the set that a session carries. */
class SessionAnomalyTest {
    private static final String OPEN = "0 > S 1000; 0 < SA 5000 1001; 0 > A 1001 5001;";

    private static List<String> namesOf(SessionRow row) {
        String[] names = new String[SessionAnomaly.count()];
        return Arrays.asList(names).subList(0, SessionAnomaly.names(row.anomalies, names));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    SYN with data           | 0 > S 1 0 10                                     | tcp_syn_with_data
                    SYN+ACK with data       | 0 > S 1; 1 < SA 8 2 10                           |
                    both sides open         | 0 > S 1; 1 < S 8                                 | tcp_simultaneous_open
                    SYN repeated            | 0 > S 1; 1 > S 1; 2 < SA 8 2                     |
                    another answer          | 0 > S 1; 1 < SA 8 2; 2 < SA 88 2                 | tcp_syn_ack_changed
                    same answer again       | 0 > S 1; 1 < SA 8 2; 2 < SA 8 2                  |
                    another answer, open    | OPEN 1 > A 1001 5001 9; 2 < SA 7000 1001         | tcp_syn_ack_changed
                    leap                    | OPEN 1 > A 1073742826 5001 10                    | tcp_sequence_jump
                    leap within a window    | OPEN 1 > A 1073742825 5001 10                    |
                    leap of a FIN           | OPEN 1 > FA 2147483000 5001                      | tcp_sequence_jump
                    data after FIN          | OPEN 1 > FA 1001 5001; 2 > A 1002 5001 10        | tcp_data_after_fin
                    data on the FIN         | OPEN 1 > FA 1001 5001; 2 > A 1001 5001 2         | tcp_data_after_fin
                    FIN again with more     | OPEN 1 > FA 1001 5001; 2 > FA 1001 5001 10       | tcp_data_after_fin
                    data before FIN again   | OPEN 1 > FA 1001 5001 10; 2 > A 1001 5001 10     |
                    keep-alive after FIN    | OPEN 1 > FA 1001 5001; 2 < A 5001 1002; 3 > A 1001 5001 1 |
                    other side after FIN    | OPEN 1 > FA 1001 5001; 2 < A 5001 1002 10        |
                    fragments of a FIN      | OPEN 1 > FA 1001 5001 8; 1 > A+ 1009 0 8         |
                    data after RST          | OPEN 1 > R 1001; 2 > A 1001 5001 10              | tcp_data_after_rst
                    overtaken by RST        | OPEN 1 > R 1011; 2 > A 1001 5001 10              |
                    other side after RST    | OPEN 1 > R 1001; 2 < A 5001 1001 10              |
                    refused, then accepted  | 0 > S 1; 1 < RA 0 2; 2 > S 1; 3 < SA 8 2; 4 < A 9 2 10 |
                    reset, then again       | 0 > S 1; 1 > R 2; 2 > S 1; 3 < SA 8 2; 4 > A 2 9 10 |
                    none                    | OPEN 1 > A 1001 5001 10; 2 < A 5001 1011; 3 > FA 1011 5001; 4 < FA 5001 1012 |
                    two                     | OPEN 1 > FA 1001 5001; 2 > A 1002 5001 9; 3 < SA 7 1001 | tcp_data_after_fin tcp_syn_ack_changed
                    """)
    void shouldNameWhatASessionShows(String name, String script, String names) {
        SessionHarness run = SessionHarness.tcp().play(script.replace("OPEN", OPEN)).end();
        assertThat(String.join(" ", namesOf(run.row())))
                .as(name)
                .isEqualTo(names == null ? "" : names);
    }

    @Test
    void shouldCollectWhatItsPacketsShowSortedByName() {
        SessionHarness run = SessionHarness.tcp();
        run.slice(
                List.of(
                        packet(0, WirePacket.SYN, 10, Anomaly.TCP_OPTIONS_BAD.bit()),
                        packet(1, WirePacket.ACK, 0, 0),
                        packet(2, WirePacket.ACK, 0, Anomaly.IP_LENGTH_ZERO.bit())));
        assertThat(namesOf(run.end().row()))
                .containsExactly("ip_length_zero", "tcp_options_bad", "tcp_syn_with_data");
    }

    @Test
    void shouldNotTakeItsOwnBitsFromAnAgent() {
        SessionHarness run = SessionHarness.tcp();
        run.slice(List.of(packet(0, WirePacket.SYN, 0, ~0L)));
        assertThat(run.end().row().anomalies).isEqualTo((1L << SessionAnomaly.FIRST_BIT) - 1);
    }

    private static FlowScript.Packet packet(
            double seconds, int flags, int payloadLength, long anomalies) {
        return new FlowScript.Packet(
                FlowScript.at(seconds), false, flags, 1, 0, payloadLength, 1, 20, anomalies);
    }

    @Test
    void shouldHaveRoomForItsBitsAboveThoseOfPackets() {
        assertThat(Anomaly.values().length).isLessThanOrEqualTo(SessionAnomaly.FIRST_BIT);
        assertThat(SessionAnomaly.values().length)
                .isLessThanOrEqualTo(Long.SIZE - SessionAnomaly.FIRST_BIT);
        String[] names = new String[SessionAnomaly.count()];
        assertThat(SessionAnomaly.names(~0L, names)).isEqualTo(names.length);
        assertThat(names).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void shouldLeaveOutBitsOfNewerAgents() {
        assertThat(SessionAnomaly.names(1L << 47, new String[SessionAnomaly.count()])).isZero();
    }
}
