package io.gatewatch.traffic.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionLimitTest {
    private final SessionCounters counters = new SessionCounters();
    private final SessionLimit limit = new SessionLimit(800, counters);

    @Test
    void shouldHalveTimeOutsFromHalfOfTheLimitOn() {
        assertThat(pressureAt(399)).isZero();
        assertThat(pressureAt(400)).isOne();
        assertThat(pressureAt(499)).isOne();
        assertThat(pressureAt(500)).isEqualTo(2);
        assertThat(pressureAt(600)).isEqualTo(3);
        assertThat(pressureAt(700)).isEqualTo(4);
        assertThat(pressureAt(900)).isEqualTo(4);
        assertThat(pressureAt(10)).isZero();
    }

    @Test
    void shouldGiveUpAnEighthAtTheLimit() {
        hold(799);
        assertThat(limit.isReached()).isFalse();

        hold(800);
        assertThat(limit.isReached()).isTrue();
        assertThat(limit.surplus()).isEqualTo(100);
    }

    @Test
    void shouldComeBelowTheLimitWhereARestoreBroughtMore() {
        hold(5_000);

        assertThat(limit.surplus()).isEqualTo(4_300);
    }

    private int pressureAt(long sessions) {
        hold(sessions);
        return limit.pressure();
    }

    private void hold(long sessions) {
        counters.heldBefore(sessions - counters.held());
    }
}
