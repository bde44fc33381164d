package io.gatewatch.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.capture.file.CapturedFrame;
import io.gatewatch.testing.CaptureFileBuilder;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFilesTest {
    private static final int ETHERNET = 1;
    private static final int UNSUPPORTED = 147;

    @TempDir private Path folder;

    @Test
    void shouldWarnOfCapturesWithoutPacketsAndOfInterfacesLeftOut() throws IOException {
        Path empty = CaptureFileBuilder.pcap().writeTo(folder.resolve("empty.pcap"));
        Path partly =
                CaptureFileBuilder.pcapng()
                        .section(ByteOrder.LITTLE_ENDIAN)
                        .interfaceOf(ETHERNET, "eth0", 6)
                        .interfaceOf(UNSUPPORTED, "odd0", 6)
                        .packet(0, 1, new byte[60])
                        .writeTo(folder.resolve("partly.pcapng"));

        try (InputFiles files = InputFiles.open(List.of(empty.toString(), partly.toString()))) {
            readAll(files);

            assertThat(files.unsupported()).isEmpty();
            assertThat(files.warnings())
                    .containsExactly(
                            empty + ": no packets in it",
                            partly
                                    + ": interface odd0 is left out: link type 147 is not"
                                    + " supported");
        }
    }

    @Test
    void shouldNameAFileWhoseOnlyInterfaceComesLateAndIsUnsupported() throws IOException {
        Path late =
                CaptureFileBuilder.pcapng()
                        .section(ByteOrder.LITTLE_ENDIAN)
                        .interfaceOf(UNSUPPORTED, "odd0", 6)
                        .packet(0, 1, new byte[60])
                        .writeTo(folder.resolve("late.pcapng"));

        try (InputFiles files = InputFiles.open(List.of(late.toString()))) {
            readAll(files);

            assertThat(files.unsupported())
                    .containsExactly(late + ": no supported link type: only 147");
            assertThat(files.warnings()).isEmpty();
        }
    }

    private static void readAll(InputFiles files) throws IOException {
        CapturedFrame frame = new CapturedFrame();
        int frames = 0;
        while (files.input().next(frame)) {
            frames++;
        }
        assertThat(frames).isEqualTo(1);
    }
}
