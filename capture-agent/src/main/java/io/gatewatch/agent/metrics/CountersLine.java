package io.gatewatch.agent.metrics;

import java.util.Map;
import java.util.StringJoiner;

/** The counters on one line for people: key=value, reasons in brackets. */
public final class CountersLine {
    private CountersLine() {}

    /**
     * @param packetsPerSecond captured since the line before
     * @param undelivered batches that Kafka has not acknowledged yet
     */
    public static String format(
            CounterSnapshot counters, long packetsPerSecond, Backlog undelivered) {
        StringJoiner line = new StringJoiner(" ");
        line.add("captured=" + counters.captured());
        line.add("decapsulated=" + counters.decapsulated());
        line.add("packets_per_s=" + packetsPerSecond);
        line.add("shipped=" + counters.shipped());
        line.add("bytes=" + counters.shippedBytes());
        line.add("batches=" + counters.shippedBatches());
        line.add("undelivered=" + undelivered.batches());
        line.add("kernel_dropped=" + counters.kernelDropped());
        line.add("queue_dropped=" + counters.queueDropped());
        line.add("own_traffic=" + counters.ownTraffic());
        line.add("evicted_flows=" + counters.evictedFlows());
        line.add("evicted_datagrams=" + counters.evictedDatagrams());
        line.add("undecodable=" + total(counters.undecodable()));
        line.add("ignored=" + total(counters.ignored()));
        return line.toString();
    }

    private static String total(Map<String, Long> reasons) {
        long sum = reasons.values().stream().mapToLong(Long::longValue).sum();
        if (sum == 0) {
            return "0";
        }
        StringJoiner each = new StringJoiner(" ", sum + "(", ")");
        reasons.forEach((reason, count) -> each.add(reason + "=" + count));
        return each.toString();
    }
}
