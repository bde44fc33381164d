package io.gatewatch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.demo.database.DatabaseServer;
import io.gatewatch.demo.database.ServerInstallation;
import io.gatewatch.demo.database.ServerSettings;
import io.gatewatch.settings.Command;
import io.gatewatch.settings.CommandRunner;
import io.gatewatch.settings.JdbcOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tests on a server of one family. Each test has a fresh database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DatabaseContract {
    static final String PASSWORD = "it's \\secret";

    private static final AtomicInteger DATABASES = new AtomicInteger();

    JdbcOptions jdbc;

    private DatabaseServer server;

    /** The server under test, or an assumption that fails where it cannot run. */
    abstract ServerInstallation installation(Path dir) throws IOException;

    @BeforeAll
    void startServer(@TempDir Path dir) throws Exception {
        ServerInstallation installation = installation(dir);
        server = DatabaseServer.start(installation, ServerSettings.of(dir, PASSWORD));
    }

    @AfterAll
    void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void createDatabase() throws SQLException {
        String name = "gatewatch_" + DATABASES.incrementAndGet();
        jdbc = options("gatewatch", PASSWORD);
        try (Connection connection = jdbc.connect()) {
            execute(
                    connection,
                    "CREATE DATABASE " + name + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
        }
        jdbc = options(name, PASSWORD);
    }

    int port() {
        return server.port();
    }

    static String run(Command command, int expectedExitCode, String... args) {
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said);
        int exitCode =
                new CommandRunner(Map.of("GATEWATCH_JDBC_PASSWORD", PASSWORD), writer, writer)
                        .run(command, args);
        writer.flush();
        assertThat(exitCode).as(said.toString()).isEqualTo(expectedExitCode);
        return said.toString().strip();
    }

    JdbcOptions options(String database, String password) {
        return JdbcOptions.of(
                "jdbc:mysql://127.0.0.1:" + server.port() + "/" + database, "gatewatch", password);
    }

    static void insertSession(Connection connection, String id, String startTime)
            throws SQLException {
        execute(
                connection,
                "INSERT INTO sessions SET session_id = x'"
                        + id
                        + "000000000000000000000000000000', start_time = '"
                        + startTime
                        + "', end_time = start_time, revision = 4, community_id = '1:', site = 'home',"
                        + " gateway = 'gw', protocol = 'tcp', client_ip = x'0a000001', client_port = 1,"
                        + " server_ip = x'0a000002', server_port = 2, client_packets = 1,"
                        + " client_payload_bytes = 0, client_ip_bytes = 0,"
                        + " client_retransmitted_packets = 0, client_retransmitted_bytes = 0,"
                        + " client_missed_bytes = 0, server_packets = 18446744073709551615,"
                        + " server_payload_bytes = 0, server_ip_bytes = 0,"
                        + " server_retransmitted_packets = 0, server_retransmitted_bytes = 0,"
                        + " server_missed_bytes = 0, end_reason = 'idle', packets = '[]'");
    }

    static void ledger(
            Connection connection, String minute, String place, String reason, long packets)
            throws SQLException {
        execute(
                connection,
                "INSERT INTO ledger SET minute = '"
                        + minute
                        + "', gateway = 'gw', site = 'home', boot_id = x'0000000000000001', place = '"
                        + place
                        + "', reason = '"
                        + reason
                        + "', packets = "
                        + packets);
    }

    static List<String> rows(Connection connection, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    values.add(String.valueOf(row.getObject(i)));
                }
                rows.add(String.join(" ", values));
            }
        }
        return rows;
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
