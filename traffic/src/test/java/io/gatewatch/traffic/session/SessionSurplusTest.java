package io.gatewatch.traffic.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.traffic.flow.FlowKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionSurplusTest {
    private static final int TCP = 6;
    private static final int UDP = 17;

    /** Only SYNs. */
    private final List<SessionState> embryonic = sessions("0 > S 10; 1 > S 10", 10);

    private final List<SessionState> refused = sessions("0 > S 10; 0 < RA 0 11", 10);
    private final List<SessionState> closed =
            sessions(
                    "0 > S 10; 0 < SA 20 11; 0 > A 11 21; 0 > FA 11 21; 0 < FA 21 12; 0 > A 12 22",
                    10);
    private final List<SessionState> open =
            sessions("0 > S 10; 0 < SA 20 11; 0 > A 11 21; 0 > PA 11 21 9", 10);

    @Test
    void shouldChooseTheOldestEmbryonicSessions() {
        assertThat(chosen(3, open, embryonic)).isEqualTo(embryonic.subList(0, 3));
    }

    @Test
    void shouldTakeARefusedAttemptForAnEmbryonicSession() {
        assertThat(chosen(20, open, refused, closed, embryonic))
                .containsExactlyInAnyOrderElementsOf(join(refused, embryonic));
    }

    @Test
    void shouldChooseWhatHasEndedBeforeWhatIsOpen() {
        assertThat(chosen(12, open, closed, embryonic))
                .containsExactlyInAnyOrderElementsOf(join(closed.subList(0, 2), embryonic));
    }

    @Test
    void shouldChooseOpenSessionsWhereNothingElseIsLeft() {
        assertThat(chosen(13, open, embryonic))
                .containsExactlyInAnyOrderElementsOf(join(open.subList(0, 3), embryonic));
    }

    @Test
    void shouldChooseNoMoreThanAskedForAmongTheEquallyOld() {
        List<SessionState> alike = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            alike.add(embryonic.get(0));
        }

        assertThat(chosen(700, alike)).hasSize(700);
        assertThat(chosen(3_000, alike)).hasSize(2_000);
    }

    @Test
    void shouldTakeASinglePacketOfAnyProtocolForAnEmbryonicSession() {
        SessionState one = after(FlowScript.key(UDP, 40_000, 9_999), "5 > - 0 0 9");
        SessionState two = after(FlowScript.key(UDP, 40_000, 9_999), "0 > - 0 0 9; 1 > - 0 0 9");
        SessionSurplus surplus = new SessionSurplus(1);
        surplus.consider(UDP, two);
        surplus.consider(UDP, one);
        surplus.choose();

        assertThat(surplus.includes(UDP, two)).isFalse();
        assertThat(surplus.includes(UDP, one)).isTrue();
    }

    @SafeVarargs
    private static List<SessionState> chosen(int count, List<SessionState>... lists) {
        List<SessionState> all = join(lists);
        SessionSurplus surplus = new SessionSurplus(count);
        all.forEach(state -> surplus.consider(TCP, state));
        surplus.choose();
        return all.stream().filter(state -> surplus.includes(TCP, state)).toList();
    }

    @SafeVarargs
    private static List<SessionState> join(List<SessionState>... lists) {
        List<SessionState> all = new ArrayList<>();
        for (List<SessionState> list : lists) {
            all.addAll(list);
        }
        return all;
    }

    /** One session after another, each a second younger than the one before. */
    private static List<SessionState> sessions(String script, int count) {
        List<SessionState> states = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SessionState state = after(FlowScript.key(TCP, 40_000, 80), script);
            state.latestPacketNs += i * FlowScript.SECOND_NS;
            states.add(state);
        }
        return states;
    }

    private static SessionState after(FlowKey key, String script) {
        return SessionHarness.bounded(key).play(script).state;
    }
}
