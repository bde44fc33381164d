package io.gatewatch.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HexTest {
    @Test
    void shouldReadDigitsAndSkipComments() {
        byte[] bytes =
                Hex.bytes(
                        """
                        45 00 # version, service
                        # a line of comment: 01 02
                        00FF
                        """,
                        "0a");

        assertThat(bytes).containsExactly(0x45, 0x00, 0x00, 0xFF, 0x0A);
    }

    @Test
    void shouldNameTheLineThatIsNotHexadecimal() {
        assertThatThrownBy(() -> Hex.bytes("00 01\n0x02"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not hexadecimal: '0x02'");
    }

    @Test
    void shouldWriteSixteenOnALine() {
        assertThat(Hex.text(new byte[17]))
                .isEqualTo("00 ".repeat(15) + "00\n00")
                .satisfies(text -> assertThat(Hex.bytes(text)).hasSize(17));
    }
}
