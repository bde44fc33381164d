package io.gatewatch.sql;

import io.gatewatch.partitions.DayPartitions;
import io.gatewatch.partitions.RetentionOptions;
import io.gatewatch.settings.Command;
import io.gatewatch.settings.CommandFailure;
import io.gatewatch.settings.CommonOptions;
import io.gatewatch.settings.ExitCode;
import io.gatewatch.settings.Problems;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code database maintain}: partitions for the days ahead, old days dropped. */
@CommandLine.Command(
        name = "maintain",
        description = "Adds partitions for the days ahead and drops days past their retention.",
        footer = {
            "",
            "The job does this once a day. Without it, run this once a day; twice does no harm.",
            "Example:",
            "  gatewatch database maintain --jdbc-url jdbc:mysql://localhost:3306/gatewatch \\",
            "      --jdbc-password-file /etc/gatewatch/password --retention-days 90"
        })
final class MaintainCommand implements Command {
    @Mixin SchemaOptions schema;

    @Mixin CommonOptions common;

    @Mixin RetentionOptions retention;

    @Spec CommandSpec spec;

    @Override
    public void validate(Problems problems) {
        schema.validate(problems);
        retention.validate(problems);
    }

    @Override
    public int run() {
        try (Connection connection = schema.jdbc.connect()) {
            SchemaMigration.requireCurrent(connection);
            DayPartitions partitions = new DayPartitions(connection, Clock.systemUTC());
            PrintWriter out = spec.commandLine().getOut();
            out.println(partitions.extend(schema.daysAhead) + " partitions added");
            if (retention.days() != DayPartitions.FOR_EVER) {
                DayPartitions.Removed removed = partitions.removeOlderThan(retention.days());
                out.println(
                        removed.partitions()
                                + " partitions dropped, "
                                + removed.olderRows()
                                + " rows from before the first partition deleted");
            }
            return ExitCode.OK;
        } catch (SQLException e) {
            throw CommandFailure.failed("maintenance stopped: " + e.getMessage());
        }
    }
}
