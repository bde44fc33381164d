package io.gatewatch.traffic.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * conn_state and history, one connection a line; the client is A unless the history begins with ^.
 */
class ConnectionStateTest {
    @ParameterizedTest(name = "{0}: {2} {3}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    attempt                   | 0 > S 1                                                     | S0     | S
                    attempt repeated          | 0 > S 1; 1 > S 1; 3 > S 1                                   | S0     | S
                    client side alone         | 0 > S 1; 1 > A 2 9; 2 > PA 2 9 10                           | S0     | SAD
                    established               | 0 > S 1; 0 < SA 8 2; 0 > A 2 9                              | S1     | ShA
                    answer repeated           | 0 > S 1; 0 < SA 8 2; 1 < SA 8 2; 1 > A 2 9                  | S1     | ShA
                    two answers               | 0 > S 1; 0 < SA 8 2; 1 < SA 70 2                            | S1     | Shh
                    closed                    | 0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 > FA 2 9; 1 < FA 9 3; 1 > A 3 10 | SF | ShAFf
                    closed, data              | 0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 > PA 2 9 5; 1 < A 9 7; 1 < PA 9 7 5; 1 > FA 7 14; 1 < FA 14 8; 1 > A 8 15 | SF | ShADadFf
                    refused                   | 0 > S 1; 0 < RA 0 2                                         | REJ    | Sr
                    refused twice             | 0 > S 1; 0 < RA 0 2; 1 > S 1; 1 < RA 0 2                    | REJ    | Sr
                    client closed             | 0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 > FA 2 9                  | S2     | ShAF
                    server closed             | 0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 < FA 9 2                  | S3     | ShAf
                    client reset              | 0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 > R 2                     | RSTO   | ShAR
                    server reset              | 0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 > PA 2 9 5; 1 < R 9       | RSTR   | ShADr
                    both reset without data   | 0 > S 1; 0 < SA 8 2; 0 > R 2; 1 < R 9                       | REJ    | ShRr
                    client reset its SYN      | 0 > S 1; 0 > R 2                                            | RSTOS0 | SR
                    client reset after ACK    | 0 > S 1; 0 > A 2 9; 1 > R 2                                 | OTH    | SAR
                    server SYN+ACK, reset     | 0 < SA 8 2; 1 < R 9                                         | RSTRH  | ^hr
                    backscatter               | 0 < SA 8 2; 1 > R 2                                         | RSTO   | ^hR
                    SYN, FIN, no answer       | 0 > S 1; 1 > FA 2 9                                         | SH     | SF
                    SYN+ACK, FIN, no client   | 0 < SA 8 2; 1 < FA 9 2                                      | SHR    | ^hf
                    handshake without SYN     | 0 < SA 8 2; 0 > A 2 9                                       | S1     | ^hA
                    SYN and SYN+ACK reversed  | 0 < SA 8 2; 0 > S 1; 0 > A 2 9                              | S1     | ^hSA
                    midstream                 | 0 > PA 2 9 5; 1 < A 9 7                                     | OTH    | Da
                    midstream closed          | 0 > FA 2 9; 1 < FA 9 3; 1 > A 3 10                          | SF     | FfA
                    midstream reset           | 0 > PA 2 9 5; 1 > R 7                                       | OTH    | DR
                    midstream turned round    | 0 < PA 9 2 5; 1 > A 2 14                                    | OTH    | ^dA
                    RST after both FINs       | 0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 > FA 2 9; 1 < FA 9 3; 1 > R 3 | SF | ShAFfR
                    FIN, RST, then the FIN    | 0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 > FA 2 9; 1 > R 3; 2 < FA 9 3 | SF | ShAFRf
                    simultaneous open         | 0 > S 1; 0 < S 8; 1 > SA 1 9; 1 < SA 8 2; 2 > A 2 9         | S1     | SsA
                    FIN again                 | 0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 > FA 2 9; 2 > FA 2 9      | S2     | ShAF
                    another FIN               | 0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 > FA 2 9; 2 > FA 3 9      | S2     | ShAFF
                    another RST               | 0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 > R 2; 2 > R 7            | RSTO   | ShARR
                    FIN with RST              | 0 > S 1; 0 < SA 8 2; 0 > FR 2 9                             | RSTO   | ShI
                    SYN with FIN              | 0 > SF 1                                                    | SH     | Q
                    SYN with RST              | 0 > SR 1                                                    | OTH    | Q
                    SYN with data             | 0 > S 1 0 9; 0 < SA 8 11; 0 > A 11 9                        | S1     | ShA
                    FIN with data             | 0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 > FA 2 9 5                | S2     | ShAF
                    RST with data             | 0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 < RA 9 2 5                | RSTR   | ShAr
                    another RST of the server | 0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 < R 9; 2 < R 9; 3 < R 19  | RSTR   | ShArr
                    both flags twice          | 0 > SF 1; 1 > SF 1; 2 < FR 9 2; 3 < FR 9 2                  | RSTR   | Qi
                    neither SYN, ACK nor RST  | 0 > - 1; 1 > P 1 0 5; 2 > U 6 0 5                           | OTH    | D
                    keep-alives               | 0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 > A 2 9 5; 2 < A 9 7; 9 > A 6 9 1; 10 < A 9 7; 19 > A 6 9 1 | S1 | ShADa
                    probes of a zero window   | 0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 < A 9 2 0 0; 2 > A 2 9 1; 3 < A 9 2 0 0; 4 > A 2 9 1 | S1 | ShAawD
                    zero window of a RST      | 0 > S 1; 0 < RA 0 2 0 0                                     | REJ    | Sr
                    zero window, peer closed  | 0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 > FA 2 9; 2 < A 9 3 0 0   | S2     | ShAFa
                    half close, data goes on  | 0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 > FA 2 9; 2 < PA 9 3 5; 3 > A 3 14; 4 < FA 14 3; 5 > A 3 15 | SF | ShAFdf
                    out of order              | 0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 > A 7 9 5; 2 > A 2 9 5; 3 < A 9 12 | S1 | ShADa
                    part again, part new      | 0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 > A 2 9 5; 2 > A 4 9 9    | S1     | ShADT
                    both sides at once        | 0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 > FA 2 9; 1 < FA 9 2; 2 > A 3 10; 2 < A 10 3 | SF | ShAFfa
                    handshake, client unseen  | 0 < SA 8 2; 0 < A 9 2 5                                     | OTH    | ^hd
                    reset behind a half close | 0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 > FA 2 9; 2 < R 9         | RSTR   | ShAFr
                    resets one another        | 0 > S 1; 0 < SA 8 2; 0 > A 2 9 4; 1 > R 6; 2 < R 9          | RSTR   | ShDRr
                    zero windows              | 0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 < A 9 2 0 0; 2 < A 9 2 0 0 | S1    | ShAaw
                    gap                       | 0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 > PA 9 9 5; 2 < A 9 14    | S1     | ShADaG
                    retransmission            | 0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 > PA 2 9 5; 2 > PA 2 9 5  | S1     | ShADT
                    """)
    void shouldNameStateAndHistory(String name, String script, String state, String history) {
        SessionRow row = SessionHarness.tcp().play(script).end().lastRow();
        assertThat(row.history).as(name).isEqualTo(history);
        assertThat(row.tcpState).as(name).isEqualTo(state);
    }

    /** What Zeek's own documentation of its tests states for connections of these shapes. */
    @ParameterizedTest(name = "{1} {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0 < SA 8 2; 1 > A 2 9; 1 > PA 2 9 98; 2 < PA 9 100 500; 3 > FA 100 509; 3 < A 509 101; 3 < FA 509 101; 4 > A 101 510 | SF | ^hADdFaf
                    0 > S 1; 1 > A 2 9; 1 > PA 2 9 26; 1 > A 28 59; 2 > FA 28 99 | SH | SADF
                    0 > S 1; 1 < SA 8 2; 1 > A 2 9; 2 > PA 2 9 9; 2 < A 9 11; 2 < PA 9 11 500; 3 < FA 509 11; 3 > FA 11 510; 3 < A 510 12 | SF | ShADadfF
                    0 > S 1; 1 < SA 8 2; 1 > A 2 9; 2 < PA 9 2 20; 2 > PA 2 29 20; 2 < A 29 22; 3 > FA 22 29; 3 < FA 29 23; 4 > A 23 30 | SF | ShAdDaFf
                    0 < FA 9 2; 1 > A 2 10 | SHR | ^fA
                    0 > FA 2 9; 1 < A 9 3 | SH | Fa
                    0 > R 2 | OTH | R
                    0 < R 9 | RSTRH | ^r
                    0 > S 1; 1 < SA 8 2; 1 > A 2 9; 2 > PA 2 9 790; 3 < A 9 792; 3 < PA 9 792 171; 4 > R 792 | RSTO | ShADadR
                    0 > S 1; 1 > R 2 | RSTOS0 | SR
                    """)
    void shouldAgreeWithZeek(String script, String state, String history) {
        SessionRow row = SessionHarness.tcp().play(script).end().row();
        assertThat(row.history).isEqualTo(history);
        assertThat(row.tcpState).isEqualTo(state);
    }

