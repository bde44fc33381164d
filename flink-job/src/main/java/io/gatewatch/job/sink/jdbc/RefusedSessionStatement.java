package io.gatewatch.job.sink.jdbc;

import io.gatewatch.traffic.session.SessionRow;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;
import org.apache.flink.connector.jdbc.datasource.statements.JdbcQueryStatement;

/**
 * Names a session whose row was refused in the table {@code ledger}: packets that are in a session
 * but in no row. It stands in the minute of the session's start, beside what that minute adds up
 * to, and belongs to no boot of an agent.
 */
final class RefusedSessionStatement implements JdbcQueryStatement<SessionRow> {
    private static final long serialVersionUID = 1L;
    private static final long NANOS_PER_MINUTE = 60_000_000_000L;
    private static final long NO_BOOT = 0;
    private static final HexFormat HEX = HexFormat.of();

    private static final String QUERY =
            "INSERT INTO ledger (minute, gateway, site, boot_id, place, reason, detail, packets)"
                    + " VALUES (?, ?, ?, ?, 'job', 'row_refused', ?, ?)"
                    + " ON DUPLICATE KEY UPDATE packets = GREATEST(packets, VALUES(packets))";

    @Override
    public String query() {
        return QUERY;
    }

    @Override
    public void statement(PreparedStatement statement, SessionRow row) throws SQLException {
        long minute = Math.floorDiv(row.startTimeNs, NANOS_PER_MINUTE);
        Parameters to = new Parameters().of(statement);
        to.timeNs(minute * NANOS_PER_MINUTE).text(row.gateway).text(row.site).bytes(NO_BOOT);
        to.text(HEX.formatHex(row.sessionId)).number(row.clientPackets + row.serverPackets);
    }
}
