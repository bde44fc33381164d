package io.gatewatch.traffic.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a segment does to a session in each of its states: one session goes on, or another begins.
 * The client is A with initial sequence number 1000, the server is B with 5000.
 */
class SynRuleTest {
    private static final Map<String, String> STATES = new HashMap<>();

    static {
        String open = "0 > S 1000; 0.1 < SA 5000 1001; 0.2 > A 1001 5001; 0.3 > PA 1001 5001 50";
        STATES.put("embryonic", "0 > S 1000");
        STATES.put("answered", "0 > S 1000; 0.1 < SA 5000 1001");
        STATES.put("open", open);
        STATES.put("half closed", open + "; 1 > FA 1051 5001");
        STATES.put("ended by fin", open + "; 1 > FA 1051 5001; 1 < FA 5001 1052; 1 > A 1052 5002");
        STATES.put("ended by rst", open + "; 1 < R 5001");
        STATES.put("refused", "0 > S 1000; 0.1 < RA 0 1001");
        STATES.put("midstream", "0 > PA 1001 5001 50");
        STATES.put("midstream both", "0 > PA 1001 5001 50; 0.1 < PA 5001 1051 50");
        STATES.put("midstream ended", "0 > PA 1001 5001 50; 0.1 < R 5001");
        STATES.put("answer first", "0 < SA 5000 1001");
        STATES.put("answer first ended", "0 < SA 5000 1001; 0.1 > R 1001");
        STATES.put("simultaneous", "0 > S 1000; 0.1 < S 5000");
    }

