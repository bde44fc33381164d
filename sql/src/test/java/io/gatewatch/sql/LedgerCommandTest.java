package io.gatewatch.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerCommandTest {
    @ParameterizedTest
    @CsvSource({
        "2026-01-31, 2026-01-31T00:00",
        "2026-01-31T08:00, 2026-01-31T08:00",
        "2026-01-31 08:00, 2026-01-31T08:00",
        "2026-01-31T08:00:00Z, 2026-01-31T08:00"
    })
    void shouldTakeTimesAsPeopleWriteThem(String text, String time) {
        assertThat(LedgerCommand.time(text)).isEqualTo(LocalDateTime.parse(time));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "31.1.2026", "2026-02-30", "2026-01-31T25:00", "Z"})
    void shouldRefuseOthers(String text) {
        assertThatThrownBy(() -> LedgerCommand.time(text)).isInstanceOf(DateTimeException.class);
    }

    @Test
    void shouldNotNeedOne() {
        assertThat(LedgerCommand.time(null)).isNull();
    }
}
