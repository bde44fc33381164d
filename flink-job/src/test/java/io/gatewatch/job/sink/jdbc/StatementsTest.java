package io.gatewatch.job.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.job.Rows;
import io.gatewatch.job.gateways.GatewayRow;
import io.gatewatch.job.ledger.LedgerKey;
import io.gatewatch.job.ledger.LedgerRow;
import io.gatewatch.traffic.session.SessionRow;
import java.sql.SQLException;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

class StatementsTest {
    private final RecordingStatement recording = new RecordingStatement();

    @Test
    void shouldUpdateOnlyIfTheGuardIsNotLower() {
        String sql = Upsert.into("t", "revision").key("id").lowest("first").newest("a", "b").sql();

        assertThat(sql)
                .isEqualTo(
                        "INSERT INTO t (id, first, a, b, revision) VALUES (?, ?, ?, ?, ?)"
                                + " ON DUPLICATE KEY UPDATE first = LEAST(first, VALUES(first)),"
                                + " a = IF(VALUES(revision) >= revision, VALUES(a), a),"
                                + " b = IF(VALUES(revision) >= revision, VALUES(b), b),"
                                + " revision = GREATEST(revision, VALUES(revision))");
    }

    @Test
    void shouldSetEveryParameterOfASession() throws SQLException {
        SessionStatement statement = new SessionStatement();

        statement.statement(recording.statement(), Rows.full());

        assertThat(recording.count()).isEqualTo(marks(statement.query()));
    }

    @Test
    void shouldPutEachValueOfASessionIntoItsColumn() throws SQLException {
        SessionStatement statement = new SessionStatement();
        SessionRow row = Rows.full();

        statement.statement(recording.statement(), row);

        String sql = statement.query();
        assertThat(recording.of(sql, "session_id")).isEqualTo(row.sessionId);
        assertThat(recording.of(sql, "revision")).isEqualTo(29L);
        assertThat(recording.of(sql, "start_time"))
                .isEqualTo(LocalDateTime.parse("2026-01-01T00:00:00.123456"));
        assertThat(recording.of(sql, "end_time"))
                .isEqualTo(LocalDateTime.parse("2026-01-01T00:00:02.623456"));
        assertThat(recording.of(sql, "protocol")).isEqualTo("tcp");
        assertThat(recording.of(sql, "client_mac")).isEqualTo(new byte[] {2, 0, 0, 0, 0, 1});
        assertThat(recording.of(sql, "vlan_id")).isEqualTo(7L);
        assertThat(recording.of(sql, "server_ip")).isEqualTo(row.serverIp);
        assertThat(recording.of(sql, "client_retransmitted_bytes")).isEqualTo(50L);
        assertThat(recording.of(sql, "server_missed_bytes")).isEqualTo(1_400L);
        assertThat(recording.of(sql, "end_reason")).isEqualTo("fin");
        assertThat(recording.of(sql, "flags")).isEqualTo("[\"midstream\",\"gap\"]");
        assertThat(recording.of(sql, "packets"))
                .isEqualTo(
                        "[{\"d\":1,\"l\":0,\"f\":\"S\",\"t\":0},"
                                + "{\"d\":2,\"l\":0,\"f\":\"SA\",\"t\":1000}]");
    }

    @Test
    void shouldSetNullForWhatASessionLacks() throws SQLException {
        SessionStatement statement = new SessionStatement();

        statement.statement(recording.statement(), Rows.sparse());

        String sql = statement.query();
        for (String column :
                new String[] {"client_mac", "vlan_id", "handshake_rtt_us", "tcp_state", "host"}) {
            assertThat(recording.of(sql, column)).as(column).isNull();
        }
        assertThat(recording.of(sql, "anomalies")).isEqualTo("[]");
    }

    @Test
    void shouldPutEachValueOfAGatewayIntoItsColumn() throws SQLException {
        GatewayStatement statement = new GatewayStatement();
        GatewayRow row = new GatewayRow();
        row.gateway = "gateway";
        row.seenMs = 1_767_225_600_123L;
        row.clockSkewMs = -40;
        row.bootId = 0x0102_0304_0506_0708L;
        row.ignored = 9;

        statement.statement(recording.statement(), row);

        String sql = statement.query();
        LocalDateTime seen = LocalDateTime.parse("2026-01-01T00:00:00.123");
        assertThat(recording.count()).isEqualTo(marks(sql));
        assertThat(recording.of(sql, "first_seen")).isEqualTo(seen);
        assertThat(recording.of(sql, "last_seen")).isEqualTo(seen);
        assertThat(recording.of(sql, "clock_skew_ms")).isEqualTo(-40L);
        assertThat(recording.of(sql, "boot_id")).isEqualTo(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        assertThat(recording.of(sql, "capture_clock")).isNull();
        assertThat(recording.of(sql, "ignored")).isEqualTo(9L);
    }

    @Test
    void shouldPutEachValueOfTheLedgerIntoItsColumn() throws SQLException {
        LedgerStatement statement = new LedgerStatement();

        statement.statement(
                recording.statement(),
                new LedgerRow(new LedgerKey("home", "gw", 0xABC), 29_453_767, "job", "r", "d", 9));

        String sql = statement.query();
        assertThat(recording.count()).isEqualTo(marks(sql));
        assertThat(recording.of(sql, "minute")).isEqualTo(LocalDateTime.parse("2026-01-01T00:07"));
        assertThat(recording.of(sql, "gateway")).isEqualTo("gw");
        assertThat(recording.of(sql, "site")).isEqualTo("home");
        assertThat(recording.of(sql, "boot_id"))
                .isEqualTo(new byte[] {0, 0, 0, 0, 0, 0, 0x0A, (byte) 0xBC});
        assertThat(recording.of(sql, "place")).isEqualTo("job");
        assertThat(recording.of(sql, "reason")).isEqualTo("r");
        assertThat(recording.of(sql, "detail")).isEqualTo("d");
        assertThat(recording.of(sql, "packets")).isEqualTo(9L);
    }

    @Test
    void shouldNotShowThePassword() {
        JdbcSettings settings = new JdbcSettings("jdbc:mysql://h/d", "user", "secret");

        assertThat(settings.toString()).contains("user").doesNotContain("secret");
    }

    private static int marks(String sql) {
        return (int) sql.chars().filter(c -> c == '?').count();
    }
}
