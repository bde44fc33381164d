package io.gatewatch.job.gateways;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.gatewatch.job.deadletter.DeadLetter;
import io.gatewatch.job.deadletter.DeadLetterSerializer;
import io.gatewatch.job.deadletter.Refusals;
import io.gatewatch.job.ledger.MinuteReport;
import io.gatewatch.job.ledger.MinuteReportSerializer;
import io.gatewatch.job.source.TopicRecord;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records of the agents' topic to rows, and to {@link #MINUTES}; what is no report is logged and
 * goes to {@link #DEAD_LETTERS}.
 */
public final class AgentReportFunction extends ProcessFunction<TopicRecord, GatewayRow>
        implements ResultTypeQueryable<GatewayRow> {
    private static final long serialVersionUID = 1L;

    /** Records that are no report. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", DeadLetterSerializer.TYPE);

    /** What reports say of single minutes, for the ledger. */
    public static final OutputTag<MinuteReport> MINUTES =
            new OutputTag<>("minutes", MinuteReportSerializer.TYPE);

    private static final Logger LOG = LoggerFactory.getLogger(AgentReportFunction.class);

    private transient Refusals refusals;

    @Override
    public void open(OpenContext context) {
        refusals = new Refusals(getRuntimeContext().getMetricGroup(), "refusedReports");
    }

    @Override
    public void processElement(TopicRecord record, Context context, Collector<GatewayRow> out) {
        try {
            AgentReport report = read(record);
            out.collect(report.row());
            if (report.minute() != null) {
                context.output(MINUTES, report.minute());
            }
        } catch (IOException e) {
            String reason = reason(e);
            refuse(record, reason);
            context.output(DEAD_LETTERS, DeadLetter.of(record, reason));
        }
    }

    private void refuse(TopicRecord record, String reason) {
        if (refusals.count()) {
            LOG.warn(
                    "agent report refused: partition={} offset={} reason={} refused={}",
                    record.partition(),
                    record.offset(),
                    reason,
                    refusals.total());
        }
    }

    /** On one line: without the place, which the parser adds on lines of its own. */
    private static String reason(IOException failure) {
        return failure instanceof JsonProcessingException syntax
                ? syntax.getOriginalMessage()
                : failure.getMessage();
    }

    private static AgentReport read(TopicRecord record) throws IOException {
        if (record.value() == null) {
            throw new IOException("record without a value");
        }
        return AgentReportReader.read(record.value(), record.appendTimeMs());
    }

    @Override
    public TypeInformation<GatewayRow> getProducedType() {
        return GatewayRowSerializer.TYPE;
    }
}
