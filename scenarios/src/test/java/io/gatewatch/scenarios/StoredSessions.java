package io.gatewatch.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Rows of the tables {@code sessions} and {@code dns_log} in the form that {@code analyze} gives
 * them, for comparison.
 */
final class StoredSessions implements AutoCloseable {
    private static final Set<String> JSON_COLUMNS = Set.of("anomalies", "flags", "packets");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final HexFormat MAC = HexFormat.ofDelimiter(":");

    private static final Duration LONGEST_WAIT_FOR_A_NAME = Duration.ofSeconds(70);
    private static final long POLL_MS = 200;

    private final ObjectMapper json = new ObjectMapper();
    private final Connection connection;

    /** Takes the connection over. */
    StoredSessions(Connection connection) {
        this.connection = connection;
    }

    /** All sessions of a gateway, by id. */
    SortedMap<String, SortedMap<String, String>> of(String gateway) throws Exception {
        return rows("SELECT * FROM sessions WHERE gateway = ?", gateway, "session_id");
    }

    /** All rows of a gateway's DNS log, by id. */
    SortedMap<String, SortedMap<String, String>> dnsLogOf(String gateway) throws Exception {
        return rows("SELECT * FROM dns_log WHERE gateway = ?", gateway, "dns_id");
    }

    private SortedMap<String, SortedMap<String, String>> rows(
            String query, String gateway, String id) throws Exception {
        SortedMap<String, SortedMap<String, String>> rows = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setString(1, gateway);
            try (ResultSet result = select.executeQuery()) {
                while (result.next()) {
                    SortedMap<String, String> row = columns(row(result));
                    rows.put(row.get(id), row);
                }
            }
        }
        return rows;
    }

    /** All rows of the DNS log of a gateway. */
    List<ObjectNode> dnsLog(String gateway) throws Exception {
        List<ObjectNode> rows = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT * FROM dns_log WHERE gateway = ?")) {
            select.setString(1, gateway);
            try (ResultSet result = select.executeQuery()) {
                while (result.next()) {
                    rows.add(row(result));
                }
            }
        }
        return rows;
    }

    /** A row's columns as JSON text, so that numbers of different widths compare. */
    static SortedMap<String, String> columns(JsonNode row) {
        SortedMap<String, String> columns = new TreeMap<>();
        row.properties().forEach(field -> columns.put(field.getKey(), field.getValue().toString()));
        return columns;
    }

    /** What one number of a query says, 0 without rows. */
    long number(String query, Object... parameters) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setObject(i + 1, parameters[i]);
            }
            try (ResultSet result = select.executeQuery()) {
                return result.next() ? result.getLong(1) : 0;
            }
        }
    }

    /** What one text of a query says, null without rows. */
    String text(String query, Object... parameters) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setObject(i + 1, parameters[i]);
            }
            try (ResultSet result = select.executeQuery()) {
                return result.next() ? result.getString(1) : null;
            }
        }
    }

    private ObjectNode row(ResultSet result) throws Exception {
        ObjectNode row = json.createObjectNode();
        ResultSetMetaData columns = result.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String name = columns.getColumnName(i);
            if (!name.equals("revision")) {
                row.set(name, value(name, result, i));
            }
        }
        return row;
    }

    private JsonNode value(String name, ResultSet result, int column) throws Exception {
        if (result.getObject(column) == null) {
            return json.nullNode();
        }
        if (JSON_COLUMNS.contains(name)) {
            return json.readTree(result.getString(column));
        }
        return switch (name) {
            case "session_id", "dns_id" ->
                    json.getNodeFactory()
                            .textNode(HexFormat.of().formatHex(result.getBytes(column)));
            case "client_mac", "server_mac" ->
                    json.getNodeFactory().textNode(MAC.formatHex(result.getBytes(column)));
            case "client_ip", "server_ip" ->
                    json.getNodeFactory().textNode(address(result.getBytes(column)));
            case "start_time", "end_time", "time" ->
                    json.getNodeFactory()
                            .textNode(TIME.format(result.getObject(column, LocalDateTime.class)));
            default -> {
                Object plain = result.getObject(column);
                yield plain instanceof Number number
                        ? json.getNodeFactory().numberNode(number.longValue())
                        : json.getNodeFactory().textNode(plain.toString());
            }
        };
    }

    private static String address(byte[] octets) throws Exception {
        return normalized(InetAddress.getByAddress(octets).getHostAddress());
    }

    /** One spelling for both sides: the longest, as Java writes it. */
    static String normalized(String address) throws Exception {
        return InetAddress.getByName(address).getHostAddress();
    }

    /**
     * How the sessions of a gateway differ from what is expected, once they have had the time to
     * get their names: one that ended before its answer was read is written again a little later.
     */
    List<String> lastingDifferences(
            SortedMap<String, SortedMap<String, String>> expected, String gateway)
            throws Exception {
        long deadlineNs = System.nanoTime() + LONGEST_WAIT_FOR_A_NAME.toNanos();
        List<String> differences = AnalyzedSessions.differences(expected, of(gateway));
        while (!differences.isEmpty() && System.nanoTime() < deadlineNs) {
            TimeUnit.MILLISECONDS.sleep(POLL_MS); // a table that other processes fill
            differences = AnalyzedSessions.differences(expected, of(gateway));
        }
        return differences;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
