package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.demo.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux does to other processes, and says of them. */
final class Processes {
    private Processes() {}

    /** Sends a signal, by its name without {@code SIG}. */
    static void signal(ChildProcess process, String name) throws IOException, InterruptedException {
        int sent =
                new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor();
        assertThat(sent).isZero();
    }

    /**
     * The most memory that was resident at any time so far, the kernel's packet buffer included.
     */
    static long peakResidentKb(ChildProcess process) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
