package io.gatewatch.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatewatch.partitions.DayPartitions;
import io.gatewatch.settings.CommandFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the schema and its upkeep promise on every server family. */
abstract class SchemaContract extends DatabaseContract {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-03-10T23:59:59Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "4", "5"})
    void shouldMigrateFromEachEarlierStateTwice(String earlier) throws SQLException {
        SchemaMigration.migrate(jdbc, MigrationVersion.fromVersion(earlier));

        SchemaMigration.Result once = SchemaMigration.migrate(jdbc);
        SchemaMigration.Result twice = SchemaMigration.migrate(jdbc);

        int missing = Integer.parseInt(SchemaMigration.NEWEST) - Integer.parseInt(earlier);
        assertThat(once).isEqualTo(new SchemaMigration.Result(SchemaMigration.NEWEST, missing));
        assertThat(twice).isEqualTo(new SchemaMigration.Result(SchemaMigration.NEWEST, 0));
        try (Connection connection = jdbc.connect()) {
            SchemaMigration.requireCurrent(connection);
        }
    }

    @Test
    void shouldSayWhatToDoWhenTheSchemaIsMissingOrOld() throws SQLException {
        try (Connection connection = jdbc.connect()) {
            assertThatThrownBy(() -> SchemaMigration.requireCurrent(connection))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("schema is missing")
                    .hasMessageContaining("gatewatch database migrate");

            SchemaMigration.migrate(jdbc, MigrationVersion.fromVersion("1"));

            assertThatThrownBy(() -> SchemaMigration.requireCurrent(connection))
                    .hasMessageContaining("at version 1");
        }
    }

    @Test
    void shouldRefuseASchemaFromTheFuture() throws SQLException {
        SchemaMigration.migrate(jdbc);
        try (Connection connection = jdbc.connect()) {
            execute(
                    connection,
                    "INSERT INTO flyway_schema_history (installed_rank, version, description, type,"
                            + " script, installed_by, execution_time, success)"
                            + " VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 'x', 1, 1)");
        }

        assertThatThrownBy(() -> SchemaMigration.migrate(jdbc))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("at version 99");
    }

    @Test
    void shouldRefuseADatabaseThatHoldsSomethingElse() throws SQLException {
        try (Connection connection = jdbc.connect()) {
            execute(connection, "CREATE TABLE invoices (id INT)");
        }

        assertThatThrownBy(() -> SchemaMigration.migrate(jdbc))
                .hasMessageContaining("a database of its own");
    }

    @Test
    void shouldShowSessionsAsText() throws SQLException {
        SchemaMigration.migrate(jdbc);
        try (Connection connection = jdbc.connect()) {
            insertSession(connection, "01", "2026-03-10 12:00:00.000001");
            execute(
                    connection,
                    "UPDATE sessions SET client_mac = x'02005e10000f', client_ip = x'c0000205',"
                            + " server_ip = x'20010db8000000000000000000000001', host = REPEAT('ü', 255)");

            assertThat(
                            rows(
                                    connection,
                                    "SELECT session_id, client_mac, server_mac, client_ip, server_ip,"
                                            + " start_time, anomalies, flags, CHAR_LENGTH(host)"
                                            + " FROM sessions_text WHERE client_ip = '192.0.2.5'"))
                    .containsExactly(
                            "01000000000000000000000000000000 02:00:5e:10:00:0f null 192.0.2.5"
                                    + " 2001:db8::1 2026-03-10T12:00:00.000001 [] [] 255");
        }
    }

    @Test
    void shouldInsertAnyTimeWithoutMaintenance() throws SQLException {
        SchemaMigration.migrate(jdbc);
        try (Connection connection = jdbc.connect()) {
            insertSession(connection, "01", "1677-09-21 00:12:43.145224");
            insertSession(connection, "02", "2262-04-11 23:47:16.854775");

            assertThat(rows(connection, "SELECT COUNT(*) FROM sessions")).containsExactly("2");
        }
    }

    @Test
    void shouldCutOffDaysAheadOnce() throws SQLException {
        SchemaMigration.migrate(jdbc);
        try (Connection connection = jdbc.connect()) {
            insertSession(connection, "01", "2026-03-01 00:00:00");
            insertSession(connection, "02", "2026-03-10 00:00:00");
            insertSession(connection, "03", "2026-03-11 00:00:00");
            insertSession(connection, "04", "2026-04-01 00:00:00");
            DayPartitions partitions = new DayPartitions(connection, CLOCK);

            int added = partitions.extend(2);
            int addedAgain = partitions.extend(2);
            int addedNextDay = partitions.extend(3);

            assertThat(List.of(added, addedAgain, addedNextDay)).containsExactly(12, 0, 3);
            assertThat(partitionNames(connection, "sessions"))
                    .containsExactly(
                            "p_older",
                            "p20260309",
                            "p20260310",
                            "p20260311",
                            "p20260312",
                            "p20260313",
                            "p_newer");
            assertThat(partitionNames(connection, "ledger"))
                    .isEqualTo(partitionNames(connection, "sessions"));
            assertThat(idsIn(connection, "p_older")).containsExactly("01");
            assertThat(idsIn(connection, "p20260310")).containsExactly("02");
            assertThat(idsIn(connection, "p20260311")).containsExactly("03");
            assertThat(idsIn(connection, "p_newer")).containsExactly("04");
        }
    }

    @Test
    void shouldRemoveWhatBeganBeforeTheRetention() throws SQLException {
        SchemaMigration.migrate(jdbc);
        try (Connection connection = jdbc.connect()) {
            new DayPartitions(connection, CLOCK).extend(5);
            insertSession(connection, "01", "1999-12-31 00:00:00");
            insertSession(connection, "02", "2026-03-09 23:59:59.999999");
            insertSession(connection, "03", "2026-03-12 23:59:59.999999");
            insertSession(connection, "04", "2026-03-13 00:00:00");
            ledger(connection, "1999-12-31 00:00:00", "agent", "captured", 1);
            ledger(connection, "2026-03-12 23:59:00", "agent", "captured", 1);
            ledger(connection, "2026-03-13 00:00:00", "agent", "captured", 1);
            Clock fourDaysLater = Clock.offset(CLOCK, Duration.ofDays(4));
            DayPartitions partitions = new DayPartitions(connection, fourDaysLater);

            DayPartitions.Removed removed = partitions.removeOlderThan(1);
            DayPartitions.Removed removedAgain = partitions.removeOlderThan(1);

            assertThat(removed).isEqualTo(new DayPartitions.Removed(12, 2));
            assertThat(removedAgain).isEqualTo(new DayPartitions.Removed(0, 0));
            assertThat(rows(connection, "SELECT HEX(SUBSTRING(session_id, 1, 1)) FROM sessions"))
                    .containsExactly("04");
            assertThat(rows(connection, "SELECT minute FROM ledger"))
                    .containsExactly("2026-03-13T00:00");
            insertSession(connection, "05", "2026-03-10 12:00:00");
            assertThat(idsIn(connection, "p20260313")).containsExactly("04", "05");
        }
    }

    @Test
    void shouldGiveUpOnATableInLongUse() throws SQLException {
        SchemaMigration.migrate(jdbc);
        try (Connection reader = jdbc.connect();
                Connection connection = jdbc.connect()) {
            reader.setAutoCommit(false);
            rows(reader, "SELECT COUNT(*) FROM sessions");
            DayPartitions partitions = new DayPartitions(connection, CLOCK, 1, 2);

            assertThatThrownBy(() -> partitions.extend(2))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("in use by a long query");

            reader.commit();
            assertThat(partitions.extend(2)).as("of the tables behind the one in use").isEqualTo(4);
        }
    }

    @Test
    void shouldUseAnIndexForTheQuestionsPeopleAsk() throws SQLException {
        SchemaMigration.migrate(jdbc);
        Map<String, String> questions =
                Map.of(
                        "client_mac = x'02005e10000f'", "sessions_by_device",
                        "client_ip = x'c0000205' AND site = 'home'", "sessions_by_client",
                        "client_ip = x'c0000205'", "sessions_by_client",
                        "server_ip = x'c0000205'", "sessions_by_server",
                        "host = 'shop.example'", "sessions_by_host",
                        "start_time >= '2026-03-10 10:00:00'", "sessions_by_time");
        try (Connection connection = jdbc.connect()) {
            insertMany(connection);
            for (Map.Entry<String, String> question : questions.entrySet()) {
                String explain =
                        "EXPLAIN SELECT * FROM sessions WHERE "
                                + question.getKey()
                                + " ORDER BY start_time DESC LIMIT 20";
                try (Statement statement = connection.createStatement();
                        ResultSet plan = statement.executeQuery(explain)) {
                    assertThat(plan.next()).isTrue();
                    assertThat(plan.getString("key"))
                            .as(question.getKey())
                            .isEqualTo(question.getValue());
                }
            }
        }
    }

    @Test
    void shouldRunTheCommandsTwice() {
        String[] connect = {"--jdbc-url", jdbc.url};

        List<String> said = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            said.add(command(0, "migrate", connect[0], connect[1]));
            said.add(command(0, "maintain", connect[0], connect[1], "--retention-days", "30"));
        }

        assertThat(said.get(0)).contains("is at version " + SchemaMigration.NEWEST);
        assertThat(said.get(1)).contains("0 partitions added", "0 partitions dropped");
        assertThat(said.get(2)).contains("nothing to do");
        assertThat(said.get(3)).isEqualTo(said.get(1));
    }

    @Test
    void shouldAskForTheMigrationBeforeMaintenance() {
        assertThat(command(2, "maintain", "--jdbc-url", jdbc.url))
                .contains("run gatewatch database migrate");
    }

    @Test
    void shouldSayInOneLineWhyItCannotConnect() {
        String base = "jdbc:mysql://127.0.0.1:" + port();

        assertThat(command(2, "migrate", "--jdbc-url", base + "/gatewatch_none"))
                .contains("CREATE DATABASE gatewatch_none")
                .hasLineCount(1);
        assertThat(command(2, "migrate", "--jdbc-url", base + "/secrets"))
                .contains("not open to user gatewatch")
                .hasLineCount(1);
        assertThat(command(2, "migrate", "--jdbc-url", jdbc.url, "--jdbc-user", "nobody"))
                .contains("refuses user nobody")
                .hasLineCount(1);
        assertThat(command(1, "migrate", "--jdbc-url", "jdbc:mysql://127.0.0.1:1/gatewatch"))
                .contains("127.0.0.1:1 cannot be reached: Connection refused")
                .hasLineCount(1);
    }

    private static String command(int expectedExitCode, String... args) {
        return run(new DatabaseCommand(), expectedExitCode, args);
    }

    /** Enough different rows for an optimizer to prefer an index. */
    private static void insertMany(Connection connection) throws SQLException {
        insertSession(connection, "01", "2026-03-10 00:00:00");
        StringBuilder columns = new StringBuilder();
        for (String column :
                rows(
                        connection,
                        "SELECT column_name FROM information_schema.columns WHERE table_schema ="
                                + " DATABASE() AND table_name = 'sessions' ORDER BY ordinal_position")) {
            columns.append(columns.length() == 0 ? "" : ", ").append(column);
        }
        String doubled =
                columns.toString()
                        .replace("session_id", "UNHEX(MD5(CONCAT(HEX(session_id), '%s')))")
                        .replace("start_time", "start_time + INTERVAL POW(2, %s) SECOND")
                        .replace(
                                "client_mac",
                                "UNHEX(LEFT(MD5(CONCAT(HEX(session_id), 'm%s')), 12))")
                        .replace(
                                "client_ip,",
                                "UNHEX(LEFT(MD5(CONCAT(HEX(session_id), 'c%s')), 8)),")
                        .replace(
                                "server_ip,",
                                "UNHEX(LEFT(MD5(CONCAT(HEX(session_id), 's%s')), 8)),")
                        .replace("host,", "MD5(CONCAT(HEX(session_id), 'h%s')),");
        for (int i = 0; i < 12; i++) {
            execute(
                    connection,
                    "INSERT INTO sessions ("
                            + columns
                            + ") SELECT "
                            + doubled.replace("%s", Integer.toString(i))
                            + " FROM sessions");
        }
        rows(connection, "ANALYZE TABLE sessions");
    }

    private static List<String> partitionNames(Connection connection, String table)
            throws SQLException {
        return rows(
                connection,
                "SELECT partition_name FROM information_schema.partitions WHERE table_schema ="
                        + " DATABASE() AND table_name = '"
                        + table
                        + "' ORDER BY partition_ordinal_position");
    }

    private static List<String> idsIn(Connection connection, String partition) throws SQLException {
        return rows(
                connection,
                "SELECT HEX(SUBSTRING(session_id, 1, 1)) FROM sessions PARTITION ("
                        + partition
                        + ") ORDER BY session_id");
    }
}
