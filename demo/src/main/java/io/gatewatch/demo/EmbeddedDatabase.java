package io.gatewatch.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A MariaDB server on 127.0.0.1 with a database and a user for Gatewatch, as a child process. */
public final class EmbeddedDatabase implements AutoCloseable {
    /** Any port that is free. */
    public static final int FREE_PORT = 0;

    /** Variable that commands read the password from. */
    public static final String PASSWORD_VARIABLE = "GATEWATCH_JDBC_PASSWORD";

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration MIGRATION_LIMIT = Duration.ofMinutes(2);
    private static final String READY = "READY 127.0.0.1:";
    private static final String NAME = "gatewatch";
    private static final int PASSWORD_LENGTH = 16;

    private final Launcher launcher;
    private final ChildProcess process;
    private final String password;
    private final Path logs;
    private int port;

    private EmbeddedDatabase(Launcher launcher, ChildProcess process, String password, Path logs) {
        this.launcher = launcher;
        this.process = process;
        this.password = password;
        this.logs = logs;
    }

    /** Starts a server on a free port and waits until it takes connections. */
    public static EmbeddedDatabase start(Path dir) throws IOException, InterruptedException {
        EmbeddedDatabase database = launch(Launcher.find(), dir, FREE_PORT, dir.resolve("logs"));
        database.awaitReady();
        return database;
    }

    static EmbeddedDatabase launch(Launcher launcher, Path dir, int port, Path logs)
            throws IOException {
        String password =
                UUID.randomUUID().toString().replace("-", "").substring(0, PASSWORD_LENGTH);
        List<String> command =
                launcher.command(
                        List.of(
                                "demo-database",
                                "--dir",
                                dir.toString(),
                                "--port",
                                Integer.toString(port)));
        ChildProcess process =
                ChildProcess.start("database", command, Map.of(PASSWORD_VARIABLE, password), logs);
        return new EmbeddedDatabase(launcher, process, password, logs);
    }

    void awaitReady() throws InterruptedException {
        try {
            String ready = process.awaitLine(READY, START_LIMIT);
            port = Integer.parseInt(ready.substring(READY.length()));
        } catch (ChildFailure | InterruptedException e) {
            close();
            throw e;
        }
    }

    /** Brings the schema to the current version. */
    public void migrate() throws IOException, InterruptedException {
        List<String> command =
                launcher.command(List.of("database", "migrate", "--jdbc-url", jdbcUrl()));
        try (ChildProcess migration =
                ChildProcess.start("migrate", command, Map.of(PASSWORD_VARIABLE, password), logs)) {
            migration.awaitSuccess(MIGRATION_LIMIT);
        }
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), user(), password);
    }

    public String jdbcUrl() {
        return "jdbc:mysql://127.0.0.1:" + port + "/" + NAME;
    }

    public int port() {
        return port;
    }

    public String user() {
        return NAME;
    }

    public String password() {
        return password;
    }

    public ChildProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
