package io.gatewatch.demo.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseServerIT {
    private static final String PASSWORD = "demo's";
    private static final long END_SECONDS = 30;

    @TempDir Path dir;

    @Test
    void shouldKeepDataAndTakeANewPasswordWhenStartedAgain() throws Exception {
        try (DatabaseServer server = start(ServerSettings.of(dir, "first"));
                Connection connection = connect(server.port(), "first")) {
            connection.createStatement().execute("CREATE TABLE kept (id INT)");
        }

        try (DatabaseServer server = start(ServerSettings.of(dir, "second"));
                Connection connection = connect(server.port(), "second");
                ResultSet tables = connection.createStatement().executeQuery("SHOW TABLES")) {
            assertThat(tables.next()).isTrue();
            assertThat(tables.getString(1)).isEqualTo("kept");
        }
    }

    @Test
    void shouldSayThatThePortIsTakenByAnotherServer() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ServerSettings settings =
                    ServerSettings.of(dir, PASSWORD).withPort(taken.getLocalPort());

            assertThatThrownBy(() -> start(settings))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessage("port " + taken.getLocalPort() + " is taken");
        }
    }

    @Test
    void shouldEndWithItsInput() throws Exception {
        Process process = startCommand();
        long server = serverOf(process);

        process.getOutputStream().close();

        assertThat(process.waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertEnds(server);
    }

    @Test
    void shouldNotOutliveAKilledParent() throws Exception {
        Process process = startCommand();
        long server = serverOf(process);

        process.destroyForcibly();

        assertEnds(server);
    }

    @Test
    void shouldTieAProgramToItsParentWithoutSetprivToo() throws Exception {
        List<String> command = new ArrayList<>(ParentDeath.prefix(Optional.empty()));
        command.addAll(List.of("sleep", "600"));
        Process shell = new ProcessBuilder(command).start();
        long sleep = firstChild(shell, "sleep");

        shell.getOutputStream().close();

        assertEnds(sleep);
        assertThat(shell.waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private static DatabaseServer start(ServerSettings settings)
            throws IOException, InterruptedException {
        return DatabaseServer.start(BundledServer.unpack(BundledServer.defaultCache()), settings);
    }

    private static Connection connect(int port, String password) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mysql://127.0.0.1:" + port + "/gatewatch", "gatewatch", password);
    }

    private Process startCommand() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DatabaseServerCommand.class.getName(),
                        "--dir",
                        dir.toString());
        builder.environment().put("GATEWATCH_END_WITH_PARENT", "stdin");
        builder.environment().put("GATEWATCH_JDBC_PASSWORD", PASSWORD);
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static long serverOf(Process process) throws Exception {
        BufferedReader output = process.inputReader();
        String ready = output.readLine();
        assertThat(ready).matches("READY 127\\.0\\.0\\.1:\\d+");
        int port = Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1));
        connect(port, PASSWORD).close();
        return firstChild(process, "mariadbd");
    }

    private static long firstChild(Process process, String program) throws InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
        while (System.nanoTime() < deadlineNs) {
            Optional<ProcessHandle> child =
                    process.descendants()
                            .filter(p -> p.info().command().orElse("").endsWith(program))
                            .findFirst();
            if (child.isPresent()) {
                return child.get().pid();
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        throw new AssertionError("no process " + program);
    }

    private static void assertEnds(long pid) throws Exception {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            process.get().onExit().get(END_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }
}