    @ParameterizedTest(name = "{0}, then {1}: {2} session(s), the first ends {3}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    embryonic          | 30 > S 1000          | 1 | end_of_input
                    embryonic          | 30 > S 2000          | 2 | new_syn
                    embryonic          | 30 < S 5000          | 1 | end_of_input
                    embryonic          | 30 < SA 5000 1001    | 1 | end_of_input
                    embryonic          | 30 < SA 5000 7777    | 1 | end_of_input
                    embryonic          | 30 < RA 0 1001       | 1 | rst
                    embryonic          | 30 > R 1001          | 1 | rst
                    embryonic          | 30 > A 1001 5001     | 1 | end_of_input
                    embryonic          | 30 > PA 1001 5001 10 | 1 | end_of_input
                    answered           | 30 > S 1000          | 1 | end_of_input
                    answered           | 30 > S 2000          | 2 | new_syn
                    answered           | 30 < S 5000          | 1 | end_of_input
                    answered           | 30 < S 6000          | 2 | new_syn
                    answered           | 30 < SA 5000 1001    | 1 | end_of_input
                    answered           | 30 < SA 6000 1001    | 1 | end_of_input
                    answered           | 30 < SA 6000 7777    | 1 | end_of_input
                    answered           | 30 < R 5001          | 1 | rst
                    answered           | 30 > A 1001 5001     | 1 | end_of_input
                    open               | 30 > S 1000          | 1 | end_of_input
                    open               | 30 > S 2000          | 2 | new_syn
                    open               | 61 > S 1000          | 2 | new_syn
                    open               | 30 < S 5000          | 1 | end_of_input
                    open               | 30 < S 6000          | 2 | new_syn
                    open               | 30 < SA 5000 1001    | 1 | end_of_input
                    open               | 30 < SA 6000 7777    | 1 | end_of_input
                    open               | 30 > R 1051          | 1 | rst
                    open               | 30 < PA 5001 1051 9  | 1 | end_of_input
                    half closed        | 30 > S 1000          | 1 | end_of_input
                    half closed        | 30 > S 2000          | 2 | new_syn
                    half closed        | 30 < S 5000          | 1 | end_of_input
                    half closed        | 30 < S 6000          | 2 | new_syn
                    half closed        | 30 < SA 5000 1001    | 1 | end_of_input
                    half closed        | 30 < R 5001          | 1 | rst
                    half closed        | 30 < PA 5001 1052 9  | 1 | end_of_input
                    half closed        | 90 < PA 5001 1052 9  | 1 | idle
                    half closed        | 90 > S 2000          | 2 | idle
                    half closed        | 90 < S 6000          | 2 | idle
                    half closed        | 602 < A 5001 1052    | 2 | idle
                    ended by fin       | 30 > S 1000          | 1 | fin
                    ended by fin       | 61 > S 1000          | 2 | fin
                    ended by fin       | 30 > S 2000          | 2 | fin
                    ended by fin       | 30 < S 6000          | 2 | fin
                    ended by fin       | 30 < SA 5000 1001    | 1 | fin
                    ended by fin       | 30 < SA 6000 2001    | 2 | fin
                    ended by fin       | 30 > R 1052          | 1 | fin
                    ended by fin       | 30 > A 1052 5002     | 1 | fin
                    ended by fin       | 30 > PA 1001 5001 50 | 1 | fin
                    ended by rst       | 30 > S 1000          | 1 | rst
                    ended by rst       | 30 > S 2000          | 2 | rst
                    ended by rst       | 30 < S 6000          | 2 | rst
                    ended by rst       | 30 < SA 5000 1001    | 1 | rst
                    ended by rst       | 30 < SA 6000 2001    | 2 | rst
                    ended by rst       | 30 < R 5001          | 1 | rst
                    ended by rst       | 30 > FA 1051 5001    | 1 | rst
                    ended by rst       | 62 > A 1051 5001     | 2 | rst
                    refused            | 59 > S 1000          | 1 | rst
                    refused            | 60.05 > S 1000       | 2 | rst
                    refused            | 30 > S 2000          | 2 | rst
                    refused            | 30 < S 5000          | 2 | rst
                    refused            | 30 < SA 5000 1001    | 1 | rst
                    refused            | 30 < SA 5000 7777    | 2 | rst
                    midstream          | 30 > S 1000          | 1 | end_of_input
                    midstream          | 30 > S 2000          | 2 | new_syn
                    midstream          | 30 < S 5000          | 1 | end_of_input
                    midstream          | 30 < S 6000          | 2 | new_syn
                    midstream          | 30 < SA 5000 1001    | 1 | end_of_input
                    midstream          | 30 < SA 6000 7777    | 2 | new_syn
                    midstream          | 30 < R 5001          | 1 | rst
                    midstream both     | 30 > S 1000          | 1 | end_of_input
                    midstream both     | 30 > S 2000          | 2 | new_syn
                    midstream both     | 30 < S 5000          | 1 | end_of_input
                    midstream both     | 30 < SA 5000 1001    | 1 | end_of_input
                    midstream both     | 30 < SA 6000 7777    | 2 | new_syn
                    midstream ended    | 30 > S 2000          | 2 | rst
                    midstream ended    | 30 < S 6000          | 2 | rst
                    midstream ended    | 30 > A 1051 5001     | 1 | rst
                    answer first       | 30 > S 1000          | 1 | end_of_input
                    answer first       | 30 > S 2000          | 2 | new_syn
                    answer first       | 30 < SA 5000 1001    | 1 | end_of_input
                    answer first       | 30 < SA 6000 1001    | 1 | end_of_input
                    answer first       | 30 < SA 6000 2001    | 2 | new_syn
                    answer first       | 30 > R 1001          | 1 | rst
                    answer first ended | 30 > S 2000          | 2 | rst
                    answer first ended | 30 < SA 6000 2001    | 2 | rst
                    answer first ended | 30 < SA 5000 1001    | 1 | rst
                    simultaneous       | 30 > SA 1000 5001    | 1 | end_of_input
                    simultaneous       | 30 < S 5000          | 1 | end_of_input
                    simultaneous       | 30 < S 6000          | 2 | new_syn
                    """)
    void shouldGoOnOrBeginAnotherSession(
            String name, String segment, int sessions, String endReason) {
        SessionHarness run = SessionHarness.tcp();
        run.play(STATES.get(name) + "/" + segment).end();
        assertThat(run.rows).hasSize(sessions);
        assertThat(run.rows.get(0).endReason.text()).isEqualTo(endReason);
    }

    @ParameterizedTest(name = "{0} first, then {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0 > S 4294967295 | 1 < SA 5000 0; 2 > A 0 5001; 3 > A 0 5001 9; 4 > S 4294967295
                    0 > PA 0 5001 50 | 1 > S 4294967295
                    0 > PA 99 1 50; 0.1 > PA 0 1 99 | 1 > S 4294967295
                    0 > PA 99 1 50 | 1 > S 4294967295
                    0 < SA 5000 20 | 1 > S 4294967295 0 20
                    0 < SA 5000 0 | 1 > S 4294967295 0 20
                    0 > S 4294967295 0 20 | 1 < SA 5000 20; 2 > R 20; 3 < SA 5000 20
                    0 > S 4294967295 0 20; 1 < RA 0 20 | 2 < SA 5000 20; 3 < SA 6000 20
                    """)
    void shouldCompareNumbersThatWrap(String first, String then) {
        SessionHarness run = SessionHarness.tcp().play(first + "/" + then).end();
        assertThat(run.rows).hasSize(1);
        assertThat(run.row().clientRetransmittedBytes).isZero();
    }
}
