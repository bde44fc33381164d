package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code bin/gatewatch} as a user does: a process of its own, its output and its exit code.
 */
final class Gatewatch {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private Gatewatch() {}

    /** How a command ended. */
    record Result(int exitCode, String out, String err) {
        /** One clear line that names what is wrong, this exit code, and no stack trace. */
        void assertRefused(int expectedExitCode, String named) {
            assertThat(exitCode).as(toString()).isEqualTo(expectedExitCode);
            List<String> lines = err.lines().filter(line -> !line.isBlank()).toList();
            assertThat(lines).as(toString()).hasSize(1);
            assertThat(lines.get(0)).contains(named);
            assertThat(err).doesNotContain("Exception").doesNotContain("\tat ");
        }

        @Override
        public String toString() {
            return "exit code " + exitCode + "\n--- out\n" + out + "\n--- err\n" + err;
        }
    }

    /** Runs a command to its end. */
    static Result run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    /** Runs a command to its end, with variables added to its environment. */
    static Result run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("gatewatch", ".out");
        Path err = Files.createTempFile("gatewatch", ".err");
        try {
            List<String> command = new ArrayList<>();
            command.add(Checkout.root().resolve("bin/gatewatch").toString());
            command.addAll(List.of(arguments));
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end within " + LIMIT);
            }
            return new Result(process.exitValue(), text(out), text(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