    @ParameterizedTest(name = "{0} times: {1} and {2}")
    @CsvSource({"1,W,G", "9,W,G", "10,WW,GG", "99,WW,GG", "100,WWW,GGG", "1000,WWWW,GGGG"})
    void shouldRepeatZeroWindowsAndGapsAtPowersOfTen(int count, String windows, String gaps) {
        StringBuilder zero = new StringBuilder("0 > S 1; 0 < SA 8 2; 0 > A 2 9");
        StringBuilder missing = new StringBuilder("0 > S 1; 0 < SA 8 2; 0 > A 2 9");
        for (int i = 0; i < count; i++) {
            zero.append("; 1 > A 2 9 0 0");
            missing.append("; 1 < A 9 ").append(12 + 10 * i);
        }
        assertThat(historyOf(zero)).isEqualTo("ShA" + windows);
        assertThat(historyOf(missing)).isEqualTo("ShAa" + gaps);
    }

    private static String historyOf(StringBuilder script) {
        return SessionHarness.tcp().play(script.toString()).end().row().history;
    }

    @ParameterizedTest(name = "{0} retransmissions: {1}")
    @CsvSource({"1,ShADT", "9,ShADT", "10,ShADTT", "99,ShADTT", "100,ShADTTT", "101,ShADTTT"})
    void shouldRepeatScaledLettersAtPowersOfTen(int count, String history) {
        StringBuilder script = new StringBuilder("0 > S 1; 0 < SA 8 2; 0 > A 2 9; 1 > PA 2 9 5");
        for (int i = 0; i < count; i++) {
            script.append("; 2 > PA 2 9 5");
        }
        SessionRow row = SessionHarness.tcp().play(script.toString()).end().row();
        assertThat(row.history).isEqualTo(history);
        assertThat(row.clientRetransmittedPackets).isEqualTo(count);
    }

    @ParameterizedTest(name = "{0} SYNs")
    @CsvSource({"400"})
    void shouldKeepTheFirstLettersOfAnEndlessHistory(int count) {
        StringBuilder script = new StringBuilder("0 > S 1; 0 < SA 8 2; 0 > A 2 9");
        for (int i = 0; i < count; i++) {
            script.append("; 1 > FA ").append(2 + i).append(" 9");
        }
        SessionRow row = SessionHarness.tcp().play(script.toString()).end().row();
        assertThat(row.history).hasSize(History.MAX_LENGTH).startsWith("ShAFFF");
    }
}
