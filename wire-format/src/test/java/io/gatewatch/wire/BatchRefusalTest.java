package io.gatewatch.wire;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatewatch.testing.Hex;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reader refuses, and what it says. */
class BatchRefusalTest {
    private static final int SITE_OFFSET = BatchLayout.VARIABLE_OFFSET;
    private static final int GATEWAY_OFFSET = SITE_OFFSET + 5;

    private final byte[] punctuation = GoldenBytesTest.bytes(GoldenBytesTest.PUNCTUATION);

    private static void refuse(byte[] bytes, String message) {
        assertThatThrownBy(() -> new PacketBatch().check(bytes, 0, bytes.length))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldNameTheVersionThatItDoesNotRead() {
        byte[] newer = Hex.bytes("47 57 50 42", "02"); // may be shorter than any of version 1

        refuse(newer, "packet batch of version 2: this program reads version 1");
    }

    @Test
    void shouldRefuseWhatIsNoBatch() {
        refuse(new byte[0], "not a packet batch: no magic number in 0 bytes");
        refuse("{\"a\":1}".getBytes(StandardCharsets.UTF_8), "not a packet batch");
        refuse(Hex.bytes("47 57 50 42"), "not a packet batch");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "5, 10, unknown batch flags 16",
        "14, 80, negative sequence number",
        "46, 80, flows of 0 packets stated",
        "49, 01, 1 flows of 0 packets stated",
        "50, ff, packets stated",
        "53, 01, 0 packets in a batch that states 1",
        "55, ff, site is not UTF-8 at byte 55",
        "60, c0, gateway is not UTF-8 at byte 60",
        "64, 05, 5 counters: at least 6 expected",
        "64, 07, cut short",
        "72, 02, cut short",
        "73, ff, interface name is",
        "79, 01, extensions length is 1",
    })
    void shouldRefuseAHeadThatLies(int offset, String octet, String message) {
        punctuation[offset] = Hex.bytes(octet)[0];

        refuse(punctuation, message);
    }

    @Test
    void shouldRefuseEmptyNames() {
        refuse(replaced(SITE_OFFSET, 5, "00"), "site is empty");
        refuse(replaced(GATEWAY_OFFSET, 5, "00"), "gateway is empty");
    }

    @ParameterizedTest
    @CsvSource({
        "a lone continuation byte, 80",
        "an overlong slash, c0 af",
        "half of a surrogate pair, ed a0 80",
        "more than U+10FFFF, f4 90 80 80",
        "a cut sequence, e4 ba",
    })
    void shouldRefuseNamesThatAreNotUtf8(String what, String octets) {
        int length = Hex.bytes(octets).length;

        refuse(replaced(SITE_OFFSET, 5, "0" + length + octets), "site is not UTF-8 at byte 55");
    }

    @Test
    void shouldRefuseBytesBehindTheLastFlow() {
        refuse(Arrays.copyOf(punctuation, 81), "1 bytes behind the last flow at byte 80");
    }

    @Test
    void shouldRefuseVarintsOfMoreThan64Bits() {
        String tooLong = "ff ff ff ff ff ff ff ff ff 02";
        String endless = "ff ff ff ff ff ff ff ff ff ff 00";

        refuse(replaced(64, 1, tooLong), "varint longer than 64 bits");
        refuse(replaced(64, 1, endless), "varint longer than 64 bits");
    }

    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "11 06 01010101 02020202 0001 0002 01 0000 01 000000 | unknown flow flags 17",
                "00 06 02020202 01010101 0001 0002 01 0000 01 000000 10 0000 00 | wrong order",
                "00 06 01010101 01010101 0002 0001 01 0000 01 000000 10 0000 00 | wrong order",
                "08 11 01010101 02020202 0001 0002 1000 01 0000 01 000000 | VLAN id 4096",
                "00 11 01010101 02020202 0001 0002 00 01 000000 | path 0 of 0",
                "00 11 01010101 02020202 0001 0002 ff7f 01 000000 | path count is 16383",
                "00 11 01010101 02020202 0001 0002 01 0100 01 000000 | interface 1 of 1",
                "00 11 01010101 02020202 0001 0002 01 0020 01 000000 | unknown path flags 32",
                "00 11 01010101 02020202 0001 0002 01 0005 01 000000 | unknown path flags 5",
                "00 11 01010101 02020202 0001 0002 01 0010 0704 01 000000 | unknown tunnel flags 4",
                "00 11 01010101 02020202 0001 0002 01 0000 00 | flow without packets",
                "00 11 01010101 02020202 0001 0002 01 0000 02 000000 | packet count is 2",
                "00 11 01010101 02020202 0001 0002 01 0000 01 020100 00 | path 1 of 1",
                "00 11 01010101 02020202 0001 0002 01 0000 01 000000 00 | 1 bytes behind the last packet",
                "00 11 01010101 02020202 0001 0002 01 0000 01 0000 80808008 | payload length is 16777216",
                "00 11 01010101 02020202 0001 0002 01 0000 01 040000 5d | IP length out of range",
                "00 11 01010101 02020202 0001 0002 01 0000 01 080000 05 00 | prefix length is 5",
                "00 11 01010101 02020202 0001 0002 01 0000 01 100000 00 | cut short",
                "00 06 01010101 02020202 0001 0002 01 0000 01 000000 ff7f | TCP flags is 16383",
                "00 06 01010101 02020202 0001 0002 01 0000 01 000000 02 000000 01 | options length is 1",
                "00 11 01010101 02020202 0001 0002 01 0000 01 400000 02 01 05 | extension length is 5",
                "04 11 01010101 02020202 0001 0002 01 0000 01 01 01 000000 | cut short",
                "04 11 01010101 02020202 0001 0002 00 02 0100 00 | flow without packets",
                "04 11 01010101 02020202 0001 0002 00 05 0103 010001 00 | report position is 1",
                "04 11 01010101 02020202 0001 0002 00 04 0102 0000 00 | cut short",
                "04 11 01010101 02020202 0001 0002 00 0a 0103 000001 0103 000001 00 | stated twice",
                "04 11 01010101 02020202 0001 0002 01 0000 08 0106 010001 000001 01 000000 | position 0 behind 1",
            })
    void shouldRefuseAFlowThatLies(String block, String message) {
        byte[] bytes = Hex.bytes(block);
        byte[] batch = Arrays.copyOf(punctuation, punctuation.length + 1 + bytes.length);
        batch[BatchLayout.FLOW_COUNT_OFFSET + 3] = 1;
        batch[BatchLayout.PACKET_COUNT_OFFSET + 3] = 1;
        batch[punctuation.length] = (byte) bytes.length;
        System.arraycopy(bytes, 0, batch, punctuation.length + 1, bytes.length);

        refuse(batch, message);
    }

    /** The punctuation with some bytes of it exchanged. */
    private byte[] replaced(int offset, int length, String octets) {
        byte[] with = Hex.bytes(octets);
        byte[] bytes = Arrays.copyOf(punctuation, punctuation.length - length + with.length);
        System.arraycopy(with, 0, bytes, offset, with.length);
        System.arraycopy(
                punctuation,
                offset + length,
                bytes,
                offset + with.length,
                punctuation.length - offset - length);
        return bytes;
    }
}
