package io.gatewatch.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatewatch.capture.file.CapturedFrame;
import io.gatewatch.testing.CaptureFileBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureFileTest {
    private static final int ETHERNET = 1;
    private static final int UNSUPPORTED = 147;
    private static final byte[] FRAME = new byte[60];

    @TempDir private Path folder;

    @Test
    void shouldHaveNothingToSayOfAWholeCapture() throws IOException {
        Path file = CaptureFileBuilder.pcap().packet(1, FRAME).writeTo(folder.resolve("a.pcap"));

        try (CaptureFile capture = read(file.toString())) {
            assertThat(capture.warnings()).isEmpty();
            assertThat(capture.linkTypeProblem()).isEmpty();
            assertThat(capture.name()).isEqualTo("a.pcap");
        }
    }

    @Test
    void shouldWarnOfACaptureWithoutPackets() throws IOException {
        Path file = CaptureFileBuilder.pcap().writeTo(folder.resolve("empty.pcap"));

        try (CaptureFile capture = read(file.toString())) {
            assertThat(capture.warnings()).containsExactly(file + ": no packets in it");
        }
    }

    @Test
    void shouldWarnOfAnInterfaceThatIsLeftOut() throws IOException {
        Path file =
                CaptureFileBuilder.pcapng()
                        .section(ByteOrder.LITTLE_ENDIAN)
                        .interfaceOf(ETHERNET, "eth0", 6)
                        .interfaceOf(UNSUPPORTED, "odd0", 6)
                        .packet(0, 1, FRAME)
                        .packet(1, 2, FRAME)
                        .writeTo(folder.resolve("two.pcapng"));

        try (CaptureFile capture = read(file.toString())) {
            assertThat(capture.warnings())
                    .containsExactly(
                            file
                                    + ": interface odd0 is left out: link type 147 is not"
                                    + " supported");
        }
    }

    @Test
    void shouldWarnOfACaptureThatIsCut() throws IOException {
        Path file =
                Files.write(
                        folder.resolve("cut.pcap"),
                        CaptureFileBuilder.pcap().packet(1, FRAME).withoutLast(5));

        try (CaptureFile capture = read(file.toString())) {
            assertThat(capture.warnings())
                    .singleElement()
                    .asString()
                    .startsWith(file + ": cut short at byte ");
        }
    }

    @Test
    void shouldSayWhyAnInputCannotBeRead() throws IOException {
        Path missing = folder.resolve("missing.pcap");
        Path text = Files.writeString(folder.resolve("notes.pcap"), "not a capture at all");
        Path other =
                CaptureFileBuilder.pcap()
                        .linkType(UNSUPPORTED)
                        .writeTo(folder.resolve("other.pcap"));

        assertUnreadable(missing.toString(), missing + ": no such file");
        assertUnreadable(folder.toString(), folder + ": is a directory, not a capture");
        assertUnreadable(text.toString(), text + ": is not a capture");
        assertUnreadable(other.toString(), other + ": no supported link type: only 147");
    }

    @Test
    void shouldReadStandardInput() throws IOException {
        byte[] bytes = CaptureFileBuilder.pcap().packet(1, FRAME).toByteArray();

        try (CaptureFile capture = CaptureFile.open("-", new ByteArrayInputStream(bytes))) {
            assertThat(capture.next(new CapturedFrame())).isTrue();
            assertThat(capture.name()).isEqualTo("stdin");
        }
    }

    @Test
    void shouldNameTheInputThatFailsWhileItIsRead() throws IOException {
        byte[] bytes = CaptureFileBuilder.pcap().packet(1, FRAME).toByteArray();

        try (CaptureFile capture = CaptureFile.open("-", new FailingAfter(bytes))) {
            capture.next(new CapturedFrame());

            assertThatThrownBy(() -> capture.next(new CapturedFrame()))
                    .hasMessage("-: Input/output error");
        }
    }

    private static CaptureFile read(String file) throws IOException {
        CaptureFile capture = CaptureFile.open(file, InputStream.nullInputStream());
        CapturedFrame frame = new CapturedFrame();
        int frames = 0;
        while (capture.next(frame)) {
            frames++;
        }
        assertThat(frames).isLessThanOrEqualTo(2);
        return capture;
    }

    private static void assertUnreadable(String file, String message) {
        assertThatThrownBy(() -> CaptureFile.open(file, InputStream.nullInputStream()))
                .isInstanceOf(UnreadableCaptureException.class)
                .hasMessageStartingWith(message);
    }

    /** Gives the bytes, then fails as a broken disk does. */
    private static final class FailingAfter extends InputStream {
        private final ByteArrayInputStream bytes;

        FailingAfter(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() throws IOException {
            int next = bytes.read();
            if (next < 0) {
                throw new IOException("Input/output error");
            }
            return next;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = bytes.read(into, offset, length);
            if (read < 0) {
                throw new IOException("Input/output error");
            }
            return read;
        }
    }
}
