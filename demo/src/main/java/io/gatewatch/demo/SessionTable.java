package io.gatewatch.demo;

import io.gatewatch.settings.TextTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/** What the demo asks the table of sessions, for one gateway. Not thread safe. */
final class SessionTable {
    private static final String OF_GATEWAY = " FROM sessions WHERE gateway = ? ";

    private final Connection connection;
    private final String gateway;

    /**
     * How far the table has come.
     *
     * @param open sessions that have not ended as of their row
     */
    record Progress(long sessions, long open, long packets, long bytes) {}

    SessionTable(Connection connection, String gateway) {
        this.connection = connection;
        this.gateway = gateway;
    }

    Progress progress() throws SQLException {
        String query =
                "SELECT COUNT(*), COALESCE(SUM(end_reason = 'open'), 0),"
                        + " COALESCE(SUM(client_packets + server_packets), 0),"
                        + " COALESCE(SUM(client_ip_bytes + server_ip_bytes), 0)"
                        + OF_GATEWAY;
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, gateway);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Progress(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
            }
        }
    }

    List<String> byProtocol() throws SQLException {
        return table(
                "SELECT protocol, COUNT(*) AS `>sessions`,"
                        + " SUM(client_packets + server_packets) AS `>packets`,"
                        + " SUM(client_ip_bytes + server_ip_bytes) AS `>IP bytes`"
                        + OF_GATEWAY
                        + "GROUP BY protocol ORDER BY 4 DESC");
    }

    List<String> topTalkers(int count) throws SQLException {
        return table(
                "SELECT INET6_NTOA(client_ip) AS client, COUNT(*) AS `>sessions`,"
                        + " COUNT(DISTINCT server_ip) AS `>servers`,"
                        + " SUM(client_ip_bytes) AS `>bytes sent`,"
                        + " SUM(server_ip_bytes) AS `>bytes received`"
                        + OF_GATEWAY
                        + "GROUP BY client_ip"
                        + " ORDER BY SUM(client_ip_bytes + server_ip_bytes) DESC, client_ip LIMIT "
                        + count);
    }

    List<String> topHosts(int count) throws SQLException {
        return table(
                "SELECT host, GROUP_CONCAT(DISTINCT host_source ORDER BY host_source) AS `from`,"
                        + " COUNT(DISTINCT client_ip) AS `>clients`,"
                        + " COUNT(*) AS `>sessions`,"
                        + " SUM(client_ip_bytes + server_ip_bytes) AS `>IP bytes`"
                        + OF_GATEWAY
                        + "AND host IS NOT NULL GROUP BY host ORDER BY 5 DESC, host LIMIT "
                        + count);
    }

    List<String> largestSessions(int count) throws SQLException {
        return table(
                "SELECT TIME_FORMAT(start_time, '%H:%i:%s') AS start,"
                        + " CAST(TIMESTAMPDIFF(MICROSECOND, start_time, end_time) / 1000000"
                        + " AS DECIMAL(12, 1)) AS `>seconds`, protocol,"
                        + endpoint("client")
                        + ","
                        + endpoint("server")
                        + ", client_packets + server_packets AS `>packets`,"
                        + " client_ip_bytes + server_ip_bytes AS `>IP bytes`,"
                        + " COALESCE(tcp_state, '-') AS state, end_reason AS `end`,"
                        + " COALESCE(host, '-') AS host"
                        + OF_GATEWAY
                        + "ORDER BY client_ip_bytes + server_ip_bytes DESC, session_id LIMIT "
                        + count);
    }

    /** Address and port; an IPv6 address in brackets. */
    private static String endpoint(String side) {
        return String.format(
                " CONCAT(IF(LENGTH(%1$s_ip) = 16, CONCAT('[', INET6_NTOA(%1$s_ip), ']'),"
                        + " INET6_NTOA(%1$s_ip)), ':', %1$s_port) AS %1$s",
                side);
    }

    /** Headings are the columns' labels. */
    private List<String> table(String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, gateway);
            try (ResultSet row = statement.executeQuery()) {
                ResultSetMetaData columns = row.getMetaData();
                List<String> headings = new ArrayList<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    headings.add(columns.getColumnLabel(i));
                }
                TextTable table = new TextTable(headings.toArray(String[]::new));
                while (row.next()) {
                    table.row(cells(row, columns));
                }
                return table.lines();
            }
        }
    }

    private static String[] cells(ResultSet row, ResultSetMetaData columns) throws SQLException {
        String[] cells = new String[columns.getColumnCount()];
        for (int i = 0; i < cells.length; i++) {
            boolean whole =
                    switch (columns.getColumnType(i + 1)) {
                        case Types.INTEGER, Types.BIGINT -> true;
                        case Types.DECIMAL -> columns.getScale(i + 1) == 0;
                        default -> false;
                    };
            cells[i] = whole ? TextTable.number(row.getLong(i + 1)) : row.getString(i + 1);
        }
        return cells;
    }
}
