package io.gatewatch.job.names;

import io.gatewatch.job.session.KeyedRow;
import io.gatewatch.job.sink.SessionRowSerializer;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.traffic.session.SessionRow;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Where rows get host names that their own packets do not state. Keyed as assembly is, on the same
 * subtask. It knows no names yet: rows pass as they are.
 */
public final class NamingFunction extends KeyedProcessFunction<FlowKey, KeyedRow, SessionRow>
        implements ResultTypeQueryable<SessionRow> {
    private static final long serialVersionUID = 1L;

    @Override
    public TypeInformation<SessionRow> getProducedType() {
        return SessionRowSerializer.TYPE;
    }

    @Override
    public void processElement(KeyedRow keyed, Context context, Collector<SessionRow> out) {
        out.collect(keyed.row());
    }
}
