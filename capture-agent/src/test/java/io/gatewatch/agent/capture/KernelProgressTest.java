package io.gatewatch.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelProgressTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long START_NS = 1_700_000_000 * SECOND_NS;

    private final KernelProgress progress = new KernelProgress();

    @Test
    void shouldKnowNothingBeforeTheFirstLook() {
        assertThat(progress.readUntilNs(0)).isEqualTo(KernelProgress.UNKNOWN);
    }

    @Test
    void shouldHaveReadUpToTheLookWhenAllFramesOfItAreRead() {
        progress.look(START_NS, 10);

        assertThat(progress.readUntilNs(10)).isEqualTo(START_NS);
    }

    @Test
    void shouldNotTellWhileFramesAreOnTheirWay() {
        progress.look(START_NS, 10);

        assertThat(progress.readUntilNs(9)).isEqualTo(KernelProgress.UNKNOWN);
    }

    @Test
    void shouldSettleWhereTheNumbersNeverMeet() {
        progress.look(START_NS, 10);
        progress.look(START_NS + SECOND_NS, 10);
        assertThat(progress.readUntilNs(5)).isEqualTo(KernelProgress.UNKNOWN);

        progress.look(START_NS + 2 * SECOND_NS, 10);

        assertThat(progress.readUntilNs(5)).isEqualTo(START_NS + 2 * SECOND_NS);
    }

    @Test
    void shouldBeginAnewWhenMoreArrives() {
        progress.look(START_NS, 10);
        progress.look(START_NS + 2 * SECOND_NS, 12);

        assertThat(progress.readUntilNs(5)).isEqualTo(KernelProgress.UNKNOWN);
    }

    @Test
    void shouldNotTakeAStepOfTheWallClockForQuiet() {
        progress.look(START_NS, 10);
        progress.look(START_NS - 3600 * SECOND_NS, 10);
        progress.look(START_NS - 3599 * SECOND_NS, 10);

        assertThat(progress.readUntilNs(5)).isEqualTo(KernelProgress.UNKNOWN);
    }
}
