package io.gatewatch.job.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.traffic.session.SessionSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A flood of SYNs from random sources, within 40 s of capture time, through the operators of the
 * job: they stay within their heap, and conversations that had begun before come out as without it.
 * {@code -Dgatewatch.flood=long} makes it a million flows against the default limit; otherwise all
 * of it is a third of that.
 */
class FloodIT {
    private static final boolean LONG = "long".equals(System.getProperty("gatewatch.flood"));
    private static final int MAX_SESSIONS =
            LONG ? SessionSettings.DEFAULT_MAX_SESSIONS : SessionSettings.DEFAULT_MAX_SESSIONS / 3;
    private static final int FLOWS = LONG ? 1_000_000 : 300_000;

    /** Of the 700 MB that a job with the default limit needs, what is left for its operators. */
    private static final String HEAP = LONG ? "640m" : "320m";

    /** So many sessions fit into what is left for them. */
    private static final int MAX_BYTES_PER_SESSION = 1_100;

    private static final int WEIGHED = 100_000;
    private static final long LIMIT_MINUTES = 20;

    @TempDir private Path folder;

    @Test
    void shouldStayWithinTheHeapAndKeepWhatWasEstablished() throws Exception {
        Map<String, Long> quiet = run(HEAP, "flood", 0);
        Map<String, Long> flooded = run(HEAP, "flood", FLOWS);

        assertThat(conversations(flooded))
                .hasSize(Flood.CONVERSATIONS)
                .isEqualTo(conversations(quiet));
        assertThat(flooded).containsEntry("packets", (long) FLOWS);
        assertThat(flooded.get("resources")).isGreaterThanOrEqualTo(FLOWS - MAX_SESSIONS);
    }

    @Test
    void shouldTakeNoMoreForASessionThanTheLimitReckonsWith() throws Exception {
        Map<String, Long> weight = run("512m", "weigh", WEIGHED);

        assertThat(weight.get("sessions")).isGreaterThan(WEIGHED * 99L / 100);
        assertThat(weight.get("bytes-per-session")).isBetween(200L, (long) MAX_BYTES_PER_SESSION);
    }

    private static Map<String, Long> conversations(Map<String, Long> results) {
        Map<String, Long> conversations = new TreeMap<>(results);
        conversations.keySet().removeIf(name -> !name.startsWith("conversation-"));
        return conversations;
    }

    private Map<String, Long> run(String heap, String what, int flows)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, what, ".out");
        Path err = Files.createTempFile(folder, what, ".err");
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx" + heap,
                                        "-XX:+UseParallelGC",
                                        "-XX:+ExitOnOutOfMemoryError",
                                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        FloodRun.class.getName(),
                                        what,
                                        Integer.toString(flows),
                                        Integer.toString(MAX_SESSIONS),
                                        folder.resolve("checkpoints").toString()))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        try {
            assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).as("in time").isTrue();
            assertThat(process.exitValue()).as(text(err)).isZero();
            return results(text(out));
        } finally {
            process.destroyForcibly();
        }
    }

    private static Map<String, Long> results(String lines) {
        Map<String, Long> results = new TreeMap<>();
        lines.lines()
                .map(line -> line.split(" ", 2))
                .forEach(pair -> results.put(pair[0], Long.valueOf(pair[1])));
        return results;
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
