package io.gatewatch.job.sink.lines;

import io.gatewatch.dns.log.DnsLogRow;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Rows of the DNS log to lines, on every subtask. */
public final class DnsLineFunction extends ProcessFunction<DnsLogRow, SortedLine>
        implements ResultTypeQueryable<SortedLine> {
    private static final long serialVersionUID = 1L;
    private static final long NANOS_PER_MICRO = 1_000;

    private final LineFormat format;
    private transient LineWriter<DnsLogRow> writer;

    public DnsLineFunction(LineFormat format) {
        this.format = format;
    }

    @Override
    public TypeInformation<SortedLine> getProducedType() {
        return SortedLineSerializer.TYPE;
    }

    @Override
    public void open(OpenContext context) {
        writer = format.dnsWriter();
    }

    @Override
    public void processElement(DnsLogRow row, Context context, Collector<SortedLine> out)
            throws IOException {
        long timeUs = Math.floorDiv(row.timeNs, NANOS_PER_MICRO);
        out.collect(new SortedLine(timeUs, row.dnsId, writer.line(row)));
    }
}
