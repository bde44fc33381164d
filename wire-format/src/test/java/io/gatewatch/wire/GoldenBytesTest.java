package io.gatewatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.testing.Hex;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bytes that version 1 stands for: agents in the field write them, topics hold them. Files under
 * golden/ are never edited, only added. They were put together from docs/wire-format.md by another
 * program than this encoder.
 */
class GoldenBytesTest {
    static final String EVERY_FIELD = "v1-every-field";
    static final String PUNCTUATION = "v1-punctuation";
    static final String BEFORE_FIRST_PACKET = "v1-before-first-packet";
    static final String END_MARKER = "v1-end-marker";
    static final String IPV6_IN_TUNNELS = "v1-ipv6-in-tunnels";
    static final String NEWER_AGENT = "v1-newer-agent";
    static final String REPORTS = "v1-reports";

    static byte[] bytes(String name) {
        return Hex.resource(GoldenBytesTest.class, "golden/" + name + ".hex");
    }

    private static String text(String name) throws IOException {
        try (InputStream in =
                GoldenBytesTest.class.getResourceAsStream("golden/" + name + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                EVERY_FIELD,
                PUNCTUATION,
                BEFORE_FIRST_PACKET,
                END_MARKER,
                IPV6_IN_TUNNELS,
                NEWER_AGENT,
                REPORTS
            })
    void shouldReadEveryField(String name) throws IOException, WireFormatException {
        assertThat(SampleBatch.decode(bytes(name)).text()).isEqualTo(text(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                EVERY_FIELD,
                PUNCTUATION,
                BEFORE_FIRST_PACKET,
                END_MARKER,
                IPV6_IN_TUNNELS,
                REPORTS
            })
    void shouldWriteTheSameBytes(String name) throws WireFormatException {
        byte[] golden = bytes(name);

        byte[] written = SampleBatch.decode(golden).encode();

        assertThat(Hex.text(written)).isEqualTo(Hex.text(golden));
    }

    /** The place in its array must not matter: Kafka hands out ranges. */
    @ParameterizedTest
    @ValueSource(strings = {EVERY_FIELD, NEWER_AGENT})
    void shouldReadTheSameInTheMiddleOfAnArray(String name) throws WireFormatException {
        byte[] golden = bytes(name);
        byte[] array = new byte[golden.length + 10];
        System.arraycopy(golden, 0, array, 7, golden.length);
        PacketBatch batch = new PacketBatch();

        batch.check(array, 7, golden.length);

        batch.wrap(array, 7, golden.length);
        assertThat(batch.nextFlow()).isTrue();
        String alone = SampleBatch.decode(golden).text();
        SampleBatch shifted = new SampleBatch();
        shifted.flows.add(SampleBatch.decodeFlow(batch.flow()));
        assertThat(shifted.text().lines().skip(3))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(alone.lines()).contains(line));
    }
}
