package io.gatewatch.capture.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.testing.CaptureFileBuilder;
import io.gatewatch.testing.Hex;
import io.gatewatch.testing.PcapFileBuilder;
import io.gatewatch.wire.CaptureInterface;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcapReaderTest {
    private static final long TIME_NS = 1_700_000_000_123_456_789L;
    private static final long TIME_CUT_TO_MICROS = 1_700_000_000_123_456_000L;
    private static final byte[] FRAME = Hex.bytes("01 02 03 04 05");

    private static CaptureReader open(byte[] file) throws IOException {
        return CaptureReader.open(new ByteArrayInputStream(file));
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void shouldReadBothByteOrdersAndResolutions(boolean bigEndian, boolean nanoseconds)
            throws IOException {
        PcapFileBuilder builder = CaptureFileBuilder.pcap();
        if (bigEndian) {
            builder.bigEndian();
        }
        if (nanoseconds) {
            builder.nanoseconds();
        }
        builder.packet(TIME_NS, FRAME, 1500).packet(TIME_NS + 1_000_000_000L, new byte[0]);

        List<ReadFrame> frames = ReadFrame.allOf(builder.toByteArray());

        long time = nanoseconds ? TIME_NS : TIME_CUT_TO_MICROS;
        assertThat(frames)
                .containsExactly(
                        new ReadFrame(0, time, 1500, "0102030405"),
                        new ReadFrame(0, time + 1_000_000_000L, 0, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a1b2cd34 0002 0004 00000000 00000000 0000ffff 00000001" // big endian
                        + "6553f100 0001e240 00000002 00000003 00000005 0800 00 00 abcd",
                "34cdb2a1 0200 0400 00000000 00000000 ffff0000 01000000" // little endian
                        + "00f15365 40e20100 02000000 03000000 05000000 0008 00 00 abcd"
            })
    void shouldReadModifiedFormatWithItsLongerRecordHeader(String file) throws IOException {
        assertThat(ReadFrame.allOf(Hex.bytes(file)))
                .containsExactly(new ReadFrame(0, TIME_CUT_TO_MICROS, 3, "abcd"));
    }

    @ParameterizedTest
    @CsvSource({
        "0002, 00000003, 00000002, both lengths swapped",
        "0003, 00000003, 00000002, swapped",
        "0003, 00000002, 00000003, not swapped"
    })
    void shouldReadLengthsOfOldVersionsInEitherOrder(
            String minor, String first, String second, String name) throws IOException {
        byte[] file =
                Hex.bytes(
                        "a1b2c3d4 0002" + minor + "00000000 00000000 0000ffff 00000001",
                        "6553f100 0001e240" + first + second + "abcd");

        assertThat(ReadFrame.allOf(file))
                .as(name)
                .containsExactly(new ReadFrame(0, TIME_CUT_TO_MICROS, 3, "abcd"));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "0xF4000001, 1", "0x00010071, 113", "0x00000114, 276", "65535, 65535"})
    void shouldTakeLinkTypeWithoutTheBitsAboveIt(String field, int linkType) throws IOException {
        byte[] file = CaptureFileBuilder.pcap().linkType(Long.decode(field)).toByteArray();

        try (CaptureReader reader = open(file)) {
            assertThat(reader.interfaces()).containsExactly(new CaptureInterface("", linkType));
        }
    }

    @Test
    void shouldReadUnsignedSecondsAndFractionsAboveOneSecond() throws IOException {
        byte[] file =
                CaptureFileBuilder.pcap()
                        .record(0xFFFF_FFFFL, 0xFFFF_FFFFL, 1, 1, new byte[1])
                        .toByteArray();

        assertThat(ReadFrame.allOf(file).get(0).timeNs())
                .isEqualTo(4_294_967_295_000_000_000L + 4_294_967_295_000L);
    }

    @ParameterizedTest
    @CsvSource({"0x7FFFFFFF, 2147483647", "0x80000000, 2147483647", "0xFFFFFFFF, 2147483647"})
    void shouldHoldOriginalLengthWithinAnInt(String stated, int expected) throws IOException {
        byte[] file = CaptureFileBuilder.pcap().packet(0, FRAME, Long.decode(stated)).toByteArray();

        assertThat(ReadFrame.allOf(file).get(0).originalLength()).isEqualTo(expected);
    }

    @Test
    void shouldReadFileWithoutPackets() throws IOException {
        assertThat(ReadFrame.allOf(CaptureFileBuilder.pcap().toByteArray())).isEmpty();
    }

    @Test
    void shouldReadLargestFrameAndGrowForIt() throws IOException {
        byte[] large = new byte[FrameLimit.BYTES];
        large[large.length - 1] = 7;
        byte[] file =
                CaptureFileBuilder.pcap()
                        .packet(0, FRAME)
                        .packet(0, large)
                        .packet(0, FRAME)
                        .toByteArray();

        List<ReadFrame> frames = ReadFrame.allOf(file);

        assertThat(frames).hasSize(3);
        assertThat(frames.get(1).hex()).hasSize(2 * large.length).endsWith("07");
        assertThat(frames.get(2).hex()).isEqualTo("0102030405");
    }

    @ParameterizedTest
    @ValueSource(longs = {FrameLimit.BYTES + 1, 0x7FFFFFFFL, 0x80000000L, 0xFFFFFFFFL})
    void shouldEndAtImpossibleLengthAndKeepWhatWasRead(long capturedLength) throws IOException {
        byte[] file =
                CaptureFileBuilder.pcap()
                        .packet(0, FRAME)
                        .record(0, 0, capturedLength, 60, new byte[60])
                        .packet(0, FRAME)
                        .toByteArray();

        try (CaptureReader reader = open(file)) {
            assertThat(ReadFrame.all(reader)).hasSize(1);
            assertThat(reader.warning())
                    .isEqualTo(
                            "damaged at byte 45: a record claims "
                                    + capturedLength
                                    + " bytes, more than 262144; all packets before that were"
                                    + " read");
            assertThat(reader.next(new CapturedFrame())).isFalse();
        }
    }

    @Test
    void shouldReadLongerFramesOfLinkTypesThatHaveThem() throws IOException {
        int usb = 189;
        byte[] file =
                CaptureFileBuilder.pcap()
                        .linkType(usb)
                        .packet(0, new byte[FrameLimit.BYTES + 1])
                        .toByteArray();

        assertThat(ReadFrame.allOf(file)).hasSize(1);
    }

    @Test
    void shouldSayWhereTheFileIsCut() throws IOException {
        byte[] file = CaptureFileBuilder.pcap().packet(0, FRAME).packet(0, FRAME).withoutLast(2);

        try (CaptureReader reader = open(file)) {
            assertThat(ReadFrame.all(reader)).hasSize(1);
            assertThat(reader.warning())
                    .isEqualTo(
                            "cut short at byte 45: 19 of 21 bytes of a record are there; all"
                                    + " packets before that were read");
        }
    }
}
