package io.gatewatch.sql.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Which rows are asked for.
 *
 * @param from first minute, UTC, or null for the oldest there is
 * @param to the minute after the last, UTC, or null for the newest there is
 * @param site one site alone, or null
 * @param gateway one gateway alone, or null
 */
public record LedgerScope(LocalDateTime from, LocalDateTime to, String site, String gateway) {
    boolean hasWindow() {
        return from != null || to != null;
    }

    /** A condition on rows of the table {@code ledger}; {@link #bind} sets its parameters. */
    String condition() {
        StringBuilder condition = new StringBuilder("TRUE");
        append(condition, from, " AND minute >= ?");
        append(condition, to, " AND minute < ?");
        append(condition, site, " AND site = ?");
        append(condition, gateway, " AND gateway = ?");
        return condition.toString();
    }

    private static void append(StringBuilder condition, Object value, String text) {
        if (value != null) {
            condition.append(text);
        }
    }

    /** Sets the parameters of {@link #condition}, as the statement's first. */
    void bind(PreparedStatement statement) throws SQLException {
        List<Object> values = new ArrayList<>();
        for (Object value : new Object[] {from, to, site, gateway}) {
            if (value != null) {
                values.add(value);
            }
        }
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }
}
