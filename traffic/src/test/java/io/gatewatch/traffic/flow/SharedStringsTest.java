package io.gatewatch.traffic.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedStringsTest {
    private static byte[] written(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new DataOutputStream(bytes).writeUTF(text);
        return bytes.toByteArray();
    }

    private static String read(byte[] bytes) throws IOException {
        return SharedStrings.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gw-1", "Zürich", "東京", "\0", "\uD83D\uDE00"})
    void shouldReadTheSameObjectAgain(String text) throws IOException {
        String first = read(written(text));

        assertThat(first).isEqualTo(text);
        assertThat(read(written(text))).isSameAs(first);
    }

    @Test
    void shouldTellManyNamesApart() throws IOException {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 5000; i++) {
                assertThat(read(written("gateway-" + i))).isEqualTo("gateway-" + i);
            }
        }
    }

    @Test
    void shouldReadLongStrings() throws IOException {
        String text = "x".repeat(60_000);

        assertThat(read(written(text))).isEqualTo(text);
    }

    @Test
    void shouldNotReadWhatIsCut() {
        assertThatThrownBy(() -> read(new byte[] {0, 3, 'a'})).isInstanceOf(EOFException.class);
    }
}
