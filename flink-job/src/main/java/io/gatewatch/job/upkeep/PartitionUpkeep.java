package io.gatewatch.job.upkeep;

import io.gatewatch.job.sink.jdbc.JdbcSettings;
import io.gatewatch.partitions.DayPartitions;
import io.gatewatch.settings.JdbcOptions;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;

/**
 * One round of upkeep: partitions for the days ahead, and days past their retention dropped, as
 * {@code gatewatch database maintain} does it by hand. Jobs and commands may do it at the same
 * time.
 *
 * @param retentionDays whole days, or {@link DayPartitions#FOR_EVER}
 */
public record PartitionUpkeep(JdbcSettings jdbc, int retentionDays)
        implements DailyTask.Round, Serializable {
    @Override
    public String run(DailyTask.Stop stop) throws SQLException {
        JdbcOptions options = JdbcOptions.of(jdbc.url(), jdbc.user(), jdbc.password());
        try (Connection connection = options.connect()) {
            // Whoever stops the job does not wait for a long statement.
            stop.by(() -> connection.abort(Runnable::run));
            DayPartitions partitions = new DayPartitions(connection, Clock.systemUTC());
            int added = partitions.extend(DayPartitions.DEFAULT_DAYS_AHEAD);
            DayPartitions.Removed removed = partitions.removeOlderThan(retentionDays);
            return "partitions kept: added="
                    + added
                    + " dropped="
                    + removed.partitions()
                    + " deletedRows="
                    + removed.olderRows();
        }
    }
}
