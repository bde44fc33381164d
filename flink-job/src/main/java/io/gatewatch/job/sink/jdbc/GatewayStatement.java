package io.gatewatch.job.sink.jdbc;

import io.gatewatch.job.gateways.GatewayRow;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.apache.flink.connector.jdbc.datasource.statements.JdbcQueryStatement;

/**
 * Upserts into the table {@code gateways}: the newest report counts, in whatever order reports
 * come; {@code first_seen} stays the earliest.
 */
public final class GatewayStatement implements JdbcQueryStatement<GatewayRow> {
    private static final long serialVersionUID = 1L;

    private static final String QUERY =
            Upsert.into("gateways", "last_seen")
                    .key("gateway")
                    .lowest("first_seen")
                    .newest("site", "version", "interfaces", "clock_skew_ms", "capture_clock")
                    .newest("boot_id", "last_report", "captured", "decapsulated", "shipped")
                    .newest("kernel_dropped", "queue_dropped", "own_traffic")
                    .newest("undecodable", "ignored", "counters")
                    .sql();

    private transient Parameters parameters;

    @Override
    public String query() {
        return QUERY;
    }

    @Override
    public void statement(PreparedStatement statement, GatewayRow row) throws SQLException {
        if (parameters == null) {
            parameters = new Parameters();
        }
        Parameters to = parameters.of(statement);
        to.text(row.gateway).timeMs(row.seenMs);
        to.text(row.site).text(row.version).text(row.interfaces).number(row.clockSkewMs);
        to.timeNsOrNull(row.captureClockNs, GatewayRow.NO_CLOCK);
        to.bytes(row.bootId).text(row.lastReport);
        to.number(row.captured).number(row.decapsulated).number(row.shipped);
        to.number(row.kernelDropped).number(row.queueDropped).number(row.ownTraffic);
        to.number(row.undecodable).number(row.ignored).text(row.counters);
        to.timeMs(row.seenMs);
    }
}
