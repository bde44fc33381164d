package io.gatewatch.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@Timeout(30)
class FifoTest {
    @Test
    void shouldCarryBytesAfterItsNameIsGone() throws IOException {
        Fifo fifo = Fifo.create();
        Path path = Path.of(fifo.path());
        InputStream in = fifo.openForReading();
        FileOutputStream out = new FileOutputStream(path.toFile());
        fifo.close();

        out.write(new byte[100_000]);
        out.close();

        assertThat(path).doesNotExist();
        assertThat(path.getParent()).doesNotExist();
        assertThat(in.available()).isEqualTo(100_000);
        assertThat(in.read(new byte[200_000])).isEqualTo(100_000);
        assertThat(in.read()).isEqualTo(-1);
        in.close();
    }

    @Test
    void shouldKeepOthersOut() throws IOException {
        try (Fifo fifo = Fifo.create()) {
            Path path = Path.of(fifo.path());

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(path.getParent())))
                    .isEqualTo("rwx------");
        }
    }
}
