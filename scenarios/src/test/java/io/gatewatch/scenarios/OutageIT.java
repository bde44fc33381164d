package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.demo.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The database stands still, is killed, or is slow under a job that has little heap: the rows are
 * those of an undisturbed run. It is away for seconds; with {@code -Dgatewatch.outage=long} for a
 * minute.
 */
class OutageIT {
    private static final boolean LONG = "long".equals(System.getProperty("gatewatch.outage"));
    private static final Duration AWAY = Duration.ofSeconds(LONG ? 60 : 4);
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** Of each row: a capture's rows take half a minute, and come in a second. */
    private static final String SLOW_S = LONG ? "0.2" : "0.05";

    @TempDir private static Path folder;

    private static Chain chain;
    private static DatabaseProcess server;
    private static AnalyzedSessions analyzed;
    private static List<Path> captures;

    @BeforeAll
    static void start() throws Exception {
        captures = List.of(copy("stopped"), copy("killed"), copy("slow"));
        analyzed = AnalyzedSessions.of(folder.resolve("analyzed"), captures);
        chain = Chain.startWithoutJob(folder);
        server = new DatabaseProcess(chain.database(), folder);
        chain.environment().put("GATEWATCH_HEAP", "256m");
        chain.startJob("--parallelism", "2", "--checkpoint-interval", "1s", "--first-update", "1s");
    }

    private static Path copy(String name) throws Exception {
        return Files.copy(Cases.bundled(), folder.resolve(name + ".pcap.gz"));
    }

    @AfterAll
    static void stop() {
        if (chain != null) {
            chain.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void shouldWaitWhileTheDatabaseStandsStill() throws Exception {
        int failures = failures();
        try (ChildProcess agent = ship(captures.get(0), "2")) {
            chain.awaitRows(name(captures.get(0)));

            server.suspend();
            TimeUnit.MILLISECONDS.sleep(AWAY.toMillis()); // what is tested is that time passes
            server.resume();

            assertStored(captures.get(0), agent);
        }
        assertThat(failures()).as(chain.jobLog()).isEqualTo(failures);
    }

    @Test
    void shouldLoseNothingWhenTheDatabaseIsKilled() throws Exception {
        int failures = failures();
        try (ChildProcess agent = ship(captures.get(1), "2")) {
            chain.awaitRows(name(captures.get(1)));

            server.kill();
            awaitFailure(failures);
            TimeUnit.MILLISECONDS.sleep(AWAY.toMillis()); // what is tested is that time passes
            server.start();

            assertStored(captures.get(1), agent);
        }
    }

    @Test
    void shouldKeepUpWithASlowDatabaseWithoutFailing() throws Exception {
        int failures = failures();
        execute(
                "CREATE TRIGGER slow BEFORE INSERT ON sessions FOR EACH ROW SET @slept = SLEEP("
                        + SLOW_S
                        + ")");
        try (ChildProcess agent = ship(captures.get(2), "max")) {
            assertStored(captures.get(2), agent);
        } finally {
            execute("DROP TRIGGER slow");
        }
        assertThat(failures()).as(chain.jobLog()).isEqualTo(failures);
    }

    private static void execute(String statement) throws Exception {
        try (Connection connection = chain.database().connect();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    /** How often the job has said that it failed. */
    private static int failures() {
        return chain.jobLog().split("failed, starts again", -1).length - 1;
    }

    private static void awaitFailure(int before) throws Exception {
        long deadlineNs = System.nanoTime() + LIMIT.toNanos();
        while (failures() == before) {
            assertThat(System.nanoTime()).as(chain.jobLog()).isLessThan(deadlineNs);
            TimeUnit.MILLISECONDS.sleep(50); // another process works
        }
    }

    /**
     * Starts an agent.
     *
     * @param speed how many times as fast as it was captured
     */
    private static ChildProcess ship(Path capture, String speed) throws Exception {
        return chain.agent(
                "--read",
                capture.toString(),
                "--speed",
                speed,
                "--close-at-end",
                "--site",
                name(capture),
                "--gateway",
                name(capture));
    }

    private static void assertStored(Path capture, ChildProcess agent) throws Exception {
        assertThat(agent.awaitExit(LIMIT)).as(agent.log()).isZero();
        SortedMap<String, SortedMap<String, String>> expected = analyzed.of(name(capture));
        chain.awaitNumber(
                expected.size(),
                "SELECT COUNT(*) FROM sessions WHERE gateway = ? AND end_reason <> 'open'",
                name(capture));
        chain.awaitNumber(
                AnalyzedSessions.packets(expected),
                "SELECT SUM(client_packets + server_packets) FROM sessions WHERE gateway = ?",
                name(capture));
        try (StoredSessions sessions = chain.sessions()) {
            // Not the hosts: the captures are of one time, which the first one's end marker has
            // moved on; the names of what comes behind the watermark depend on who is read first.
            assertThat(AnalyzedSessions.differences(expected, sessions.of(name(capture))))
                    .allMatch(difference -> difference.contains("\" host"));
        }
        new StoredLedger(chain).awaitBalance(name(capture), AnalyzedSessions.packets(expected));
    }

    private static String name(Path capture) {
        return capture.getFileName().toString();
    }
}
