package io.gatewatch.capture.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatewatch.testing.CaptureFileBuilder;
import io.gatewatch.testing.Hex;
import io.gatewatch.testing.PcapFileBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GzipSourceTest {
    private static final int PACKETS = 400;

    /** Frames that do not compress, so that the packed file is longer than one read. */
    private static final byte[] CAPTURE = capture();

    private static byte[] capture() {
        Random random = new Random(1);
        PcapFileBuilder builder = CaptureFileBuilder.pcap();
        for (int i = 0; i < PACKETS; i++) {
            byte[] frame = new byte[1000];
            random.nextBytes(frame);
            builder.packet(i, frame);
        }
        return builder.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static CaptureReader open(byte[] file) throws IOException {
        return CaptureReader.open(new ByteArrayInputStream(file));
    }

    @Test
    void shouldUnpackWhileReading(@TempDir Path directory) throws IOException {
        byte[] packed = gzip(CAPTURE);
        Path file = Files.write(directory.resolve("capture.pcap"), packed);

        try (CaptureReader reader = CaptureReader.open(file)) {
            assertThat(ReadFrame.all(reader)).isEqualTo(ReadFrame.allOf(CAPTURE));
            assertThat(reader.warning()).isNull();
            assertThat(reader.size()).isEqualTo(packed.length);
            assertThat(reader.bytesRead()).isBetween(packed.length - 1000L, (long) packed.length);
        }
    }

    @Test
    void shouldReadSeveralMembersAsOne() throws IOException {
        byte[] first = Arrays.copyOf(CAPTURE, 1000);
        byte[] rest = Arrays.copyOfRange(CAPTURE, 1000, CAPTURE.length);

        byte[] file = concat(gzip(first), gzip(new byte[0]), gzip(rest));

        assertThat(ReadFrame.allOf(file)).hasSize(PACKETS);
    }

    @Test
    void shouldLeaveAloneWhatFollowsTheLastMember() throws IOException {
        assertThat(ReadFrame.allOf(concat(gzip(CAPTURE), new byte[512]))).hasSize(PACKETS);
    }

    @Test
    void shouldPassOverAllHeaderFields() throws IOException {
        byte[] plain = gzip(CAPTURE);
        byte[] header =
                Hex.bytes(
                        "1f 8b 08 1e 00 00 00 00 00 03 # all flags but text",
                        "04 00 41 42 00 00 # extra field",
                        "61 2e 70 63 61 70 00 # name",
                        "68 69 00 # comment",
                        "00 00 # checksum of the header");

        byte[] file = concat(header, Arrays.copyOfRange(plain, 10, plain.length));

        assertThat(ReadFrame.allOf(file)).hasSize(PACKETS);
    }

    @Test
    void shouldKeepPacketsBeforeACut() throws IOException {
        byte[] packed = gzip(CAPTURE);

        try (CaptureReader reader = open(Arrays.copyOf(packed, packed.length / 2))) {
            assertThat(ReadFrame.all(reader).size()).isBetween(PACKETS / 2 - 40, PACKETS / 2);
            assertThat(reader.warning()).startsWith("gzip: cut at byte " + packed.length / 2 + ";");
        }
    }

    @Test
    void shouldWarnOfAMissingTrailerThoughAllPacketsAreThere() throws IOException {
        byte[] packed = gzip(CAPTURE);

        try (CaptureReader reader = open(Arrays.copyOf(packed, packed.length - 1))) {
            assertThat(ReadFrame.all(reader)).hasSize(PACKETS);
            assertThat(reader.warning()).startsWith("gzip: cut at byte " + (packed.length - 1));
        }
    }

    @Test
    void shouldKeepPacketsBeforeDamage() throws IOException {
        byte[] repeated = new byte[1000];
        PcapFileBuilder builder = CaptureFileBuilder.pcap();
        for (int i = 0; i < PACKETS; i++) {
            builder.packet(i, repeated);
        }
        byte[] packed = concat(gzip(CAPTURE), gzip(builder.toByteArray()));
        int inSecondMember = gzip(CAPTURE).length + 20;
        Arrays.fill(packed, inSecondMember, inSecondMember + 40, (byte) 0xFF);

        try (CaptureReader reader = open(packed)) {
            assertThat(ReadFrame.all(reader).size()).isGreaterThanOrEqualTo(PACKETS);
            assertThat(reader.warning()).contains("all packets before that were read");
        }
    }

    @Test
    void shouldWarnOfAWrongChecksum() throws IOException {
        byte[] packed = gzip(CAPTURE);
        packed[packed.length - 8] ^= 1;

        try (CaptureReader reader = open(packed)) {
            assertThat(ReadFrame.all(reader)).hasSize(PACKETS);
            assertThat(reader.warning())
                    .startsWith("gzip: checksum or length of the unpacked data is wrong");
        }
    }

    @Test
    void shouldRefuseWhatIsNoCaptureOnceUnpacked() throws IOException {
        byte[] empty = gzip(new byte[0]);
        byte[] text = gzip("GET / HTTP".getBytes(StandardCharsets.US_ASCII));
        byte[] cutInside = Arrays.copyOf(gzip(CAPTURE), 12);
        byte[] otherMethod = gzip(CAPTURE);
        otherMethod[2] = 7;

        assertThatThrownBy(() -> open(empty))
                .isInstanceOf(CaptureFormatException.class)
                .hasMessage("is empty (0 bytes once unpacked), not a capture");
        assertThatThrownBy(() -> open(text))
                .isInstanceOf(CaptureFormatException.class)
                .hasMessageContaining("begins with 47 45 54 20");
        assertThatThrownBy(() -> open(cutInside))
                .isInstanceOf(CaptureFormatException.class)
                .hasMessage("is not a capture: gzip: cut at byte 12");
        assertThatThrownBy(() -> open(otherMethod))
                .isInstanceOf(CaptureFormatException.class)
                .hasMessage("is not a capture: gzip: compression method 7 is unknown at byte 0");
    }
}
