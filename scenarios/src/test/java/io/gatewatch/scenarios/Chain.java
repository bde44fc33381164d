package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Broker, database and job, each a process of its own, ready for agents. */
final class Chain implements AutoCloseable {
    private static final String USER = "gatewatch";
    private static final String PASSWORD = "for tests";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Deque<Program> programs = new ArrayDeque<>();
    private final Path folder;
    private final List<String> prefix;
    private String kafka;
    private String jdbcUrl;

    private Chain(Path folder, List<String> prefix) {
        this.folder = folder;
        this.prefix = prefix;
    }

    /**
     * Starts all of it and waits until the job runs.
     *
     * @param prefix what to run every process with, such as {@code ip netns exec NAME}
     * @param jobOptions added to the job's
     */
    static Chain start(Path folder, List<String> prefix, String... jobOptions) throws Exception {
        Chain chain = new Chain(folder, prefix);
        try {
            chain.startServers();
            chain.startJob(jobOptions);
            return chain;
        } catch (Throwable e) {
            chain.close();
            throw e;
        }
    }

    private void startServers() throws Exception {
        kafka = address(run("^READY ", List.of("demo-broker", "--dir", dir("broker"))));
        jdbcUrl =
                "jdbc:mysql://"
                        + address(
                                run(
                                        "^READY ",
                                        List.of(
                                                "demo-database",
                                                "--dir",
                                                dir("database"),
                                                "--database",
                                                "gatewatch",
                                                "--jdbc-user",
                                                USER)))
                        + "/gatewatch";
        Gatewatch.Result migrated =
                Gatewatch.run(
                        prefix,
                        secrets(),
                        "database",
                        "migrate",
                        "--jdbc-url",
                        jdbcUrl,
                        "--jdbc-user",
                        USER);
        assertThat(migrated.exitCode()).as(migrated.toString()).isZero();
    }

    private void startJob(String... options) throws Exception {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "job",
                                "--kafka",
                                kafka,
                                "--jdbc-url",
                                jdbcUrl,
                                "--jdbc-user",
                                USER,
                                "--state-dir",
                                dir("state")));
        arguments.addAll(List.of(options));
        run("job: running", arguments);
    }

    private Program run(String ready, List<String> arguments) throws Exception {
        Program program = Program.start(folder, ready, prefix, secrets(), arguments);
        programs.push(program);
        return program;
    }

    private static Map<String, String> secrets() {
        return Map.of("GATEWATCH_JDBC_PASSWORD", PASSWORD);
    }

    private static String address(Program program) {
        return program.readyLine().substring("READY ".length()).strip();
    }

    private String dir(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name)).toString();
    }

    String kafka() {
        return kafka;
    }

    /** The job's process, which was started last. */
    Program job() {
        return programs.peek();
    }

    StoredSessions sessions() throws Exception {
        return new StoredSessions(jdbcUrl, USER, PASSWORD);
    }

    /** Waits until a query's number is as expected; says the last one if it never is. */
    void awaitNumber(long expected, String query, Object... parameters) throws Exception {
        long deadlineNs = System.nanoTime() + LIMIT.toNanos();
        long number;
        try (StoredSessions sessions = sessions()) {
            while ((number = sessions.number(query, parameters)) != expected) {
                assertThat(System.nanoTime())
                        .as("%s is %d, %d expected", query, number, expected)
                        .isLessThan(deadlineNs);
                TimeUnit.MILLISECONDS.sleep(100); // polls a table that others fill
            }
        }
    }

    @Override
    public void close() throws IOException {
        while (!programs.isEmpty()) {
            programs.pop().close();
        }
    }
}
