package io.gatewatch.job;

import io.gatewatch.dns.log.DnsLogRow;
import io.gatewatch.job.config.JobSettings;
import io.gatewatch.job.config.RunOptions;
import io.gatewatch.job.config.SessionOptions;
import io.gatewatch.job.deadletter.DeadLetter;
import io.gatewatch.job.deadletter.DeadLetterSerializer;
import io.gatewatch.job.deadletter.DeadLetterSink;
import io.gatewatch.job.dns.DnsFunction;
import io.gatewatch.job.gateways.AgentReportFunction;
import io.gatewatch.job.gateways.GatewayRow;
import io.gatewatch.job.ledger.LedgerRow;
import io.gatewatch.job.names.BroadcastFact;
import io.gatewatch.job.session.CutFunction;
import io.gatewatch.job.session.FlowSlice;
import io.gatewatch.job.session.KeyedRow;
import io.gatewatch.job.session.SessionFunction;
import io.gatewatch.job.sink.DiscardOperator;
import io.gatewatch.job.sink.RowBufferOperator;
import io.gatewatch.job.sink.SessionRowSerializer;
import io.gatewatch.job.sink.jdbc.DnsLogTable;
import io.gatewatch.job.sink.jdbc.GatewaysTable;
import io.gatewatch.job.sink.jdbc.JdbcSettings;
import io.gatewatch.job.sink.jdbc.LedgerTable;
import io.gatewatch.job.sink.jdbc.SessionsTable;
import io.gatewatch.job.sink.jdbc.Table;
import io.gatewatch.job.sink.jdbc.TableOperator;
import io.gatewatch.job.source.BatchRecordSerializer;
import io.gatewatch.job.source.KafkaSources;
import io.gatewatch.job.source.TimelessWatermarks;
import io.gatewatch.job.source.TopicRecordSerializer;
import io.gatewatch.job.upkeep.PartitionUpkeep;
import io.gatewatch.job.upkeep.UpkeepFunction;
import io.gatewatch.settings.JdbcOptions;
import io.gatewatch.topics.KafkaOptions;
import io.gatewatch.traffic.session.SessionRow;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;

/** The graph of the live job: between Kafka and the database. */
final class LiveJob {
    static final String NAME = "gatewatch";

    private static final int BUFFERED_ROWS = 2_000;
    private static final long BUFFERED_MS = 1_000;

    private final JobSettings settings;
    private final Properties kafka;
    private final JdbcSettings jdbc;
    private final PartitionUpkeep upkeep;

    /**
     * @param jdbc the database, or null where rows are thrown away: to measure all that is before
     *     it
     * @param upkeep of the database's partitions, or null where somebody else does that
     */
    LiveJob(JobSettings settings, Properties kafka, JdbcSettings jdbc, PartitionUpkeep upkeep) {
        this.settings = settings;
        this.kafka = kafka;
        this.jdbc = jdbc;
        this.upkeep = upkeep;
    }

    /** The job as the options of its commands want it. */
    static LiveJob of(
            KafkaOptions kafka, JdbcOptions jdbc, RunOptions run, SessionOptions sessions) {
        JdbcSettings database = JdbcSettings.of(jdbc);
        return new LiveJob(
                sessions.live(run.firstUpdate, run.updateInterval),
                kafka.clientProperties(),
                database,
                run.noPartitionUpkeep ? null : new PartitionUpkeep(database, run.retention.days()));
    }

    /** The same job without a database: its rows are thrown away. */
    static LiveJob discarding(KafkaOptions kafka, RunOptions run, SessionOptions sessions) {
        return new LiveJob(
                sessions.live(run.firstUpdate, run.updateInterval),
                kafka.clientProperties(),
                null,
                null);
    }

