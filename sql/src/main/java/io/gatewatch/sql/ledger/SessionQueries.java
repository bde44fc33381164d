package io.gatewatch.sql.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares the ledger with the packets summed up in {@code sessions}: counting arrivals cannot
 * notice a row that the database lost. Of the whole tables the sums are equal where no old days
 * were removed and the job has caught up, but for packets of the last {@value #YOUNG_MINUTES}
 * minutes. In a window a session counts whole if it lies in it, and any part of one that overlaps
 * it may; times of packets and capture minutes may differ by a minute there. Not thread safe.
 */
public final class SessionQueries {
    static final int YOUNG_MINUTES = 3;

    private static final int TOLERANCE_MINUTES = 1;
    private static final String PACKETS = "COALESCE(SUM(client_packets + server_packets), 0)";
    private static final String IN_SESSIONS = "place = 'job' AND reason = 'in_sessions'";
    private static final String REFUSED = "place = 'job' AND reason = 'row_refused'";

    private final Connection connection;
    private final LedgerScope scope;

    public SessionQueries(Connection connection, LedgerScope scope) {
        this.connection = connection;
        this.scope = scope;
    }

    /** One check for each site that the ledger or the sessions know. */
    List<SiteCheck> checks() throws SQLException {
        LocalDateTime young = now().minusMinutes(YOUNG_MINUTES);
        SortedMap<String, Long> counted = ledger(IN_SESSIONS, null);
        SortedMap<String, Long> refused = refused();
        // Minutes that ended after that time.
        SortedMap<String, Long> unwritten = ledger(IN_SESSIONS, young.minusMinutes(1));
        SortedMap<String, Long> least = sessions(inside(), null);
        SortedMap<String, Long> most = sessions(overlapping(), null);
        SortedMap<String, Long> uncounted = sessions(inside(), young);
        SortedSet<String> sites = new TreeSet<>(counted.keySet());
        sites.addAll(most.keySet());
        List<SiteCheck> checks = new ArrayList<>();
        for (String site : sites) {
            checks.add(
                    new SiteCheck(
                            site,
                            of(counted, site) - of(refused, site),
                            of(least, site),
                            of(most, site),
                            of(unwritten, site),
                            of(uncounted, site)));
        }
        return checks;
    }

    private static long of(SortedMap<String, Long> sums, String site) {
        return sums.getOrDefault(site, 0L);
    }

    private LocalDateTime now() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT UTC_TIMESTAMP()");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getObject(1, LocalDateTime.class);
        }
    }

    private SortedMap<String, Long> ledger(String condition, LocalDateTime after)
            throws SQLException {
        String query =
                "SELECT site, COALESCE(SUM(packets), 0) FROM ledger WHERE "
                        + scope.condition()
                        + " AND "
                        + condition
                        + (after == null ? "" : " AND minute > '" + after + "'")
                        + " GROUP BY site";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            scope.bind(statement);
            return sums(statement);
        }
    }

    /**
     * Packets that rows which were refused would have had, less those that another row of the same
     * session has.
     */
    private SortedMap<String, Long> refused() throws SQLException {
        String query =
                "SELECT rows_refused.site, COALESCE(SUM(GREATEST(0, CAST(rows_refused.packets AS SIGNED)"
                        + " - COALESCE(CAST(client_packets + server_packets AS SIGNED), 0))), 0)"
                        + " FROM (SELECT site, detail, minute, packets FROM ledger WHERE "
                        + scope.condition()
                        + " AND "
                        + REFUSED
                        + ") AS rows_refused LEFT JOIN sessions ON session_id = UNHEX(detail)"
                        + " AND start_time >= minute AND start_time < minute + INTERVAL 1 MINUTE"
                        + " GROUP BY rows_refused.site";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            scope.bind(statement);
            return sums(statement);
        }
    }

    private String inside() {
        return bound("start_time >= '", scope.from(), 0)
                + bound("end_time < '", scope.to(), -TOLERANCE_MINUTES);
    }

    private String overlapping() {
        return bound("end_time >= '", scope.from(), -TOLERANCE_MINUTES)
                + bound("start_time < '", scope.to(), 0);
    }

    private static String bound(String comparison, LocalDateTime time, int minutes) {
        return time == null ? "" : " AND " + comparison + time.plusMinutes(minutes) + "'";
    }

    private SortedMap<String, Long> sessions(String condition, LocalDateTime endedAfter)
            throws SQLException {
        String query =
                "SELECT site, "
                        + PACKETS
                        + " FROM sessions WHERE TRUE"
                        + condition
                        + bound("end_time >= '", endedAfter, 0)
                        + (scope.site() == null ? "" : " AND site = ?")
                        + " GROUP BY site";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            if (scope.site() != null) {
                statement.setString(1, scope.site());
            }
            return sums(statement);
        }
    }

    private static SortedMap<String, Long> sums(PreparedStatement statement) throws SQLException {
        SortedMap<String, Long> sums = new TreeMap<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                sums.put(row.getString(1), row.getLong(2));
            }
        }
        return sums;
    }
}
