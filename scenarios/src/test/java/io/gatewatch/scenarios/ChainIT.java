package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rows that a capture leaves in the database after its way through agent, Kafka and job are
 * those that {@code analyze} gives for it: every row, every column but {@code revision}. Sessions
 * still open at the capture's end are the one documented exception: their {@code end_reason} is
 * {@code end_of_input} there. The ledger balances after each capture.
 *
 * <p>All scenarios and the demo's recorded capture; with {@code -Dgatewatch.chain=corpus} all basic
 * captures of the corpus as well.
 */
class ChainIT {
    @TempDir private static Path folder;

    private static Chain chain;
    private static AnalyzedSessions analyzed;

    @BeforeAll
    static void analyzeAndStart() throws Exception {
        analyzed = AnalyzedSessions.of(folder.resolve("analyzed"), captures());
        chain = Chain.start(folder, "--parallelism", "2");
    }

    @AfterAll
    static void stop() throws Exception {
        if (chain == null) {
            return;
        }
        try {
            Gatewatch.Result ledger = new StoredLedger(chain).run("--against-sessions");
            assertThat(ledger.exitCode()).as(ledger.toString()).isZero();
        } finally {
            chain.close();
        }
    }

    static List<Path> captures() throws IOException {
        List<Path> captures = new ArrayList<>(Cases.captures());
        captures.add(Cases.bundled());
        if ("corpus".equals(System.getProperty("gatewatch.chain"))) {
            captures.addAll(Corpus.captures("basic"));
        }
        return captures;
    }

    @Test
    void shouldKeepTheDayPartitions() throws Exception {
        chain.awaitNewestDay();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("captures")
    void shouldStoreTheRowsThatAnalyzeGives(Path capture) throws Exception {
        String name = capture.getFileName().toString();
        SortedMap<String, SortedMap<String, String>> expected = analyzed.of(name);

        Gatewatch.Result agent =
                Gatewatch.run(
                        "agent",
                        "--read",
                        capture.toString(),
                        "--close-at-end",
                        "--kafka",
                        chain.kafka(),
                        "--site",
                        name,
                        "--gateway",
                        name);

        assertThat(agent.exitCode()).as(agent.toString()).isZero();
        chain.awaitNumber(
                expected.size(),
                "SELECT COUNT(*) FROM sessions WHERE gateway = ? AND end_reason <> 'open'",
                name);
        chain.awaitNumber(
                AnalyzedSessions.packets(expected),
                "SELECT SUM(client_packets + server_packets) FROM sessions WHERE gateway = ?",
                name);
        try (StoredSessions sessions = chain.sessions()) {
            assertThat(sessions.lastingDifferences(expected, name)).isEmpty();
        }
        new StoredLedger(chain).awaitBalance(name, AnalyzedSessions.packets(expected));
    }
}
