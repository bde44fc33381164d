package io.gatewatch.job.sink.lines;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IsoTimeTest {
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "0, 1970-01-01T00:00:00.000000Z",
        "999, 1970-01-01T00:00:00.000000Z",
        "1999, 1970-01-01T00:00:00.000001Z",
        "-1, 1969-12-31T23:59:59.999999Z",
        "-1000, 1969-12-31T23:59:59.999999Z",
        "1714564800123456789, 2024-05-01T12:00:00.123456Z",
        "1709210096999999999, 2024-02-29T12:34:56.999999Z",
        "9223372036854775807, 2262-04-11T23:47:16.854775Z",
        "-9223372036854775807, 1677-09-21T00:12:43.145224Z"
    })
    void shouldCutToMicroseconds(long timeNs, String text) {
        assertThat(IsoTime.text(timeNs)).isEqualTo(text);
    }
}
