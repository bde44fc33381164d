package io.gatewatch.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrappingCounterTest {
    @Test
    void shouldGoOnWhereTheOtherStartsAgain() {
        WrappingCounter counter = new WrappingCounter();

        assertThat(counter.update(0xFFFF_FFF0L)).isEqualTo(0xFFFF_FFF0L);
        assertThat(counter.update(0x10)).isEqualTo(0x1_0000_0010L);
        assertThat(counter.update(0x10)).isEqualTo(0x1_0000_0010L);
    }

    @Test
    void shouldReadNegativeIntsAsUnsigned() {
        assertThat(new WrappingCounter().update(-1)).isEqualTo(0xFFFF_FFFFL);
    }
}
