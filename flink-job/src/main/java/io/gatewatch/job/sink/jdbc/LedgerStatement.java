package io.gatewatch.job.sink.jdbc;

import io.gatewatch.job.ledger.LedgerRow;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.apache.flink.connector.jdbc.datasource.statements.JdbcQueryStatement;

/**
 * Upserts into the table {@code ledger}: totals, of which the last one written counts. The rows of
 * a boot all come from one subtask, in order.
 */
public final class LedgerStatement implements JdbcQueryStatement<LedgerRow> {
    private static final long serialVersionUID = 1L;
    private static final long MS_PER_MINUTE = 60_000;

    private static final String QUERY =
            "INSERT INTO ledger (minute, gateway, site, boot_id, place, reason, detail, packets)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                    + " ON DUPLICATE KEY UPDATE packets = VALUES(packets)";

    private transient Parameters parameters;

    @Override
    public String query() {
        return QUERY;
    }

    @Override
    public void statement(PreparedStatement statement, LedgerRow row) throws SQLException {
        if (parameters == null) {
            parameters = new Parameters();
        }
        Parameters to = parameters.of(statement);
        to.timeMs(row.minute() * MS_PER_MINUTE);
        to.text(row.key().gateway()).text(row.key().site()).bytes(row.key().bootId());
        to.text(row.place()).text(row.reason()).text(row.detail()).number(row.packets());
    }
}
