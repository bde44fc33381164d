package io.gatewatch.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files against bytes put down by hand from the two format drafts. */
class CaptureFileBuilderTest {
    private static final byte[] FRAME = Hex.bytes("01 02 03 04 05");
    private static final long TIME_NS = 0x1234_5678L * 1_000_000_000 + 123_456_789;

    @Test
    void shouldWriteLittleEndianPcapOfMicroseconds() {
        byte[] file = CaptureFileBuilder.pcap().packet(TIME_NS, FRAME, 9).toByteArray();

        assertThat(Hex.text(file))
                .isEqualTo(
                        hex(
                                """
                                d4 c3 b2 a1  02 00 04 00  00 00 00 00  00 00 00 00
                                00 00 04 00  01 00 00 00
                                78 56 34 12  40 e2 01 00  05 00 00 00  09 00 00 00
                                01 02 03 04 05
                                """));
    }

    @Test
    void shouldWriteBigEndianPcapOfNanoseconds() {
        byte[] file =
                CaptureFileBuilder.pcap()
                        .bigEndian()
                        .nanoseconds()
                        .snapLength(96)
                        .linkType(101)
                        .packets(List.of(new TimedFrame(TIME_NS, FRAME)))
                        .toByteArray();

        assertThat(Hex.text(file))
                .isEqualTo(
                        hex(
                                """
                                a1 b2 3c 4d  00 02 00 04  00 00 00 00  00 00 00 00
                                00 00 00 60  00 00 00 65
                                12 34 56 78  07 5b cd 15  00 00 00 05  00 00 00 05
                                01 02 03 04 05
                                """));
    }

    @Test
    void shouldWritePcapWithoutPackets() {
        assertThat(CaptureFileBuilder.pcap().toByteArray()).hasSize(24);
    }

    @Test
    void shouldWritePcapngSectionsOfBothByteOrders() {
        byte[] file =
                CaptureFileBuilder.pcapng()
                        .section(ByteOrder.BIG_ENDIAN)
                        .interfaceOf(1, "eth0", 9)
                        .packet(0, 0x1_0000_0002L, FRAME, 9)
                        .section(ByteOrder.LITTLE_ENDIAN)
                        .interfaceOf(101)
                        .packets(List.of(new TimedFrame(3_999, FRAME)))
                        .simplePacket(FRAME, 5)
                        .toByteArray();

        assertThat(Hex.text(file))
                .isEqualTo(
                        hex(
                                """
                                0a 0d 0d 0a  00 00 00 1c  1a 2b 3c 4d  00 01 00 00  # section
                                ff ff ff ff  ff ff ff ff  00 00 00 1c
                                00 00 00 01  00 00 00 28  00 01 00 00  00 00 00 00  # interface
                                00 02 00 04  65 74 68 30                            # name
                                00 09 00 01  09 00 00 00                            # resolution
                                00 00 00 00  00 00 00 28
                                00 00 00 06  00 00 00 28  00 00 00 00               # packet
                                00 00 00 01  00 00 00 02  00 00 00 05  00 00 00 09
                                01 02 03 04  05 00 00 00  00 00 00 28
                                0a 0d 0d 0a  1c 00 00 00  4d 3c 2b 1a  01 00 00 00  # section
                                ff ff ff ff  ff ff ff ff  1c 00 00 00
                                01 00 00 00  14 00 00 00  65 00 00 00  00 00 00 00  # interface
                                14 00 00 00
                                06 00 00 00  28 00 00 00  00 00 00 00               # packet
                                00 00 00 00  03 00 00 00  05 00 00 00  05 00 00 00
                                01 02 03 04  05 00 00 00  28 00 00 00
                                03 00 00 00  18 00 00 00  05 00 00 00               # simple
                                01 02 03 04  05 00 00 00  18 00 00 00
                                """));
    }

    @Test
    void shouldWriteTimesOfPowersOfTwoAndWithOffset() {
        byte[] file =
                CaptureFileBuilder.pcapng()
                        .section(ByteOrder.BIG_ENDIAN)
                        .interfaceOf(1, "", 0x80 | 10, 1_000, 64)
                        .packet(0, 1_001_500_000_000L, FRAME)
                        .toByteArray();

        assertThat(Hex.text(file))
                .isEqualTo(
                        hex(
                                """
                                0a 0d 0d 0a  00 00 00 1c  1a 2b 3c 4d  00 01 00 00
                                ff ff ff ff  ff ff ff ff  00 00 00 1c
                                00 00 00 01  00 00 00 30  00 01 00 00  00 00 00 40
                                00 02 00 00
                                00 09 00 01  8a 00 00 00
                                00 0e 00 08  00 00 00 00  00 00 03 e8
                                00 00 00 00  00 00 00 30
                                00 00 00 06  00 00 00 28  00 00 00 00
                                00 00 00 00  00 00 06 00  00 00 00 05  00 00 00 05
                                01 02 03 04  05 00 00 00  00 00 00 28
                                """));
    }

    @Test
    void shouldCutCompressAndWrite(@TempDir Path folder) throws IOException {
        PcapFileBuilder builder = CaptureFileBuilder.pcap().packet(TIME_NS, FRAME);
        byte[] file = builder.toByteArray();

        assertThat(builder.withoutLast(3)).hasSize(file.length - 3);
        assertThat(Files.readAllBytes(builder.writeTo(folder.resolve("a.pcap")))).isEqualTo(file);
        try (GZIPInputStream gzip =
                new GZIPInputStream(new ByteArrayInputStream(builder.toGzip()))) {
            assertThat(gzip.readAllBytes()).isEqualTo(file);
        }
    }

    private static String hex(String text) {
        return Hex.text(Hex.bytes(text));
    }
}
