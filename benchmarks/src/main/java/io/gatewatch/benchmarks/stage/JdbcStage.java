package io.gatewatch.benchmarks.stage;

import io.gatewatch.benchmarks.load.SyntheticRows;
import io.gatewatch.benchmarks.measure.ProcessUse;
import io.gatewatch.benchmarks.measure.Sample;
import io.gatewatch.benchmarks.measure.Series;
import io.gatewatch.benchmarks.measure.Span;
import io.gatewatch.benchmarks.report.Figure;
import io.gatewatch.benchmarks.report.Report;
import io.gatewatch.demo.EmbeddedDatabase;
import io.gatewatch.dns.log.DnsLogRow;
import io.gatewatch.job.deadletter.DeadLetterSerializer;
import io.gatewatch.job.sink.DnsLogRowSerializer;
import io.gatewatch.job.sink.SessionRowSerializer;
import io.gatewatch.job.sink.jdbc.DnsLogTable;
import io.gatewatch.job.sink.jdbc.JdbcSettings;
import io.gatewatch.job.sink.jdbc.SessionsTable;
import io.gatewatch.job.sink.jdbc.Table;
import io.gatewatch.job.sink.jdbc.TableOperator;
import io.gatewatch.settings.JdbcOptions;
import io.gatewatch.traffic.session.SessionRow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * The job's table writers alone, one connection each, into an embedded MariaDB with the schema as
 * it is: rows a second, and as the table grows.
 */
public final class JdbcStage implements Stage {
    private static final long MILLION = 1_000_000;
    private static final int PARTS = 5;

    /** Rows made so far; a row is made when the one before has been taken. */
    private static final AtomicLong MADE = new AtomicLong();

    @Override
    public String name() {
        return "jdbc";
    }

    @Override
    public String description() {
        return "the job's table writers alone, into an embedded MariaDB";
    }

    @Override
    public void run(Bench bench, Report report) throws Exception {
        long rows = bench.plan().packetsOr(20_000, 5 * MILLION);
        Path folder = bench.folder(name());
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("database"))) {
            database.migrate();
            long startNs = System.currentTimeMillis() * MILLION;
            write(
                    report,
                    database,
                    "sessions",
                    new SessionsTable(),
                    SessionRowSerializer.TYPE,
                    new SessionMaker(startNs),
                    rows);
            write(
                    report,
                    database,
                    "dns_log",
                    new DnsLogTable(),
                    DnsLogRowSerializer.TYPE,
                    new DnsMaker(startNs),
                    rows / 5);
        } finally {
            Folders.delete(folder);
        }
    }

    private <T> void write(
            Report report,
            EmbeddedDatabase database,
            String name,
            Table<T> table,
            TypeInformation<T> type,
            MapFunction<Long, T> maker,
            long rows)
            throws Exception {
        MADE.set(0);
        JdbcSettings jdbc =
                JdbcSettings.of(
                        JdbcOptions.of(database.jdbcUrl(), database.user(), database.password()));
        StreamExecutionEnvironment environment = environment();
        environment
                .fromSequence(0, rows - 1)
                .map(maker)
                .returns(type)
                .transform(name, DeadLetterSerializer.TYPE, new TableOperator<>(jdbc, table))
                .sinkTo(new DiscardingSink<>());
        JobClient job = environment.executeAsync(name);
        Series series =
                Watch.until(
                        rows,
                        () ->
                                new Sample(
                                        System.nanoTime(),
                                        MADE.get(),
                                        ProcessUse.treeCpuNs(database.process().pid()),
                                        0));
        job.getJobExecutionResult().get();
        report(report, name, series, rows);
        requireRows(database, name, rows);
    }

    private static StreamExecutionEnvironment environment() {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(1);
        return environment;
    }

    /** The curve; each part begins with the row at which the one before ended. */
    private void report(Report report, String table, Series series, long rows) {
        long first = rows / 20;
        add(report, table + " rows", series.between(first, rows, true));
        if (rows < MILLION) {
            return;
        }
        for (int part = 0; part < PARTS; part++) {
            long from = Math.max(first, rows * part / PARTS);
            long to = rows * (part + 1) / PARTS;
            String label = " rows from " + rows * part / PARTS + " on";
            add(report, table + label, series.between(from, to, part == PARTS - 1));
        }
    }

    private void add(Report report, String label, Span span) {
        report.add(
                new Figure(
                        name(),
                        label,
                        span.packetsPerSecond(),
                        "rows/s",
                        span.packets(),
                        span.seconds()));
        report.add(
                new Figure(
                        name(),
                        "CPU of the database, " + label,
                        span.cpuNsPerPacket() / 1_000,
                        "us/row",
                        span.packets(),
                        span.seconds()));
    }

    private static void requireRows(EmbeddedDatabase database, String table, long rows)
            throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            result.next();
            if (result.getLong(1) != rows) {
                throw new IllegalStateException(
                        result.getLong(1) + " of " + rows + " rows are in " + table);
            }
        }
    }

    private static final class SessionMaker implements MapFunction<Long, SessionRow> {
        private static final long serialVersionUID = 1L;

        private final long startNs;
        private transient SyntheticRows rows;

        SessionMaker(long startNs) {
            this.startNs = startNs;
        }

        @Override
        public SessionRow map(Long number) {
            rows = rows == null ? new SyntheticRows(startNs) : rows;
            MADE.incrementAndGet();
            return rows.session(number);
        }
    }

    private static final class DnsMaker implements MapFunction<Long, DnsLogRow> {
        private static final long serialVersionUID = 1L;

        private final long startNs;
        private transient SyntheticRows rows;

        DnsMaker(long startNs) {
            this.startNs = startNs;
        }

        @Override
        public DnsLogRow map(Long number) {
            rows = rows == null ? new SyntheticRows(startNs) : rows;
            MADE.incrementAndGet();
            return rows.dns(number);
        }
    }
}
