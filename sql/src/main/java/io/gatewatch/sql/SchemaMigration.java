package io.gatewatch.sql;

import io.gatewatch.settings.CommandFailure;
import io.gatewatch.settings.JdbcOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * Brings a database to the current schema with Flyway. Its table {@value #HISTORY} is what others
 * read the version from: the newest row with {@code success = 1}.
 */
final class SchemaMigration {
    static final String HISTORY = "flyway_schema_history";

    /** The newest migration below {@code db}. */
    static final String NEWEST = "5";

    private static final String VERSION_QUERY =
            "SELECT version FROM "
                    + HISTORY
                    + " WHERE success = 1 AND version IS NOT NULL"
                    + " ORDER BY installed_rank DESC LIMIT 1";

    /**
     * @param version the schema's version now
     * @param applied how many migrations it took
     */
    record Result(String version, int applied) {}

    private SchemaMigration() {}

    static Result migrate(JdbcOptions jdbc) {
        return migrate(jdbc, MigrationVersion.LATEST);
    }

    /** Stops at a version: what a database of an earlier release looks like. */
    static Result migrate(JdbcOptions jdbc, MigrationVersion target) {
        connectOnce(jdbc);
        Flyway flyway = configuration(jdbc).target(target).load();
        refuseNewer(flyway);
        try {
            MigrateResult result = flyway.migrate();
            MigrationInfo current = flyway.info().current();
            return new Result(current.getVersion().getVersion(), result.migrationsExecuted);
        } catch (FlywayException e) {
            throw CommandFailure.failed("migration failed: " + explain(e, jdbc));
        }
    }

    /** Fails with what to do unless the schema is the one that this program knows. */
    static void requireCurrent(Connection connection) throws SQLException {
        String found = version(connection);
        if (!NEWEST.equals(found)) {
            throw CommandFailure.usage(
                    "schema is "
                            + (found == null ? "missing" : "at version " + found)
                            + ", this program needs version "
                            + NEWEST
                            + ": run gatewatch database migrate");
        }
    }

    /** The schema's version, or null where no migration has run. */
    static String version(Connection connection) throws SQLException {
        if (!hasHistory(connection)) {
            return null;
        }
        try (PreparedStatement query = connection.prepareStatement(VERSION_QUERY);
                ResultSet row = query.executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private static boolean hasHistory(Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "SELECT 1 FROM information_schema.tables"
                                + " WHERE table_schema = DATABASE() AND table_name = ?")) {
            query.setString(1, HISTORY);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    /**
     * Flyway retries and wraps what goes wrong with a connection; one attempt of our own says it
     * plainly.
     */
    private static void connectOnce(JdbcOptions jdbc) {
        try (Connection connection = jdbc.connect()) {
            connection.isValid(0);
        } catch (SQLException e) {
            throw jdbc.failure(e);
        }
    }

    private static void refuseNewer(Flyway flyway) {
        MigrationInfo current = flyway.info().current();
        if (current != null && current.getVersion().isNewerThan(NEWEST)) {
            throw CommandFailure.usage(
                    "schema is at version "
                            + current.getVersion()
                            + ", this program knows only up to "
                            + NEWEST
                            + ": use the newer Gatewatch that made it");
        }
    }

    private static String explain(FlywayException e, JdbcOptions jdbc) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("no schema history table")) {
            return "database "
                    + jdbc.databaseName()
                    + " holds tables of something else; give Gatewatch a database of its own";
        }
        return message;
    }

    private static FluentConfiguration configuration(JdbcOptions jdbc) {
        return Flyway.configure(SchemaMigration.class.getClassLoader())
                .dataSource(jdbc.url, jdbc.user, jdbc.password())
                .locations("classpath:db/migration", "classpath:db/compat")
                .table(HISTORY)
                .loggers("slf4j")
                .cleanDisabled(true)
                .communityDBSupportEnabled(true)
                .connectRetries(0);
    }
}
