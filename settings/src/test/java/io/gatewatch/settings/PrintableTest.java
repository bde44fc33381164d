package io.gatewatch.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
    @Test
    void shouldLeaveTextInAnyScriptAsItIs() {
        assertThat(Printable.of("Büro/東京 1.pcap")).isEqualTo("Büro/東京 1.pcap");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            textBlock =
                    """
                    '\u001b',   \\x1b
                    '\u0007',   \\x07
                    '\u007f',   \\x7f
                    '\u009b',   \\u009b
                    '\u202e',   \\u202e
                    """)
    void shouldEscapeWhatActsOnATerminal(String hostile, String escaped) {
        assertThat(Printable.of("a" + hostile + "b")).isEqualTo("a" + escaped + "b");
    }

    @Test
    void shouldKeepALineOne() {
        assertThat(Printable.of("a\r\nb\tc")).isEqualTo("a\\r\\nb\\tc");
    }
}
