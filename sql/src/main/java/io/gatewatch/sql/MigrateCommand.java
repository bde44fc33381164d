package io.gatewatch.sql;

import io.gatewatch.partitions.DayPartitions;
import io.gatewatch.settings.Command;
import io.gatewatch.settings.CommandFailure;
import io.gatewatch.settings.CommonOptions;
import io.gatewatch.settings.ExitCode;
import io.gatewatch.settings.Problems;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code database migrate}: brings the schema to the current version and adds partitions. */
@CommandLine.Command(
        name = "migrate",
        description = "Brings the database's schema to the current version.",
        footer = {
            "",
            "Example:",
            "  GATEWATCH_JDBC_PASSWORD=secret gatewatch database migrate \\",
            "      --jdbc-url jdbc:mysql://localhost:3306/gatewatch --jdbc-user gatewatch"
        })
final class MigrateCommand implements Command {
    @Mixin SchemaOptions schema;

    @Mixin CommonOptions common;

    @Spec CommandSpec spec;

    @Override
    public void validate(Problems problems) {
        schema.validate(problems);
    }

    @Override
    public int run() {
        SchemaMigration.Result result = SchemaMigration.migrate(schema.jdbc);
        try (Connection connection = schema.jdbc.connect()) {
            new DayPartitions(connection, Clock.systemUTC()).extend(schema.daysAhead);
        } catch (SQLException e) {
            throw CommandFailure.failed("partitions could not be added: " + e.getMessage());
        }
        spec.commandLine()
                .getOut()
                .println(
                        "schema "
                                + schema.jdbc.databaseName()
                                + " is at version "
                                + result.version()
                                + " ("
                                + (result.applied() == 0
                                        ? "nothing to do"
                                        : result.applied() + " applied")
                                + ")");
        return ExitCode.OK;
    }
}
