package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.demo.ChildProcess;
import io.gatewatch.demo.EmbeddedBroker;
import io.gatewatch.demo.EmbeddedDatabase;
import io.gatewatch.demo.Launcher;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Broker, database and job, each a process of its own, ready for agents. */
final class Chain implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final long POLL_MS = 100;
    private static final int DAYS_AHEAD = 7;

    private final Path folder;
    private final EmbeddedBroker broker;
    private final EmbeddedDatabase database;
    private final Map<String, String> environment = new HashMap<>();
    private ChildProcess job;
    private String newestDay;

    private Chain(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        broker = EmbeddedBroker.start(folder.resolve("kafka"));
        try {
            database = EmbeddedDatabase.start(folder.resolve("database"));
            environment.putAll(password());
        } catch (IOException | InterruptedException | RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    /** Starts all of it and waits until the job, with these options added, runs. */
    static Chain start(Path folder, String... jobOptions) throws Exception {
        Chain chain = startWithoutJob(folder);
        try {
            chain.dropNewestDay();
            chain.startJob(jobOptions);
            return chain;
        } catch (IOException | InterruptedException | RuntimeException e) {
            chain.close();
            throw e;
        }
    }

    /** Starts broker and database, the latter with its tables; the job may run elsewhere. */
    static Chain startWithoutJob(Path folder) throws Exception {
        Chain chain = new Chain(folder);
        try {
            chain.database.migrate();
            return chain;
        } catch (IOException | InterruptedException | RuntimeException e) {
            chain.close();
            throw e;
        }
    }

    /**
     * As if the database had been left alone for a day: what is missing now is for the job to add.
     */
    void dropNewestDay() throws SQLException {
        newestDay =
                DateTimeFormatter.ofPattern("'p'yyyyMMdd")
                        .format(LocalDate.now(ZoneOffset.UTC).plusDays(DAYS_AHEAD));
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE sessions DROP PARTITION " + newestDay);
        }
    }

    void awaitNewestDay() throws Exception {
        awaitNumber(
                1,
                "SELECT COUNT(*) FROM information_schema.partitions WHERE table_schema = DATABASE()"
                        + " AND table_name = 'sessions' AND partition_name = ?",
                newestDay);
    }

    /** Starts the job and waits until it runs. */
    ChildProcess startJob(String... options) throws IOException, InterruptedException {
        job = process("job", jobCommand(options).toArray(String[]::new));
        job.awaitLine("running", LIMIT);
        return job;
    }

    /** A job on this chain's servers; what the options say of its own options counts instead. */
    List<String> jobCommand(String... options) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("--kafka", kafka());
        values.put("--jdbc-url", database.jdbcUrl());
        values.put("--jdbc-user", database.user());
        values.put("--state-dir", folder.resolve("state").toString());
        for (int i = 0; i < options.length; i += 2) {
            values.put(options[i], options[i + 1]);
        }
        List<String> arguments = new ArrayList<>(List.of("job"));
        values.forEach((option, value) -> arguments.addAll(List.of(option, value)));
        return arguments;
    }

    /** Starts a command and leaves it running. */
    ChildProcess process(String name, String... arguments) throws IOException {
        return ChildProcess.start(
                name, Launcher.find().command(List.of(arguments)), environment, folder);
    }

    /** What the job has said so far. */
    String jobLog() {
        return job.log() + job.output();
    }

    /** Variables of the processes that start from now on, agents excepted; may be added to. */
    Map<String, String> environment() {
        return environment;
    }

    /** The environment that holds the database's password. */
    Map<String, String> password() {
        return Map.of(EmbeddedDatabase.PASSWORD_VARIABLE, database.password());
    }

    /** Starts an agent and leaves it running. */
    ChildProcess agent(String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("agent", "--kafka", kafka()));
        arguments.addAll(List.of(options));
        return ChildProcess.start("agent", Launcher.find().command(arguments), Map.of(), folder);
    }

    String kafka() {
        return broker.address();
    }

    /** The broker's process, for signals. */
    ChildProcess broker() {
        return broker.process();
    }

    EmbeddedDatabase database() {
        return database;
    }

    StoredSessions sessions() throws SQLException {
        return new StoredSessions(database.connect());
    }

    /** Waits until a gateway has a session in the database. */
    void awaitRows(String gateway) throws Exception {
        awaitNumber(1, "SELECT COUNT(*) > 0 FROM sessions WHERE gateway = ?", gateway);
    }

    /** Waits until a query's number is as expected; says the last one if it never is. */
    void awaitNumber(long expected, String query, Object... parameters) throws Exception {
        long deadlineNs = System.nanoTime() + LIMIT.toNanos();
        long number;
        try (StoredSessions sessions = sessions()) {
            while ((number = sessions.number(query, parameters)) != expected) {
                if (job != null) {
                    job.requireAlive();
                }
                assertThat(System.nanoTime())
                        .as(
                                "%s is %d, %d expected; job: %s",
                                query, number, expected, job == null ? "elsewhere" : job.log())
                        .isLessThan(deadlineNs);
                TimeUnit.MILLISECONDS.sleep(POLL_MS); // a table that other processes fill
            }
        }
    }

    @Override
    public void close() {
        if (job != null) {
            job.close();
        }
        database.close();
        broker.close();
    }
}
