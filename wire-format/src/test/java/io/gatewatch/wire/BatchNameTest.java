package io.gatewatch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                GoldenBytesTest.EVERY_FIELD,
                GoldenBytesTest.PUNCTUATION,
                GoldenBytesTest.END_MARKER,
                GoldenBytesTest.REPORTS
            })
    void shouldNameABatchAsItsHeadDoes(String golden) throws WireFormatException {
        byte[] bytes = GoldenBytesTest.bytes(golden);
        PacketBatch batch = new PacketBatch();
        batch.check(bytes, 0, bytes.length);
        BatchHead head = batch.head();

        BatchName name = BatchName.of(bytes);

        assertThat(name)
                .isEqualTo(
                        new BatchName(head.bootId, head.sequence, head.minute, head.packetCount));
        assertThat(BatchName.parse(name.toBytes())).isEqualTo(name);
    }

    @Test
    void shouldReadAsItIsWritten() throws WireFormatException {
        BatchName name = new BatchName(-2, 7, 29_453_760, 500);

        assertThat(name).hasToString("fffffffffffffffe:7:29453760:500");
        assertThat(BatchName.parse(name.toBytes())).isEqualTo(name);
    }

    @Test
    void shouldCarryTheLargestNumbers() throws WireFormatException {
        BatchName name =
                new BatchName(Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, Integer.MAX_VALUE);

        assertThat(BatchName.parse(name.toBytes())).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fffffffffffffffe:7:1",
                "fffffffffffffffe:7:1:1:1",
                "ffffffffffffffe:7:1:1",
                "FFFFFFFFFFFFFFFE:7:1:1",
                "fffffffffffffffe:-7:1:1",
                "fffffffffffffffe:7:+1:1",
                "fffffffffffffffe:7:1:-1",
                "fffffffffffffffe:7:1: 1",
                "fffffffffffffffe:7:1:2147483648",
                "fffffffffffffffe:9223372036854775808:1:1",
                "fffffffffffffffe:00000000000000000007:1:1"
            })
    void shouldRefuseWhatIsNoName(String text) {
        byte[] value = text.getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> BatchName.parse(value)).isInstanceOf(WireFormatException.class);
    }

    @Test
    void shouldRefuseAMissingHeader() {
        assertThatThrownBy(() -> BatchName.parse(null)).isInstanceOf(WireFormatException.class);
    }
}
