package io.gatewatch.job.dns;

import io.gatewatch.dns.log.DnsFlowReader;
import io.gatewatch.dns.log.DnsLogRow;
import io.gatewatch.dns.log.DnsStreams;
import io.gatewatch.dns.names.NameFact;
import io.gatewatch.job.names.BroadcastFact;
import io.gatewatch.job.names.BroadcastFactSerializer;
import io.gatewatch.job.session.EventTime;
import io.gatewatch.job.session.FlowSlice;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.wire.FlowBlock;
import io.gatewatch.wire.WireFormatException;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Reads the messages of DNS flows. Of a TCP connection it keeps what segments have not completed
 * yet, until nothing has come for {@value #IDLE_SECONDS} s of event time.
 */
public final class DnsFunction extends KeyedProcessFunction<FlowKey, FlowSlice, DnsLogRow>
        implements ResultTypeQueryable<DnsLogRow> {
    private static final long serialVersionUID = 1L;

    /** Name of the keyed state that holds the streams of a connection. */
    public static final String STATE_STREAMS = "dns-streams";

    /** What answers say about addresses. */
    public static final OutputTag<BroadcastFact> FACTS =
            new OutputTag<>("dns-facts", BroadcastFactSerializer.TYPE);

    static final int IDLE_SECONDS = 600;

    private static final long IDLE_NS = IDLE_SECONDS * 1_000_000_000L;

    private transient DnsFlowReader reader;
    private transient ValueState<DnsStreams> streams;
    private transient FlowBlock flow;
    private transient Results results;

    @Override
    public TypeInformation<DnsLogRow> getProducedType() {
        return DnsLogRowSerializer.TYPE;
    }

    @Override
    public void open(OpenContext context) {
        reader = new DnsFlowReader();
        flow = new FlowBlock();
        results = new Results();
        streams =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        STATE_STREAMS, new DnsStreamsSerializer()));
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        Gauge<Long> messages = reader::messages;
        Gauge<Long> malformed = reader::malformed;
        Gauge<Long> incomplete = reader::incomplete;
        metrics.gauge("dnsMessages", messages);
        metrics.gauge("dnsMalformed", malformed);
        metrics.gauge("dnsIncomplete", incomplete);
    }

    @Override
    public void processElement(FlowSlice slice, Context context, Collector<DnsLogRow> out)
            throws IOException, WireFormatException {
        slice.show(flow);
        results.serve(context, out);
        DnsStreams before = streams.value();
        DnsStreams after = reader.read(slice.key(), slice.gateway(), flow, before, results);
        if (after != null) {
            after.heard(Math.max(flow.packets().packet().timeNs, slice.watermarkNs()));
            streams.update(after);
        }
        if (before == null && after != null) {
            forgetAfter(after, context);
        }
    }

    private static void forgetAfter(
            DnsStreams streams, KeyedProcessFunction<FlowKey, ?, ?>.Context context) {
        context.timerService()
                .registerEventTimeTimer(EventTime.timerMs(streams.heardNs() + IDLE_NS));
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<DnsLogRow> out)
            throws IOException {
        DnsStreams kept = streams.value();
        if (kept == null) {
            return;
        }
        if (EventTime.timerMs(kept.heardNs() + IDLE_NS) <= timestamp) {
            streams.clear();
        } else {
            forgetAfter(kept, context);
        }
    }

    /** The reader's output in Flink's terms. */
    private static final class Results implements DnsFlowReader.Output {
        private KeyedProcessFunction<FlowKey, FlowSlice, DnsLogRow>.Context context;
        private Collector<DnsLogRow> out;

        void serve(
                KeyedProcessFunction<FlowKey, FlowSlice, DnsLogRow>.Context servedContext,
                Collector<DnsLogRow> collector) {
            context = servedContext;
            out = collector;
        }

        @Override
        public void row(DnsLogRow row) {
            out.collect(row);
        }

        @Override
        public void name(NameFact fact) {
            context.output(FACTS, new BroadcastFact.Name(fact));
        }
    }
}