    /**
     * Adds the graph to the environment.
     *
     * @param packetPartitions partitions of the packets topic: a subtask of the source that reads
     *     none would hold time still
     */
    void build(StreamExecutionEnvironment environment, int packetPartitions) {
        int sourceParallelism = Math.min(environment.getParallelism(), packetPartitions);
        environment.setMaxParallelism(JobGraph.MAX_PARALLELISM);
        SingleOutputStreamOperator<FlowSlice> slices = slices(environment, sourceParallelism);
        SingleOutputStreamOperator<KeyedRow> sessions = JobGraph.sessions(slices, settings);
        SingleOutputStreamOperator<GatewayRow> gateways = gateways(environment);
        SingleOutputStreamOperator<LedgerRow> ledger =
                JobGraph.ledger(
                        slices.getSideOutput(CutFunction.ARRIVALS)
                                .union(sessions.getSideOutput(SessionFunction.LEFT_OUT)),
                        gateways.getSideOutput(AgentReportFunction.MINUTES));
        SingleOutputStreamOperator<DnsLogRow> dnsLog =
                JobGraph.dnsLog(slices.getSideOutput(CutFunction.DNS_SLICES));
        DataStream<BroadcastFact> facts = dnsLog.getSideOutput(DnsFunction.FACTS);
        slices.getSideOutput(CutFunction.DEAD_LETTERS)
                .union(
                        gateways.getSideOutput(AgentReportFunction.DEAD_LETTERS),
                        writeSessions(JobGraph.names(sessions, facts, settings)),
                        writeDnsLog(dnsLog),
                        writeLedger(ledger),
                        writeGateways(gateways))
                .sinkTo(DeadLetterSink.of(kafka))
                .setParallelism(1)
                .uid(OperatorIds.DEAD_LETTERS)
                .name(OperatorIds.DEAD_LETTERS);
    }

    private SingleOutputStreamOperator<FlowSlice> slices(
            StreamExecutionEnvironment environment, int sourceParallelism) {
        return JobGraph.slices(
                environment
                        .fromSource(
                                KafkaSources.batches(kafka),
                                WatermarkStrategy.noWatermarks(),
                                OperatorIds.BATCHES,
                                BatchRecordSerializer.TYPE)
                        .setParallelism(sourceParallelism)
                        .uid(OperatorIds.BATCHES),
                settings);
    }

    private SingleOutputStreamOperator<GatewayRow> gateways(
            StreamExecutionEnvironment environment) {
        return environment
                .fromSource(
                        KafkaSources.agents(kafka),
                        new TimelessWatermarks<>(),
                        OperatorIds.AGENT_REPORTS,
                        TopicRecordSerializer.TYPE)
                .setParallelism(1)
                .uid(OperatorIds.AGENT_REPORTS)
                .process(new AgentReportFunction())
                .setParallelism(1)
                .uid(OperatorIds.GATEWAY_ROWS)
                .name(OperatorIds.GATEWAY_ROWS);
    }

    private DataStream<DeadLetter> writeSessions(SingleOutputStreamOperator<SessionRow> rows) {
        return rows.transform(
                        OperatorIds.SESSION_ROWS,
                        SessionRowSerializer.TYPE,
                        new RowBufferOperator(BUFFERED_ROWS, BUFFERED_MS))
                .uid(OperatorIds.SESSION_ROWS)
                // A thread of its own: assembly goes on while the database is waited for.
                .startNewChain()
                .transform(
                        OperatorIds.SESSIONS_TABLE,
                        DeadLetterSerializer.TYPE,
                        writer(new SessionsTable()))
                .uid(OperatorIds.SESSIONS_TABLE);
    }

    private DataStream<DeadLetter> writeDnsLog(SingleOutputStreamOperator<DnsLogRow> rows) {
        return rows.transform(
                        OperatorIds.DNS_TABLE, DeadLetterSerializer.TYPE, writer(new DnsLogTable()))
                .uid(OperatorIds.DNS_TABLE)
                .startNewChain();
    }

    private DataStream<DeadLetter> writeLedger(SingleOutputStreamOperator<LedgerRow> rows) {
        return rows.transform(
                        OperatorIds.LEDGER_TABLE,
                        DeadLetterSerializer.TYPE,
                        writer(new LedgerTable()))
                .uid(OperatorIds.LEDGER_TABLE);
    }

    private DataStream<DeadLetter> writeGateways(SingleOutputStreamOperator<GatewayRow> reports) {
        SingleOutputStreamOperator<GatewayRow> rows = reports;
        if (upkeep != null) {
            rows =
                    rows.process(new UpkeepFunction(upkeep))
                            .setParallelism(1)
                            .uid(OperatorIds.PARTITION_UPKEEP)
                            .name(OperatorIds.PARTITION_UPKEEP);
        }
        return rows.transform(
                        OperatorIds.GATEWAYS_TABLE,
                        DeadLetterSerializer.TYPE,
                        writer(new GatewaysTable()))
                .setParallelism(1)
                .uid(OperatorIds.GATEWAYS_TABLE);
    }

    private <T> OneInputStreamOperator<T, DeadLetter> writer(Table<T> table) {
        return jdbc == null ? new DiscardOperator<>() : new TableOperator<>(jdbc, table);
    }
}
