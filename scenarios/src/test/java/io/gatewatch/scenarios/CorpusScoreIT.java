package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Scores {@code analyze} against the expected flows of the corpus. Skipped where there is no
 * corpus.
 */
class CorpusScoreIT {
    private static JsonNode score;

    @BeforeAll
    static void scoreWholeCorpus(@TempDir Path folder) throws Exception {
        Path corpus = Corpus.folder();
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/python3")), "no python3: the scorer needs it");
        Path json = folder.resolve("score.json");
        Path log = folder.resolve("score.log");
        Process scorer =
                new ProcessBuilder(
                                "/usr/bin/python3",
                                corpus.resolve("score.py").toString(),
                                "--command",
                                Checkout.root().resolve("bin/gatewatch") + " analyze",
                                "--corpus",
                                corpus.toString(),
                                "--json",
                                json.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        assertThat(scorer.waitFor(10, TimeUnit.MINUTES)).as("scorer ends").isTrue();
        assertThat(scorer.exitValue()).as(Files.readString(log)).isZero();
        score = new ObjectMapper().readTree(json.toFile());
    }

    @Test
    void shouldNotCrash() {
        assertThat(score.path("crashes")).as("crashes").isEmpty();
    }

    @ParameterizedTest(name = "{0} at least {1} %")
    @CsvSource({
        "flows, 99.8",
        "flow_precision, 99.8",
        "packets, 99.8",
        "payload, 99.5",
        "ip_bytes, 99.8",
        "community_id, 100.0",
        "direction, 99.5",
        "connections, 99.5",
        "tcp_state, 99.0",
        "times, 99.5"
    })
    void shouldReach(String metric, double percent) {
        JsonNode result = score.path("total").path(metric);
        assertThat(result.path("percent").asDouble(-1))
                .as("%s: %s", metric, result)
                .isGreaterThanOrEqualTo(percent);
    }
}
