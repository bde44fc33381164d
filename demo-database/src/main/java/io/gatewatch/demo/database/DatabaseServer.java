package io.gatewatch.demo.database;

import io.gatewatch.demo.database.ServerInstallation.Family;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A running MariaDB or MySQL server on 127.0.0.1. It dies with the thread that started it (see
 * {@link ParentDeath}); {@link #close} ends it in good order.
 */
public final class DatabaseServer implements AutoCloseable {
    private static final long START_TIMEOUT_S = 90;
    private static final long STOP_TIMEOUT_S = 20;
    private static final int PORT_ATTEMPTS = 5;
    private static final int LOG_LINES = 5;

    private final Process process;
    private final int port;

    private DatabaseServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a server and waits until it takes connections.
     *
     * @throws IOException with the last lines of the server's log
     */
    public static DatabaseServer start(ServerInstallation installation, ServerSettings settings)
            throws IOException, InterruptedException {
        Path data = settings.dir().resolve("data");
        if (!Files.exists(data)) {
            initialise(installation, settings.dir(), data);
        }
        Path initFile = settings.dir().resolve("init.sql");
        Files.writeString(initFile, settings.initSql());
        try {
            if (settings.port() != ServerSettings.FREE_PORT) {
                return launch(installation, settings);
            }
            return launchOnFreePort(installation, settings);
        } finally {
            // It holds the password.
            Files.deleteIfExists(initFile);
        }
    }

    /** A port that is free now may be taken a moment later; then another one is tried. */
    private static DatabaseServer launchOnFreePort(
            ServerInstallation installation, ServerSettings settings)
            throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return launch(installation, settings.withPort(freePort()));
            } catch (PortTakenException e) {
                if (attempt == PORT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static DatabaseServer launch(ServerInstallation installation, ServerSettings settings)
            throws IOException, InterruptedException {
        Path log = settings.dir().resolve("server.log");
        List<String> command = programWithFolders(installation, settings.dir().resolve("data"));
        command.addAll(
                List.of(
                        "--port=" + settings.port(),
                        "--bind-address=127.0.0.1",
                        // Relative to the data folder: the path of a socket must be short.
                        "--socket=server.sock",
                        "--pid-file=server.pid",
                        "--init-file=" + settings.dir().resolve("init.sql").toAbsolutePath(),
                        "--default-time-zone=+00:00",
                        "--character-set-server=utf8mb4",
                        "--skip-name-resolve",
                        "--skip-log-bin",
                        "--performance-schema=OFF",
                        "--innodb-buffer-pool-size=128M",
                        "--innodb-flush-log-at-trx-commit=2"));
        if (installation.family() == Family.MARIADB) {
            // It would make a 4096 bit key at each start, for a connection that stays in the
            // machine.
            command.add("--skip-ssl");
        } else {
            command.add("--mysqlx=OFF");
        }
        Process process =
                new ProcessBuilder(ParentDeath.tie(command))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        DatabaseServer server = new DatabaseServer(process, settings.port());
        try {
            server.awaitReady(log);
        } catch (IOException | InterruptedException e) {
            process.destroyForcibly().waitFor();
            throw e;
        }
        return server;
    }

    public int port() {
        return port;
    }

    /** Waits until the server has ended, and says with which exit code. */
    public int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /** The server's process id. */
    public long pid() {
        return process.pid();
    }

    /** Asks the server to shut down; it ends soon. */
    public void requestStop() {
        process.destroy();
    }

    /** Shuts the server down; kills it if that takes too long. */
    @Override
    public void close() {
        requestStop();
        try {
            if (!process.waitFor(STOP_TIMEOUT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady(Path log) throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_TIMEOUT_S);
        while (!isReady(log)) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                String lines = lastLines(log);
                if (lines.contains("Can't start server") && lines.contains("port")) {
                    throw new PortTakenException("port " + port + " is taken");
                }
                throw new IOException("the database server ended at its start:\n" + lines);
            }
            if (System.nanoTime() > deadlineNs) {
                throw new IOException(
                        "the database server is not ready after "
                                + START_TIMEOUT_S
                                + " s:\n"
                                + lastLines(log));
            }
        }
    }

    /**
     * The server says so in its log once its init file has run. Its port would not do: another
     * server may be the one that answers there.
     */
    private static boolean isReady(Path log) throws IOException {
        return Files.exists(log) && Files.readString(log).contains("ready for connections");
    }

    private static void initialise(ServerInstallation installation, Path dir, Path data)
            throws IOException, InterruptedException {
        Path log = dir.resolve("initialise.log");
        Path filling = dir.resolve("data.new");
        if (Files.exists(filling)) {
            BundledServer.delete(filling);
        }
        Files.createDirectories(filling);
        List<String> command = programWithFolders(installation, filling);
        boolean mariadb = installation.family() == Family.MARIADB;
        command.add(mariadb ? "--bootstrap" : "--initialize-insecure");
        Process process =
                new ProcessBuilder(ParentDeath.tie(command))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        IOException broken = null;
        try (OutputStream in = process.getOutputStream()) {
            if (mariadb) {
                writeSystemTables(installation, in);
            }
        } catch (IOException e) {
            // The server ended early; its log says why.
            broken = e;
        }
        if (process.waitFor() != 0 || broken != null) {
            throw new IOException("the database cannot be set up:\n" + lastLines(log));
        }
        Files.move(filling, data);
    }

    private static void writeSystemTables(ServerInstallation installation, OutputStream in)
            throws IOException {
        in.write(
                "create database if not exists mysql;\nuse mysql;\nset @auth_root_socket=NULL;\n"
                        .getBytes(StandardCharsets.UTF_8));
        for (String script : List.of("system_tables", "performance_tables", "system_tables_data")) {
            Path file =
                    ServerInstallation.systemTables(installation.share(), script)
                            .orElseThrow(
                                    () ->
                                            new IOException(
                                                    script
                                                            + ".sql is not in "
                                                            + installation.share()));
            Files.copy(file, in);
        }
    }

    private static List<String> programWithFolders(ServerInstallation installation, Path data) {
        List<String> command = new ArrayList<>();
        command.add(installation.program().toAbsolutePath().toString());
        command.add("--no-defaults");
        command.add("--datadir=" + data.toAbsolutePath());
        command.add("--lc-messages-dir=" + installation.share());
        command.add("--character-sets-dir=" + installation.share().resolve("charsets"));
        if ("root".equals(System.getProperty("user.name"))) {
            // Without it a server refuses to run as root.
            command.add("--user=root");
        }
        return command;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String lastLines(Path log) throws IOException {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()))
                + "\n("
                + log
                + ")";
    }
}
