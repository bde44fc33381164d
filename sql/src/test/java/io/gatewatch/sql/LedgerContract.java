package io.gatewatch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code gatewatch ledger} says, on every server family. */
abstract class LedgerContract extends DatabaseContract {
    @Test
    void shouldSayThatEveryPacketIsAccountedFor() throws SQLException {
        SchemaMigration.migrate(jdbc);
        try (Connection connection = jdbc.connect()) {
            ledgerMinute(connection, "2026-03-10 12:00:00", 90);
            ledgerMinute(connection, "2026-03-10 12:59:00", 90);
            ledger(connection, "2026-03-10 12:59:00", "agent", "kernel_dropped", 4);
            ledger(connection, "2026-03-10 12:59:00", "job", "repeated", 70);
            insertSessionOf(connection, "2026-03-10 12:00:00", 180);
        }

        assertThat(ledgerCommand(0, "--against-sessions").lines())
                .containsExactly(
                        "gateway     hour, UTC         captured  in tunnels  in sessions  ignored"
                                + "  dropped  missing",
                        "gw at home  2026-03-10 12:00       198           2          180       20"
                                + "        4        0",
                        "",
                        "Lost, and accounted for",
                        "  gw at home, 2026-03-10 12:59: 4 packets, agent kernel_dropped",
                        "    the kernel dropped them before the agent could read them: see"
                                + " --buffer-size and --filter of the agent",
                        "",
                        "Against the sessions",
                        "  home: the ledger counted 180 packets, the sessions have 180",
                        "",
                        "Every packet is accounted for.");
    }

    @Test
    void shouldNameWhatIsNotAccountedFor() throws SQLException {
        SchemaMigration.migrate(jdbc);
        try (Connection connection = jdbc.connect()) {
            ledgerMinute(connection, "2026-03-10 12:00:00", 90);
            ledgerMinute(connection, "2026-03-10 12:01:00", 80);
            ledger(connection, "2026-03-10 12:01:00", "kafka", "missing", 7);
            ledgerMinute(connection, "2026-03-11 12:02:00", 92);
        }

        assertThat(ledgerCommand(4))
                .contains(
                        "gw at home, 2026-03-10 12:01: 7 packets, kafka missing",
                        "gw at home, 2026-03-10 12:01: 3 packets, nowhere unexplained\n"
                                + "    captured, and accounted for nowhere",
                        "gw at home, 2026-03-11 12:02: 2 packets, nowhere unexplained\n"
                                + "    accounted for, and never captured")
                .endsWith("NOT every packet is accounted for.");
        assertThat(ledgerCommand(0, "--to", "2026-03-10T12:01"))
                .contains("12:00")
                .doesNotContain("NOT");
        assertThat(ledgerCommand(4, "--from", "2026-03-11", "--format", "jsonl"))
                .contains("\"type\":\"loss\"", "\"packets\":-2", "\"balanced\":false");
        assertThat(ledgerCommand(0, "--gateway", "another")).contains("holds no minute");
    }

    @Test
    void shouldNoticeThatSessionsAreGone() throws SQLException {
        SchemaMigration.migrate(jdbc);
        try (Connection connection = jdbc.connect()) {
            ledgerMinute(connection, "2026-03-10 12:00:00", 90);
            ledger(connection, "2026-03-10 12:00:00", "job", "row_refused", 20);
            execute(connection, "UPDATE ledger SET detail = '00c0' WHERE reason = 'row_refused'");
            insertSessionOf(connection, "2026-03-10 12:00:10", 60);

            assertThat(ledgerCommand(4, "--against-sessions"))
                    .contains("counted 70 packets, the sessions have 60: 10 packets LOST");

            execute(connection, "UPDATE sessions SET server_packets = 21");
            assertThat(ledgerCommand(4, "--against-sessions"))
                    .contains("have 71: 1 packet that the ledger DOES NOT KNOW");

            execute(connection, "UPDATE sessions SET server_packets = 20");
            assertThat(ledgerCommand(0, "--against-sessions", "--site", "home"))
                    .contains("rows of session 00c0:", "have 70");
            ledgerCommand(0, "--against-sessions", "--from", "2026-03-10T12:00");

            // Not all of its packets are of that minute.
            execute(connection, "UPDATE sessions SET end_time = '2026-03-10 12:05:00'");
            execute(connection, "UPDATE sessions SET server_packets = 100");
            ledgerCommand(0, "--against-sessions", "--to", "2026-03-10T12:01");
            ledgerCommand(4, "--against-sessions", "--to", "2026-03-10T12:07");
        }
    }

