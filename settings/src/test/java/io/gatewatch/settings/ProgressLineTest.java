package io.gatewatch.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressLineTest {
    @Test
    void shouldShowShareAndTimeLeft() {
        assertThat(ProgressLine.line(1_500_000, 3.0, 250, 1_000))
                .isEqualTo("1,500,000 packets, 500,000/s, 25 %, 0:09 left");
    }

    @Test
    void shouldShowWhatIsKnownOfAStream() {
        assertThat(ProgressLine.line(10, 2.0, 250, -1)).isEqualTo("10 packets, 5/s");
    }
}
