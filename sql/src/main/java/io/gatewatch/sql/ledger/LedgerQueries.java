package io.gatewatch.sql.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Asks the table {@code ledger}; the server adds up. Not thread safe. */
public final class LedgerQueries {
    private static final String CAME = of("agent", "captured", "decapsulated");
    private static final String KERNEL = of("agent", "kernel_dropped");
    private static final String QUEUE = of("agent", "queue_dropped");
    private static final String DIED = of("agent", "agent_died");
    private static final String MISSING = of("kafka", "missing");
    private static final String UNREADABLE = of("job", "unreadable");
    private static final String SESSIONS = of("job", "in_sessions");
    private static final String REFUSED = of("job", "row_refused");

    /** Neither came nor went: beside the balance. */
    private static final String BESIDE =
            "(" + KERNEL + " OR " + of("job", "repeated", "row_refused") + ")";

    private static final String IGNORED =
            "NOT ("
                    + String.join(" OR ", CAME, BESIDE, QUEUE, DIED, MISSING, UNREADABLE, SESSIONS)
                    + ")";

    private static final String TOTALS =
            String.join(
                    ", ",
                    sum(of("agent", "captured")),
                    sum(of("agent", "decapsulated")),
                    sum(SESSIONS),
                    sum(IGNORED),
                    sum(QUEUE),
                    sum(KERNEL),
                    sum(MISSING),
                    sum(DIED),
                    sum(UNREADABLE));

    private static final String LOST =
            "(" + String.join(" OR ", KERNEL, QUEUE, DIED, MISSING, UNREADABLE, REFUSED) + ")";

    private static final String REST =
            sum(CAME) + " - " + sum("NOT (" + CAME + ") AND NOT " + BESIDE);

    private final Connection connection;
    private final LedgerScope scope;

    public LedgerQueries(Connection connection, LedgerScope scope) {
        this.connection = connection;
        this.scope = scope;
    }

    private static String of(String place, String... reasons) {
        return "(place = '" + place + "' AND reason IN ('" + String.join("', '", reasons) + "'))";
    }

    private static String sum(String condition) {
        return "COALESCE(SUM(IF(" + condition + ", packets, 0)), 0)";
    }

    /** Takes the totals of every gateway and time, oldest first. */
    void totals(Step step, Consumer<TimeTotals> to) throws SQLException {
        String query =
                "SELECT site, gateway, "
                        + step.beginning()
                        + " AS time, "
                        + TOTALS
                        + " FROM ledger WHERE "
                        + scope.condition()
                        + " AND NOT "
                        + REFUSED
                        + " GROUP BY site, gateway, time ORDER BY site, gateway, time";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            scope.bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    to.accept(
                            new TimeTotals(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getObject(3, LocalDateTime.class),
                                    totals(row)));
                }
            }
        }
    }

    private static Totals totals(ResultSet row) throws SQLException {
        return new Totals(
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11),
                row.getLong(12));
    }

    /** What got lost, and what is accounted for nowhere. */
    List<Loss> losses() throws SQLException {
        List<Loss> losses =
                losses(
                        "SELECT site, gateway, place, reason, COUNT(DISTINCT detail), MIN(detail),"
                                + " SUM(packets), MIN(minute), MAX(minute) FROM ledger WHERE "
                                + scope.condition()
                                + " AND packets > 0 AND "
                                + LOST
                                + " GROUP BY site, gateway, place, reason"
                                + " ORDER BY site, gateway, place, reason");
        losses.addAll(
                losses(
                        "SELECT site, gateway, '"
                                + Loss.NOWHERE
                                + "', '"
                                + Loss.UNEXPLAINED
                                + "', 0, '', SUM(rest), MIN(minute), MAX(minute) FROM (SELECT"
                                + " site, gateway, minute, "
                                + REST
                                + " AS rest FROM ledger WHERE "
                                + scope.condition()
                                + " GROUP BY site, gateway, minute, boot_id) AS minutes"
                                + " WHERE rest <> 0 GROUP BY site, gateway, rest > 0"
                                + " ORDER BY site, gateway"));
        return losses;
    }

    private List<Loss> losses(String query) throws SQLException {
        List<Loss> losses = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            scope.bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    losses.add(
                            new Loss(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getLong(5),
                                    row.getString(6),
                                    row.getLong(7),
                                    row.getObject(8, LocalDateTime.class),
                                    row.getObject(9, LocalDateTime.class)));
                }
            }
        }
        return losses;
    }
}
