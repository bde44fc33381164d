package io.gatewatch.partitions;

import io.gatewatch.settings.CommandFailure;
import io.gatewatch.settings.Problems;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Upkeep of the tables that are partitioned by day (UTC): every table with a partition {@value
 * #NEWER}. From oldest to newest a table has
 *
 * <pre>
 *   p_older    what began before the first day
 *   p20260131  one day, named after it
 *   …
 *   p_newer    what began after the last day
 * </pre>
 *
 * <p>Days are cut off {@value #NEWER} ahead of time, while it is empty: then no row moves. Each
 * change is one short statement that gives up rather than queue behind a long query, because
 * everything else would queue behind it; it is then tried again. Running this twice, or from two
 * places at once, does no harm. Not thread safe.
 */
public final class DayPartitions {
    /** Days that get a partition beforehand, where nobody says otherwise. */
    public static final int DEFAULT_DAYS_AHEAD = 7;

    /** Retention of rows that are never removed. */
    public static final int FOR_EVER = 0;

    static final String OLDER = "p_older";
    static final String NEWER = "p_newer";

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'p'yyyyMMdd");
    private static final int MAX_DAYS_AHEAD = 366;
    private static final int DELETE_ROWS = 10_000;
    private static final int LOCK_WAIT_S = 3;
    private static final int LOCK_ATTEMPTS = 10;
    private static final int LOCK_WAIT_TIMEOUT = 1205;

    private static final int TURN_WAIT_S = 60;
    private static final String TAKE_TURN =
            "SELECT GET_LOCK(LEFT(CONCAT('gatewatch ', DATABASE()), 64), " + TURN_WAIT_S + ")";

    private final Connection connection;
    private final Clock clock;
    private final int lockAttempts;

    /**
     * @param partitions days dropped
     * @param olderRows rows deleted from {@value #OLDER}
     */
    public record Removed(int partitions, long olderRows) {}

    /**
     * Waits until nobody else keeps this database's partitions; others wait until the connection is
     * closed.
     */
    public DayPartitions(Connection connection, Clock clock) throws SQLException {
        this(connection, clock, LOCK_WAIT_S, LOCK_ATTEMPTS);
    }

    /**
     * @param lockWaitS how long a change waits for a table
     * @param lockAttempts how often it is tried
     */
    public DayPartitions(Connection connection, Clock clock, int lockWaitS, int lockAttempts)
            throws SQLException {
        this.connection = connection;
        this.clock = clock;
        this.lockAttempts = lockAttempts;
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION lock_wait_timeout = " + lockWaitS);
            try (ResultSet locked = statement.executeQuery(TAKE_TURN)) {
                if (!locked.next() || locked.getInt(1) != 1) {
                    throw CommandFailure.failed(
                            "another process has kept the partitions locked for "
                                    + TURN_WAIT_S
                                    + " s; try again later");
                }
            }
        }
    }

    public static void checkDaysAhead(int daysAhead, Problems problems) {
        problems.require(
                daysAhead >= 1 && daysAhead <= MAX_DAYS_AHEAD,
                "--days-ahead",
                daysAhead,
                "must be 1 to " + MAX_DAYS_AHEAD);
    }

    /**
     * Adds a partition for every day from the last one there is (from yesterday in a new table) to
     * {@code daysAhead} days after today.
     *
     * @return how many were added, in all tables
     */
    public int extend(int daysAhead) throws SQLException {
        int added = 0;
        for (String table : tables()) {
            added += extend(table, today().plusDays(daysAhead));
        }
        return added;
    }

    /**
     * Removes everything that began more than {@code days} whole days before today. A day's
     * partition is dropped; from then on rows of that day would go to the oldest day kept, and
     * leave with it. Nothing is removed where {@code days} is {@link #FOR_EVER}.
     */
    public Removed removeOlderThan(int days) throws SQLException {
        if (days == FOR_EVER) {
            return new Removed(0, 0);
        }
        LocalDate firstKept = today().minusDays(days);
        int dropped = 0;
        long deleted = 0;
        for (String table : tables()) {
            dropped += dropBefore(table, firstKept);
            deleted += deleteOlder(table, firstKept);
        }
        return new Removed(dropped, deleted);
    }

    private int extend(String table, LocalDate lastDay) throws SQLException {
        Map<String, LocalDate> ends = ends(table);
        LocalDate nextDay = today().minusDays(1);
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, LocalDate> partition : ends.entrySet()) {
            if (!partition.getKey().equals(OLDER)) {
                nextDay = partition.getValue();
            }
        }
        boolean first = ends.keySet().stream().allMatch(OLDER::equals);
        if (first) {
            // Widens the oldest partition up to the first day; both hold nothing or little yet.
            parts.add(partition(OLDER, nextDay));
        }
        int days = 0;
        for (LocalDate day = nextDay; !day.isAfter(lastDay); day = day.plusDays(1)) {
            parts.add(partition(NAME.format(day), day.plusDays(1)));
            days++;
        }
        if (days == 0) {
            return 0;
        }
        parts.add("PARTITION " + NEWER + " VALUES LESS THAN (MAXVALUE)");
        alter(
                table,
                "REORGANIZE PARTITION "
                        + (first ? OLDER + ", " : "")
                        + NEWER
                        + " INTO ("
                        + String.join(", ", parts)
                        + ")");
        return days;
    }

    private int dropBefore(String table, LocalDate firstKept) throws SQLException {
        List<String> old = new ArrayList<>();
        for (Map.Entry<String, LocalDate> partition : ends(table).entrySet()) {
            boolean isDay = !partition.getKey().equals(OLDER);
            if (isDay && !partition.getValue().isAfter(firstKept)) {
                old.add(partition.getKey());
            }
        }
        if (!old.isEmpty()) {
            alter(table, "DROP PARTITION " + String.join(", ", old));
        }
        return old.size();
    }

    /**
     * Row by row, for the oldest partition may also hold what is to stay; in short transactions.
     */
    private long deleteOlder(String table, LocalDate firstKept) throws SQLException {
        String delete =
                "DELETE FROM "
                        + table
                        + " PARTITION ("
                        + OLDER
                        + ") WHERE "
                        + timeColumn(table)
                        + " < ? LIMIT "
                        + DELETE_ROWS;
        long total = 0;
        try (PreparedStatement statement = connection.prepareStatement(delete)) {
            statement.setString(1, firstKept.toString());
            int deleted;
            do {
                deleted = statement.executeUpdate();
                total += deleted;
            } while (deleted == DELETE_ROWS);
        }
        return total;
    }

    private void alter(String table, String change) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("ALTER TABLE " + table + " " + change);
                return;
            } catch (SQLException e) {
                if (e.getErrorCode() != LOCK_WAIT_TIMEOUT) {
                    throw e;
                }
                if (attempt == lockAttempts) {
                    throw CommandFailure.failed(
                            "table "
                                    + table
                                    + " was in use by a long query or transaction at each of "
                                    + lockAttempts
                                    + " attempts; try again later");
                }
            }
        }
    }

    private List<String> tables() throws SQLException {
        List<String> tables = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement(
                        "SELECT table_name FROM information_schema.partitions"
                                + " WHERE table_schema = DATABASE() AND partition_name = ?"
                                + " ORDER BY table_name")) {
            query.setString(1, NEWER);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    tables.add(row.getString(1));
                }
            }
        }
        return tables;
    }

    /** The column whose day decides on a row's partition. */
    private String timeColumn(String table) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "SELECT partition_expression FROM information_schema.partitions"
                                + " WHERE table_schema = DATABASE() AND table_name = ?"
                                + " AND partition_name = ?")) {
            query.setString(1, table);
            query.setString(2, NEWER);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    /**
     * Partitions in order with the first day that each no longer holds, without {@value #NEWER}.
     */
    private Map<String, LocalDate> ends(String table) throws SQLException {
        Map<String, LocalDate> ends = new LinkedHashMap<>();
        try (PreparedStatement query =
                connection.prepareStatement(
                        "SELECT partition_name, partition_description"
                                + " FROM information_schema.partitions"
                                + " WHERE table_schema = DATABASE() AND table_name = ?"
                                + " AND partition_name <> ? ORDER BY partition_ordinal_position")) {
            query.setString(1, table);
            query.setString(2, NEWER);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    // 'YYYY-MM-DD' or 'YYYY-MM-DD 00:00:00', in quotes
                    String bound = row.getString(2).replace("'", "");
                    ends.put(row.getString(1), LocalDate.parse(bound.substring(0, 10)));
                }
            }
        }
        return ends;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static String partition(String name, LocalDate end) {
        return "PARTITION " + name + " VALUES LESS THAN ('" + end + "')";
    }
}
