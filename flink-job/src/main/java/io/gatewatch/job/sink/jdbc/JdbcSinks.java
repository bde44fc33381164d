package io.gatewatch.job.sink.jdbc;

import io.gatewatch.job.gateways.GatewayRow;
import io.gatewatch.job.ledger.LedgerRow;
import io.gatewatch.traffic.session.SessionRow;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;
import org.apache.flink.connector.jdbc.datasource.statements.JdbcQueryStatement;

/** Sinks into tables. Written at least once; upserts make that once in effect. */
public final class JdbcSinks {
    private JdbcSinks() {}

    public static Sink<SessionRow> sessions(JdbcSettings settings) {
        return sink(settings, new SessionStatement());
    }

    public static Sink<GatewayRow> gateways(JdbcSettings settings) {
        return sink(settings, new GatewayStatement());
    }

    public static Sink<LedgerRow> ledger(JdbcSettings settings) {
        return sink(settings, new LedgerStatement());
    }

    private static <T> Sink<T> sink(JdbcSettings settings, JdbcQueryStatement<T> statement) {
        return new RecoverableSink<>(
                JdbcSink.<T>builder()
                        .withExecutionOptions(JdbcSettings.execution())
                        .withQueryStatement(statement)
                        .buildAtLeastOnce(settings.connection()));
    }
}
