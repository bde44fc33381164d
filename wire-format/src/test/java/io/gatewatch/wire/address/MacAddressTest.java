package io.gatewatch.wire.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatewatch.wire.FlowPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {
    @ParameterizedTest
    @CsvSource({
        "0x000000000000, 00:00:00:00:00:00",
        "0x0242ac110002, 02:42:ac:11:00:02",
        "0xffffffffffff, ff:ff:ff:ff:ff:ff",
    })
    void shouldWriteAndReadColonForm(String number, String text) {
        long address = Long.decode(number);

        assertThat(MacAddress.text(address)).isEqualTo(text);
        assertThat(MacAddress.parse(text)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"02-42-AC-11-00-02", "02:42:AC:11:00:02"})
    void shouldReadHyphensAndUpperCase(String text) {
        assertThat(MacAddress.parse(text)).isEqualTo(0x0242ac110002L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "02:42:ac:11:00",
                "02:42:ac:11:00:02:03",
                "02:42:ac-11:00:02",
                "2:42:ac:11:00:02a",
                "02:42:ac:11:00:0g",
                "02:42:ac:11:00:0٣",
                "0242.ac11.0002..."
            })
    void shouldRefuseAnythingElse(String text) {
        assertThatThrownBy(() -> MacAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void shouldRefuseToWriteWhatIsNoAddress() {
        assertThatThrownBy(() -> MacAddress.text(FlowPath.NO_MAC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than 48 bits");
    }
}
