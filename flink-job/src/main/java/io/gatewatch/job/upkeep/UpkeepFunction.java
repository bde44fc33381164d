package io.gatewatch.job.upkeep;

import io.gatewatch.job.gateways.GatewayRow;
import io.gatewatch.job.gateways.GatewayRowSerializer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keeps the day partitions as long as the job runs. It stands in the way of the gateways' rows and
 * hands them on, because that branch has one subtask: so the upkeep runs once in a job, wherever
 * the job runs, and starts and ends with it. Rows never wait for it: it has a thread of its own.
 */
public final class UpkeepFunction extends ProcessFunction<GatewayRow, GatewayRow>
        implements ResultTypeQueryable<GatewayRow> {
    private static final long serialVersionUID = 1L;

    private final PartitionUpkeep upkeep;

    private transient DailyTask task;

    public UpkeepFunction(PartitionUpkeep upkeep) {
        this.upkeep = upkeep;
    }

    @Override
    public TypeInformation<GatewayRow> getProducedType() {
        return GatewayRowSerializer.TYPE;
    }

    @Override
    public void open(OpenContext context) {
        task = new DailyTask(upkeep);
        task.start();
    }

    @Override
    public void processElement(GatewayRow row, Context context, Collector<GatewayRow> out) {
        out.collect(row);
    }

    @Override
    public void close() {
        if (task != null) {
            task.close();
        }
    }
}
