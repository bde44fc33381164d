package io.gatewatch.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class StopSignalTest {
    private static final long LONGEST_SECONDS = 30;
    private static final int INTERRUPT_BIT = 1 << 1;

    private Process process;
    private BufferedReader output;

    private void start(String... options) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                WaitingCommand.class.getName()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put(ParentWatch.VARIABLE, "stdin");
        process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        output = process.inputReader();
        assertThat(output.readLine()).isEqualTo("READY");
    }

    @AfterEach
    void endProcess() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void shouldEndInGoodOrderOnTerminate() throws Exception {
        start();
        send("TERM");

        assertEnd(ExitCode.OK);
    }

    @Test
    void shouldEndInGoodOrderOnInterruptAndSaySo() throws Exception {
        assumeThat(isInterruptIgnored())
                .as("SIGINT is ignored here, as in shells' background jobs")
                .isFalse();
        start();

        send("INT");

        assertEnd(ExitCode.INTERRUPTED);
    }

    @Test
    void shouldEndInGoodOrderWhenTheParentIsGone() throws Exception {
        start();

        process.getOutputStream().close();

        assertEnd(ExitCode.OK);
    }

    @Test
    void shouldEndAtOnceAndWellWhileNothingHasBegun() throws Exception {
        start("--starting");

        send("TERM");

        assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ExitCode.OK);
        assertThat(output.readLine()).isNull();
    }

    private void send(String signal) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    }

    private void assertEnd(int exitCode) throws Exception {
        assertThat(output.readLine()).isEqualTo("FLUSHED");
        assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(exitCode);
    }

    private boolean isInterruptIgnored() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            String mask =
                    lines.filter(line -> line.startsWith("SigIgn:")).findFirst().orElseThrow();
            return (Long.parseUnsignedLong(mask.substring(7).strip(), 16) & INTERRUPT_BIT) != 0;
        }
    }
}
