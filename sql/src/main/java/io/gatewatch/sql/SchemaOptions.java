package io.gatewatch.sql;

import io.gatewatch.partitions.DayPartitions;
import io.gatewatch.settings.JdbcOptions;
import io.gatewatch.settings.Problems;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command on the schema needs: the database, and how far ahead it gets partitions. */
final class SchemaOptions {
    @Mixin JdbcOptions jdbc;

    @Option(
            names = "--days-ahead",
            paramLabel = "DAYS",
            defaultValue = "" + DayPartitions.DEFAULT_DAYS_AHEAD,
            description = "Days that get a partition beforehand (default: ${DEFAULT-VALUE}).")
    int daysAhead;

    void validate(Problems problems) {
        jdbc.validate(problems);
        DayPartitions.checkDaysAhead(daysAhead, problems);
    }
}