    @Test
    void shouldNotMissWhatALaterRowOfARefusedSessionHas() throws SQLException {
        SchemaMigration.migrate(jdbc);
        try (Connection connection = jdbc.connect()) {
            ledgerMinute(connection, "2026-03-10 12:00:00", 90);
            ledger(connection, "2026-03-10 12:00:00", "job", "row_refused", 20);
            execute(
                    connection,
                    "UPDATE ledger SET detail = '07000000000000000000000000000000'"
                            + " WHERE reason = 'row_refused'");
            insertSessionOf(connection, "2026-03-10 12:00:10", 70);
            insertSession(connection, "07", "2026-03-10 12:00:30");
            execute(connection, "UPDATE sessions SET server_packets = 14 WHERE client_packets = 1");

            assertThat(ledgerCommand(0, "--against-sessions")).contains("have 85");

            execute(connection, "UPDATE sessions SET server_packets = 24 WHERE client_packets = 1");
            assertThat(ledgerCommand(4, "--against-sessions"))
                    .contains("5 packets that the ledger DOES NOT KNOW");
        }
    }

    @Test
    void shouldWaitForRowsOfTheLastMinutes() throws SQLException {
        SchemaMigration.migrate(jdbc);
        try (Connection connection = jdbc.connect()) {
            ledgerMinute(connection, "2026-03-10 12:00:00", 90);
            insertSessionOf(connection, "2026-03-10 12:00:00", 90);
            execute(connection, "SET time_zone = '+00:00'");
            String now = rows(connection, "SELECT NOW() - INTERVAL 1 MINUTE").get(0);
            ledgerMinute(connection, now, 90);

            assertThat(ledgerCommand(0, "--against-sessions")).contains("still being written");

            execute(connection, "UPDATE sessions SET client_packets = client_packets - 1");
            ledgerCommand(4, "--against-sessions");
        }
    }

    @Test
    void shouldRefuseTimesThatAreNone() {
        assertThat(ledgerCommand(2, "--from", "yesterday")).contains("--from is yesterday");
        assertThat(ledgerCommand(2, "--against-sessions", "--gateway", "gw"))
                .contains("takes --site");
    }

    /** A balanced minute of 100 packets where 90 of them are in sessions. */
    private static void ledgerMinute(Connection connection, String minute, long inSessions)
            throws SQLException {
        ledger(connection, minute, "agent", "captured", 99);
        ledger(connection, minute, "agent", "decapsulated", 1);
        ledger(connection, minute, "agent", "not_ip", 6);
        ledger(connection, minute, "agent", "own_traffic", 3);
        ledger(connection, minute, "job", "midstream", 1);
        ledger(connection, minute, "job", "in_sessions", inSessions);
    }

    private static void insertSessionOf(Connection connection, String time, long packets)
            throws SQLException {
        insertSession(connection, "01", time);
        execute(
                connection,
                "UPDATE sessions SET server_packets = 10, client_packets = " + (packets - 10));
    }

    private String ledgerCommand(int expectedExitCode, String... options) {
        List<String> args = new ArrayList<>(List.of("--jdbc-url", jdbc.url));
        args.addAll(List.of(options));
        return run(new LedgerCommand(), expectedExitCode, args.toArray(String[]::new));
    }
}
