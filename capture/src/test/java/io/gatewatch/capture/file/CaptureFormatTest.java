package io.gatewatch.capture.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatewatch.testing.CaptureFileBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureFormatTest {
    private static final byte[] PCAP =
            CaptureFileBuilder.pcap().packet(0, new byte[60]).toByteArray();
    private static final byte[] PCAPNG =
            CaptureFileBuilder.pcapng()
                    .section(ByteOrder.BIG_ENDIAN)
                    .interfaceOf(1)
                    .packet(0, 0, new byte[60])
                    .toByteArray();

    @TempDir Path directory;

    /** A stream that knows whether it was closed. */
    private static final class TrackedStream extends ByteArrayInputStream {
        boolean closed;

        TrackedStream(byte[] bytes) {
            super(bytes);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("input.txt"), bytes);
    }

    @Test
    void shouldTellFormatsByContent() throws IOException {
        for (byte[] format : new byte[][] {PCAP, PCAPNG}) {
            try (CaptureReader reader = CaptureReader.open(file(format))) {
                assertThat(ReadFrame.all(reader)).hasSize(1);
                assertThat(reader.warning()).isNull();
            }
        }
    }

    @Test
    void shouldRefuseEmptyInput() {
        assertThatThrownBy(() -> CaptureReader.open(file(new byte[0])))
                .isInstanceOf(CaptureFormatException.class)
                .hasMessage("is empty (0 bytes), not a capture");
    }

    @Test
    void shouldRefuseOtherContent() {
        byte[] text = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> CaptureReader.open(stream(text)))
                .isInstanceOf(CaptureFormatException.class)
                .hasMessage(
                        "is not a capture: begins with 47 45 54 20, expected pcap or pcapng, either"
                                + " of them also in gzip");
    }

    @Test
    void shouldRefuseInputTooShortToTell() {
        assertThatThrownBy(() -> CaptureReader.open(stream(new byte[] {(byte) 0xD4, (byte) 0xC3})))
                .isInstanceOf(CaptureFormatException.class)
                .hasMessage("is not a capture: only 2 bytes long (d4 c3)");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 23})
    void shouldRefusePcapCutInsideItsGlobalHeader(int length) {
        assertThatThrownBy(() -> CaptureReader.open(stream(Arrays.copyOf(PCAP, length))))
                .isInstanceOf(CaptureFormatException.class)
                .hasMessage("is cut inside its global header: " + length + " of 24 bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 12, 27})
    void shouldRefusePcapngCutInsideItsFirstSectionHeader(int length) {
        assertThatThrownBy(() -> CaptureReader.open(stream(Arrays.copyOf(PCAPNG, length))))
                .isInstanceOf(CaptureFormatException.class)
                .hasMessage("is cut inside its global header: " + length + " of 28 bytes");
    }

    @Test
    void shouldRefuseUnknownVersion() {
        byte[] file = PCAP.clone();
        file[4] = 3;

        assertThatThrownBy(() -> CaptureReader.open(stream(file)))
                .isInstanceOf(CaptureFormatException.class)
                .hasMessage("is a pcap file of version 3.4, only 2.x can be read");
    }

    @Test
    void shouldRefuseDirectory() {
        assertThatThrownBy(() -> CaptureReader.open(directory))
                .isInstanceOf(CaptureFormatException.class)
                .hasMessage("is a directory, not a capture");
    }

    @Test
    void shouldSayThatThereIsNoSuchFile() {
        assertThatThrownBy(() -> CaptureReader.open(directory.resolve("missing.pcap")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void shouldCloseInputThatIsRefused() {
        TrackedStream stream = new TrackedStream(new byte[100]);

        assertThatThrownBy(() -> CaptureReader.open(stream))
                .isInstanceOf(CaptureFormatException.class);

        assertThat(stream.closed).isTrue();
    }

    @Test
    void shouldCloseInputWithTheReader() throws IOException {
        TrackedStream plain = new TrackedStream(PCAP);
        TrackedStream packed =
                new TrackedStream(CaptureFileBuilder.pcap().packet(0, new byte[60]).toGzip());

        CaptureReader.open(plain).close();
        CaptureReader.open(packed).close();

        assertThat(plain.closed).isTrue();
        assertThat(packed.closed).isTrue();
    }

    @Test
    void shouldTellProgressOfFiles() throws IOException {
        try (CaptureReader reader = CaptureReader.open(file(PCAP))) {
            assertThat(reader.size()).isEqualTo(PCAP.length);
            assertThat(reader.bytesRead()).isEqualTo(24);
            reader.next(new CapturedFrame());
            assertThat(reader.bytesRead()).isEqualTo(PCAP.length);
        }
    }

    @Test
    void shouldNotKnowTheSizeOfStreams() throws IOException {
        try (CaptureReader reader = CaptureReader.open(stream(PCAP))) {
            assertThat(reader.size()).isEqualTo(CaptureReader.UNKNOWN_SIZE);
        }
    }

    @Test
    void shouldReadFilesAtOnce() throws IOException {
        try (CaptureReader reader = CaptureReader.open(file(PCAP))) {
            assertThat(reader.frameBuffered()).isTrue();
            reader.next(new CapturedFrame());
            assertThat(reader.frameBuffered()).as("the end").isTrue();
            assertThat(reader.next(new CapturedFrame())).isFalse();
        }
    }
}
