package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.demo.EmbeddedDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The server's own process of an embedded database: stopped, killed and started again. */
final class DatabaseProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final EmbeddedDatabase database;
    private final Path log;
    private final List<String> command;
    private ProcessHandle server;
    private Process restarted;

    /**
     * @param folder where what it says goes once it is started again
     */
    DatabaseProcess(EmbeddedDatabase database, Path folder) throws IOException {
        this.database = database;
        log = folder.resolve("restarted-database.log");
        server =
                ProcessHandle.of(database.process().pid())
                        .orElseThrow()
                        .descendants()
                        .filter(DatabaseProcess::isServer)
                        .findFirst()
                        .orElseThrow();
        command = commandLine(server);
    }

    private static boolean isServer(ProcessHandle process) {
        String program = process.info().command().orElse("");
        return program.endsWith("mariadbd") || program.endsWith("mysqld");
    }

    /** Its command line, without what is for the first start alone. */
    private static List<String> commandLine(ProcessHandle process) throws IOException {
        Path file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        String words = Files.readString(file, StandardCharsets.UTF_8);
        List<String> command = new ArrayList<>(List.of(words.split("\0")));
        command.removeIf(word -> word.startsWith("--init-file="));
        return command;
    }

    /** It stands still, and its connections with it. */
    void suspend() throws Exception {
        signal("STOP");
    }

    void resume() throws Exception {
        signal("CONT");
    }

    void kill() throws Exception {
        signal("KILL");
        server.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** Starts it on the same data and the same port, and waits until it takes connections. */
    void start() throws Exception {
        restarted =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        server = restarted.toHandle();
        long deadlineNs = System.nanoTime() + LIMIT.toNanos();
        while (!answers()) {
            assertThat(restarted.isAlive()).as(Files.readString(log)).isTrue();
            assertThat(System.nanoTime()).as("time").isLessThan(deadlineNs);
            TimeUnit.MILLISECONDS.sleep(50); // another process works
        }
    }

    private boolean answers() {
        try (Connection connection = database.connect()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private void signal(String name) throws Exception {
        int sent =
                new ProcessBuilder("kill", "-" + name, Long.toString(server.pid()))
                        .start()
                        .waitFor();
        assertThat(sent).isZero();
    }

    /** Ends what was started here. */
    @Override
    public void close() {
        if (restarted != null) {
            restarted.destroyForcibly().onExit().join();
        }
    }
}
