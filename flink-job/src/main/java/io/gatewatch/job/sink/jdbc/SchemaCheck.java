package io.gatewatch.job.sink.jdbc;

import io.gatewatch.settings.CommandFailure;
import io.gatewatch.settings.JdbcOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Asks at the start whether the database has the tables that the job writes to. */
public final class SchemaCheck {
    /** The migration that brought the newest column that is written. */
    private static final int NEEDED = 4;

    private static final String HISTORY =
            "SELECT 1 FROM information_schema.tables"
                    + " WHERE table_schema = DATABASE() AND table_name = 'flyway_schema_history'";
    private static final String VERSION =
            "SELECT version FROM flyway_schema_history"
                    + " WHERE success = 1 AND version IS NOT NULL"
                    + " ORDER BY installed_rank DESC LIMIT 1";

    private SchemaCheck() {}

    /**
     * Connects and compares.
     *
     * @throws CommandFailure that says what to do, if the server cannot be reached, refuses the
     *     user, or has an older schema or none
     */
    public static void require(JdbcOptions options) {
        try (Connection connection = options.connect()) {
            String found = has(connection) ? version(connection) : null;
            if (found == null || number(found) < NEEDED) {
                throw CommandFailure.usage(
                        "database "
                                + options.databaseName()
                                + (found == null
                                        ? " has no tables of Gatewatch"
                                        : " has schema version " + found)
                                + ", version "
                                + NEEDED
                                + " or newer is needed: run gatewatch database migrate");
            }
        } catch (SQLException e) {
            throw options.failure(e);
        }
    }

    private static boolean has(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(HISTORY);
                ResultSet row = query.executeQuery()) {
            return row.next();
        }
    }

    private static String version(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(VERSION);
                ResultSet row = query.executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }

    /** Of a version like 12 or 12.1 the first number. */
    private static int number(String version) {
        try {
            return Integer.parseInt(version.split("\\.", 2)[0]);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
