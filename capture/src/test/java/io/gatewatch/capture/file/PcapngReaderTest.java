package io.gatewatch.capture.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.gatewatch.testing.CaptureFileBuilder;
import io.gatewatch.testing.Hex;
import io.gatewatch.testing.PcapngFileBuilder;
import io.gatewatch.wire.CaptureInterface;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcapngReaderTest {
    private static final long TIME_NS = 1_700_000_000_123_456_789L;
    private static final byte[] FRAME = Hex.bytes("01 02 03 04 05");
    private static final String FRAME_HEX = "0102030405";

    private static CaptureReader open(byte[] file) throws IOException {
        return CaptureReader.open(new ByteArrayInputStream(file));
    }

    private static PcapngFileBuilder littleEndian() {
        return CaptureFileBuilder.pcapng().section(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] body(ByteOrder order, Object... fields) {
        ByteBuffer body = ByteBuffer.allocate(256).order(order);
        for (Object field : fields) {
            if (field instanceof Integer number) {
                body.putInt(number);
            } else if (field instanceof Short number) {
                body.putShort(number);
            } else {
                body.put((byte[]) field);
            }
        }
        return Arrays.copyOf(body.array(), body.position());
    }

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void shouldReadEnhancedPacketsOfEitherByteOrder(String order) throws IOException {
        byte[] file =
                CaptureFileBuilder.pcapng()
                        .section(
                                "BIG_ENDIAN".equals(order)
                                        ? ByteOrder.BIG_ENDIAN
                                        : ByteOrder.LITTLE_ENDIAN)
                        .interfaceOf(1, "eth0", 9)
                        .packet(0, TIME_NS, FRAME, 1500)
                        .packet(0, TIME_NS + 1, FRAME)
                        .toByteArray();

        assertThat(ReadFrame.allOf(file))
                .containsExactly(
                        new ReadFrame(0, TIME_NS, 1500, FRAME_HEX),
                        new ReadFrame(0, TIME_NS + 1, 5, FRAME_HEX));
    }

    @Test
    void shouldKeepInterfacesWithTheirLinkTypesAndClocksApart() throws IOException {
        byte[] file =
                littleEndian()
                        .interfaceOf(1)
                        .interfaceOf(113, "any", 9, 0, 96)
                        .interfaceOf(276, "wlan0", 3, 3600, 0)
                        .packet(2, TIME_NS, FRAME)
                        .packet(0, TIME_NS, FRAME)
                        .packet(1, TIME_NS, FRAME)
                        .toByteArray();

        try (CaptureReader reader = open(file)) {
            List<ReadFrame> frames = ReadFrame.all(reader);

            assertThat(reader.interfaces())
                    .containsExactly(
                            new CaptureInterface("", 1),
                            new CaptureInterface("any", 113),
                            new CaptureInterface("wlan0", 276));
            assertThat(frames)
                    .extracting(ReadFrame::interfaceIndex, ReadFrame::timeNs)
                    .containsExactly(
                            tuple(2, 1_700_000_000_123_000_000L),
                            tuple(0, 1_700_000_000_123_456_000L),
                            tuple(1, TIME_NS));
        }
    }

    @Test
    void shouldReadSectionsOfBothByteOrdersInOneFile() throws IOException {
        byte[] file =
                littleEndian()
                        .interfaceOf(1, "eth0", 9)
                        .packet(0, TIME_NS, FRAME)
                        .section(ByteOrder.BIG_ENDIAN)
                        .interfaceOf(1, "eth1", 9)
                        .packet(0, TIME_NS, FRAME)
                        .section(ByteOrder.LITTLE_ENDIAN)
                        .interfaceOf(1, "eth0", 6)
                        .packet(0, TIME_NS, FRAME)
                        .toByteArray();

        try (CaptureReader reader = open(file)) {
            assertThat(ReadFrame.all(reader))
                    .extracting(ReadFrame::interfaceIndex)
                    .containsExactly(0, 1, 0);
            assertThat(reader.interfaces())
                    .as("an interface described again is the same")
                    .hasSize(2);
        }
    }

    @Test
    void shouldKeepEqualInterfacesOfOneSectionApart() throws IOException {
        byte[] file =
                littleEndian()
                        .interfaceOf(1)
                        .interfaceOf(1)
                        .packet(1, TIME_NS, FRAME)
                        .section(ByteOrder.LITTLE_ENDIAN)
                        .interfaceOf(1)
                        .interfaceOf(1)
                        .packet(1, TIME_NS, FRAME)
                        .toByteArray();

        try (CaptureReader reader = open(file)) {
            assertThat(ReadFrame.all(reader))
                    .extracting(ReadFrame::interfaceIndex)
                    .containsExactly(1, 1);
            assertThat(reader.interfaces()).hasSize(2);
        }
    }

    @Test
    void shouldGiveSimplePacketsTheTimeOfThePacketBefore() throws IOException {
        byte[] file =
                littleEndian()
                        .interfaceOf(1, "eth0", 9)
                        .simplePacket(FRAME, 1500)
                        .packet(0, TIME_NS, FRAME)
                        .simplePacket(FRAME, 5)
                        .toByteArray();

        assertThat(ReadFrame.allOf(file))
                .extracting(ReadFrame::timeNs)
                .containsExactly(0L, TIME_NS, TIME_NS);
    }

    @ParameterizedTest
    @CsvSource({
        "0,   5,    5, no snap length",
        "0,   7,    7, whole padded body",
        "0,   1500, 8, cut by the block",
        "4,   1500, 4, cut by the snap length",
        "100, 5,    5, shorter than the snap length"
    })
    void shouldFindCapturedLengthOfSimplePackets(
            int snapLength, int originalLength, int capturedLength, String name)
            throws IOException {
        byte[] file =
                littleEndian()
                        .interfaceOf(1, "", 6, 0, snapLength)
                        .simplePacket(FRAME, originalLength)
                        .toByteArray();

        ReadFrame frame = ReadFrame.allOf(file).get(0);

        assertThat(frame.hex().length() / 2).as(name).isEqualTo(capturedLength);
        assertThat(frame.originalLength()).isEqualTo(originalLength);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void shouldReadObsoletePacketBlocks(String name) throws IOException {
        ByteOrder order =
                "BIG_ENDIAN".equals(name) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        byte[] packet =
                body(order, (short) 1, (short) 0xFFFF, 0, 1_000_000, 5, 60, FRAME, new byte[3]);
        byte[] file =
                CaptureFileBuilder.pcapng()
                        .section(order)
                        .interfaceOf(1)
                        .interfaceOf(1)
                        .block(2, packet)
                        .toByteArray();

        assertThat(ReadFrame.allOf(file))
                .containsExactly(new ReadFrame(1, 1_000_000_000L, 60, FRAME_HEX));
    }

    @Test
    void shouldPassOverOtherBlocksAndOptions() throws IOException {
        byte[] nameResolution = new byte[400_000];
        byte[] comment = Hex.bytes("0100 0500 68656c6c6f 000000 00000000");
        byte[] withComment =
                body(ByteOrder.LITTLE_ENDIAN, 0, 0, 1, 5, 5, FRAME, new byte[3], comment);
        byte[] file =
                littleEndian()
                        .block(4, nameResolution)
                        .interfaceOf(1, "eth0", 6)
                        .block(5, new byte[12])
                        .block(PcapngFileBuilder.ENHANCED_PACKET, withComment)
                        .block(0x80000BAD, new byte[7])
                        .packet(0, 2000, FRAME)
                        .block(0x0A, new byte[0])
                        .toByteArray();

        assertThat(ReadFrame.allOf(file))
                .extracting(ReadFrame::timeNs)
                .containsExactly(1000L, 2000L);
    }

    @Test
    void shouldReadOptionsUpToOneThatRunsPastItsBlock() throws IOException {
        byte[] description =
                Hex.bytes(
                        "0100 0000 00000000 # Ethernet, no snap length",
                        "0200 0500 65746830 00 000000 # eth0 with the zero of a C string",
                        "0900 0100 09 000000 # nanoseconds",
                        "0e00 0002 00000000 # 512 bytes, past the block");
        byte[] file =
                littleEndian()
                        .block(PcapngFileBuilder.INTERFACE_DESCRIPTION, description)
                        .block(
                                PcapngFileBuilder.ENHANCED_PACKET,
                                body(ByteOrder.LITTLE_ENDIAN, 0, 0, 7, 0, 0))
                        .toByteArray();

        try (CaptureReader reader = open(file)) {
            assertThat(ReadFrame.all(reader)).containsExactly(new ReadFrame(0, 7, 0, ""));
            assertThat(reader.interfaces()).containsExactly(new CaptureInterface("eth0", 1));
        }
    }

    @Test
    void shouldMarkTimesThatDoNotFit() throws IOException {
        byte[] file =
                littleEndian()
                        .interfaceOf(1, "", 0)
                        .block(
                                PcapngFileBuilder.ENHANCED_PACKET,
                                body(ByteOrder.LITTLE_ENDIAN, 0, -1, -1, 0, 0))
                        .toByteArray();

        assertThat(ReadFrame.allOf(file))
                .containsExactly(new ReadFrame(0, CapturedFrame.BAD_TIME, 0, ""));
    }

    @Test
    void shouldReadFileWithoutInterfaces() throws IOException {
        assertThat(ReadFrame.allOf(littleEndian().toByteArray())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "06000000 0b000000 00000000 00000000, a block claims a length of 11 bytes",
        "06000000 00000000 00000000 00000000, a block claims a length of 0 bytes",
        "06000000 21000000 00000000 00000000, a block claims a length of 33 bytes",
        "06000000 1c000000 00000000 00000000, a packet block claims a length of 28 bytes",
        "03000000 0c000000 0c000000 00000000, a packet block claims a length of 12 bytes",
        "01000000 10000000 01000000 10000000, an interface claims a length of 16 bytes",
        "0a0d0d0a 1c000000 00000000 00000000, a section has no byte order mark",
        "0a0d0d0a 18000000 4d3c2b1a 01000000, a section header claims a length of 24 bytes",
        "05000000 0c000000 10000000 00000000, a block has two different lengths"
    })
    void shouldEndAtImpossibleBlockAndKeepWhatWasRead(String block, String problem)
            throws IOException {
        byte[] start = littleEndian().interfaceOf(1).packet(0, 0, FRAME).toByteArray();
        byte[] file = Arrays.copyOf(start, start.length + 64);
        byte[] bad = Hex.bytes(block);
        System.arraycopy(bad, 0, file, start.length, bad.length);

        try (CaptureReader reader = open(file)) {
            assertThat(ReadFrame.all(reader)).hasSize(1);
            assertThat(reader.warning())
                    .startsWith("damaged at byte ")
                    .endsWith(problem + "; all packets before that were read");
            assertThat(reader.next(new CapturedFrame())).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1,  0,     a packet names interface 1",
        "-1, 0,     a packet names interface 4294967295",
        "0,  6,     a packet claims 6 bytes",
        "0, 262145, a packet claims 262145 bytes",
        "0, -1,     a packet claims 4294967295 bytes"
    })
    void shouldEndAtImpossiblePacket(int number, int capturedLength, String problem)
            throws IOException {
        byte[] packet = body(ByteOrder.LITTLE_ENDIAN, number, 0, 0, capturedLength, 5, new byte[5]);
        byte[] file =
                littleEndian()
                        .interfaceOf(1)
                        .packet(0, 0, FRAME)
                        .block(PcapngFileBuilder.ENHANCED_PACKET, Arrays.copyOf(packet, 24))
                        .toByteArray();

        try (CaptureReader reader = open(file)) {
            assertThat(ReadFrame.all(reader)).hasSize(1);
            assertThat(reader.warning()).contains(problem);
        }
    }

    @Test
    void shouldEndWhereInterfacesNeverEnd() throws IOException {
        PcapngFileBuilder builder = littleEndian();
        for (int i = 0; i <= PcapngInterfaces.MAX_INTERFACES; i++) {
            builder.interfaceOf(1);
        }

        try (CaptureReader reader = open(builder.toByteArray())) {
            assertThat(ReadFrame.all(reader)).isEmpty();
            assertThat(reader.warning()).contains("more than 4096 interfaces");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0a0d0d0a 1c000000 4d3c2b1a 0200 0000, version 2.0",
        "0a0d0d0a 1c000000 4d3c2b1b 0100 0000, no byte order mark",
        "0a0d0d0a 1b000000 4d3c2b1a 0100 0000, a length of 27",
        "0a0d0d0a 18000000 4d3c2b1a 0100 0000, a length of 24"
    })
    void shouldRefuseFileWhoseFirstSectionCannotBe(String start, String problem) {
        byte[] file = Arrays.copyOf(Hex.bytes(start), 60);

        assertThatThrownBy(() -> open(file))
                .isInstanceOf(CaptureFormatException.class)
                .hasMessageStartingWith("is not a readable pcapng: ")
                .hasMessageContaining(problem);
    }
}
