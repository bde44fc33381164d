package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
    /**
     * Types that the scorer knows by number alone; we write them as RFC 3597 section 5 says, by
     * mnemonic or as TYPE and number.
     */
    private static final Map<String, String> NUMBERS =
            Map.ofEntries(Map.entry("LOC", "29"), Map.entry("NIMLOC", "32"));

    private static final Pattern TYPE = Pattern.compile("\"type\":\"(TYPE)?([A-Z0-9-]+)\"");

    private static JsonNode score;

    @BeforeAll
    static void scoreWholeCorpus(@TempDir Path folder) throws Exception {
        Corpus.folder(); // or skipped
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/python3")), "no python3: the scorer needs it");
        Path results = folder.resolve("results");
        score(
                folder,
                "--command",
                Checkout.root().resolve("bin/gatewatch") + " analyze",
                "--keep",
                results.toString());
        JsonNode ofCommand = score;
        spellTypesAsTheScorer(results);
        score(folder, "--results", results.toString());
        ((ObjectNode) score).set("crashes", ofCommand.path("crashes"));
    }

    private static void score(Path folder, String... options) throws Exception {
        Path corpus = Corpus.folder();
        Path json = folder.resolve("score.json");
        Path log = folder.resolve("score.log");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "/usr/bin/python3",
                                corpus.resolve("score.py").toString(),
                                "--corpus",
                                corpus.toString(),
                                "--json",
                                json.toString()));
        command.addAll(List.of(options));
        Process scorer =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        assertThat(scorer.waitFor(10, TimeUnit.MINUTES)).as("scorer ends").isTrue();
        assertThat(scorer.exitValue()).as(Files.readString(log)).isZero();
        score = new ObjectMapper().readTree(json.toFile());
    }

    private static void spellTypesAsTheScorer(Path results) throws IOException {
        try (Stream<Path> files = Files.walk(results)) {
            for (Path file : files.filter(each -> each.endsWith("dns.jsonl")).toList()) {
                Files.writeString(
                        file,
                        TYPE.matcher(Files.readString(file))
                                .replaceAll(CorpusScoreIT::spelledAsTheScorer));
            }
        }
    }

    private static String spelledAsTheScorer(MatchResult type) {
        String name = type.group(2);
        return "\"type\":\""
                + (type.group(1) == null ? NUMBERS.getOrDefault(name, name) : name)
                + "\"";
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
        "times, 99.5",
        "dns_answers, 99.0",
        "dns_precision, 99.0",
        "dns_queries, 99.0",
        "dns_ttl, 99.0",
        "dns_rcode, 99.0",
        "dns_host, 97.0",
        "dns_host_precision, 99.0",
        "mdns_answers, 99.0"
    })
    void shouldReach(String metric, double percent) {
        JsonNode result = score.path("total").path(metric);
        assertThat(result.path("percent").asDouble(-1))
                .as("%s: %s", metric, result)
                .isGreaterThanOrEqualTo(percent);
    }
}
