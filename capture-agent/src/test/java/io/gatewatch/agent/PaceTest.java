package io.gatewatch.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.agent.config.Speed;
import io.gatewatch.capture.file.CapturedFrame;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @Test
    void shouldNotWaitAtFullSpeed() {
        Pace pace = new Pace(Speed.MAX);

        assertThat(pace.delayNs(0, 0)).isZero();
        assertThat(pace.delayNs(3600 * SECOND_NS, 0)).isZero();
    }

    @Test
    void shouldKeepFramesAsFarApartAsTheyWere() {
        Pace pace = new Pace(new Speed(1));
        pace.delayNs(100 * SECOND_NS, 5);

        assertThat(pace.delayNs(103 * SECOND_NS, 5 + SECOND_NS)).isEqualTo(2 * SECOND_NS);
    }

    @Test
    void shouldDivideBySpeed() {
        Pace pace = new Pace(new Speed(10));
        pace.delayNs(0, 0);

        assertThat(pace.delayNs(100 * SECOND_NS, 0)).isEqualTo(10 * SECOND_NS);
    }

    @Test
    void shouldNotWaitForWhatIsOverdueOrHasNoTime() {
        Pace pace = new Pace(new Speed(1));
        pace.delayNs(100 * SECOND_NS, 0);

        assertThat(pace.delayNs(99 * SECOND_NS, 0)).isNegative();
        assertThat(pace.delayNs(CapturedFrame.BAD_TIME, 0)).isZero();
    }
}
