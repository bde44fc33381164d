package io.gatewatch.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationConverterTest {
    private final DurationConverter converter = new DurationConverter();

    @ParameterizedTest
    @CsvSource({
        "200ms, PT0.2S",
        "5s, PT5S",
        "10m, PT10M",
        "72h, PT72H",
        "30d, PT720H",
        "' 5 S ', PT5S",
        "0s, PT0S"
    })
    void shouldReadWhatPeopleWrite(String text, Duration expected) {
        assertThat(converter.convert(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "-5s", "1.5s", "5 weeks", "s", "99999999999999s"})
    void shouldSayWhatIsAllowed(String text) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "' is not a duration");
    }
}
