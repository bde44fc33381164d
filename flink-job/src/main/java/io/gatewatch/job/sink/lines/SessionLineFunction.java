package io.gatewatch.job.sink.lines;

import io.gatewatch.traffic.session.SessionRow;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Final rows to lines, on every subtask; what is not final is left out. */
public final class SessionLineFunction extends ProcessFunction<SessionRow, SortedLine>
        implements ResultTypeQueryable<SortedLine> {
    private static final long serialVersionUID = 1L;
    private static final long NANOS_PER_MICRO = 1_000;

    private final LineFormat format;
    private transient LineWriter<SessionRow> writer;

    public SessionLineFunction(LineFormat format) {
        this.format = format;
    }

    @Override
    public TypeInformation<SortedLine> getProducedType() {
        return SortedLineSerializer.TYPE;
    }

    @Override
    public void open(OpenContext context) {
        writer = format.sessionWriter();
    }

    @Override
    public void processElement(SessionRow row, Context context, Collector<SortedLine> out)
            throws IOException {
        if (!row.isFinal()) {
            return;
        }
        long timeUs = Math.floorDiv(row.startTimeNs, NANOS_PER_MICRO);
        out.collect(new SortedLine(timeUs, row.sessionId, writer.line(row)));
    }
}
