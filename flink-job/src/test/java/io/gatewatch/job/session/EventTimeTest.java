package io.gatewatch.job.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTimeTest {
    @ParameterizedTest(name = "{0} ns -> timer at {1} ms")
    @CsvSource({
        "0, 0",
        "1, 1",
        "999999, 1",
        "1000000, 1",
        "1000001, 2",
        "-1, 0",
        "-999999, 0",
        "-1000000, -1",
        "9223372036854775807, 9223372036855"
    })
    void shouldRoundTimersUp(long timeNs, long timerMs) {
        assertThat(EventTime.timerMs(timeNs)).isEqualTo(timerMs);
    }

    @ParameterizedTest(name = "{0} ms -> {1} ns")
    @CsvSource({
        "0, 0",
        "-1, -1000000",
        "5, 5000000",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808"
    })
    void shouldKeepTheEndsOfTime(long watermarkMs, long watermarkNs) {
        assertThat(EventTime.toNanos(watermarkMs)).isEqualTo(watermarkNs);
    }
}
