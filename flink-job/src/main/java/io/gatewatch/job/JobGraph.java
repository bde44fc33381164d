package io.gatewatch.job;

import io.gatewatch.dns.log.DnsLogRow;
import io.gatewatch.job.config.JobSettings;
import io.gatewatch.job.dns.DnsFunction;
import io.gatewatch.job.ledger.BatchArrival;
import io.gatewatch.job.ledger.LedgerFunction;
import io.gatewatch.job.ledger.LedgerKeySerializer;
import io.gatewatch.job.ledger.LedgerRow;
import io.gatewatch.job.ledger.MinuteReport;
import io.gatewatch.job.names.BroadcastFact;
import io.gatewatch.job.names.NamingFunction;
import io.gatewatch.job.session.CutOperator;
import io.gatewatch.job.session.FlowKeySerializer;
import io.gatewatch.job.session.FlowSlice;
import io.gatewatch.job.session.FlowSliceSerializer;
import io.gatewatch.job.session.KeyedRow;
import io.gatewatch.job.session.KeyedRowSerializer;
import io.gatewatch.job.session.SessionOperator;
import io.gatewatch.job.source.BatchRecord;
import io.gatewatch.traffic.session.SessionRow;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The steps between batches and rows, the same for every command; only the ends differ.
 *
 * <pre>
 *  batches ─► cut ══ keyBy(site + 5-tuple) ══► sessions ─► names ─► rows
 *              ├──── keyBy(site + 5-tuple) ──► dns ─broadcast─┘ └─► rows of the DNS log
 *              └──── keyBy(agent's boot) ───┬─────┘
 *  reports ────────────────────────────────┴──► ledger ─► rows
 * </pre>
 */
public final class JobGraph {
    /** Key groups: fixed for ever, because savepoints are divided by them. */
    public static final int MAX_PARALLELISM = 720;

    private JobGraph() {}

    /**
     * Builds the step behind a source of batches; it has side outputs.
     *
     * @param batches without watermarks: the cut makes the time
     */
    public static SingleOutputStreamOperator<FlowSlice> slices(
            SingleOutputStreamOperator<BatchRecord> batches, JobSettings settings) {
        return batches.transform(
                        OperatorIds.CUT,
                        FlowSliceSerializer.TYPE,
                        new CutOperator(settings.clock()))
                .setParallelism(batches.getParallelism())
                .uid(OperatorIds.CUT);
    }

    /** Builds the step behind {@link #slices}; it has a side output. */
    public static SingleOutputStreamOperator<KeyedRow> sessions(
            DataStream<FlowSlice> slices, JobSettings settings) {
        return slices.keyBy(FlowSlice::key, FlowKeySerializer.TYPE)
                .transform(
                        OperatorIds.SESSIONS,
                        KeyedRowSerializer.TYPE,
                        new SessionOperator(settings.sessions()))
                .uid(OperatorIds.SESSIONS);
    }

    /**
     * Builds the DNS log, whose key is that of sessions; it has a side output.
     *
     * @param slices those of DNS flows
     */
    public static SingleOutputStreamOperator<DnsLogRow> dnsLog(DataStream<FlowSlice> slices) {
        return slices.keyBy(FlowSlice::key, FlowKeySerializer.TYPE)
                .process(new DnsFunction())
                .uid(OperatorIds.DNS)
                .name(OperatorIds.DNS);
    }

    /**
     * Builds the step behind {@link #sessions}.
     *
     * @param facts of {@link #dnsLog}, for every subtask
     */
    public static SingleOutputStreamOperator<SessionRow> names(
            DataStream<KeyedRow> sessions, DataStream<BroadcastFact> facts, JobSettings settings) {
        return DataStreamUtils.reinterpretAsKeyedStream(
                        sessions, KeyedRow::key, FlowKeySerializer.TYPE)
                .connect(facts.broadcast(NamingFunction.NAMES))
                .process(
                        new NamingFunction(
                                settings.sessions().interimRows(),
                                settings.maxNames(),
                                settings.sessions().longestHold()))
                .uid(OperatorIds.NAMES)
                .name(OperatorIds.NAMES);
    }

    /**
     * Builds the ledger, whose key is the boot of an agent.
     *
     * @param arrivals of {@link #slices} and {@link #sessions}
     */
    public static SingleOutputStreamOperator<LedgerRow> ledger(
            DataStream<BatchArrival> arrivals, DataStream<MinuteReport> reports) {
        return arrivals.keyBy(BatchArrival::key, LedgerKeySerializer.TYPE)
                .connect(reports.keyBy(MinuteReport::key, LedgerKeySerializer.TYPE))
                .process(new LedgerFunction())
                .uid(OperatorIds.LEDGER)
                .name(OperatorIds.LEDGER);
    }
}
