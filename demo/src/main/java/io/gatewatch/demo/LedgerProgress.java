package io.gatewatch.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How far the table {@code ledger} has come, for one gateway. Not thread safe.
 *
 * @param connection to the database
 */
record LedgerProgress(Connection connection, String gateway) {
    private static final String QUERY =
            "SELECT COALESCE(SUM(IF(reason = 'captured', packets, 0)), 0),"
                    + " COALESCE(SUM(IF(reason = 'in_sessions', packets, 0)), 0),"
                    + " COALESCE(SUM(IF(reason = 'agent_died', packets, 0)), 0)"
                    + " FROM ledger WHERE gateway = ?";

    /** Whether the agent's reports and the job's counts are all there. */
    boolean has(long captured, long inSessions) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setString(1, gateway);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1) == captured
                        && row.getLong(2) == inSessions
                        && row.getLong(3) == 0;
            }
        }
    }
}
