package io.gatewatch.agent.metrics;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one capture minute was made of: captured + decapsulated = shipped + queueDropped +
 * ownTraffic + all undecodable + all ignored. A fragment that waits for the first one of its
 * datagram counts in the minute in which its wait ends.
 *
 * @param captured frames read
 * @param decapsulated packets found inside tunnels, beside the frames that carried them
 * @param shipped packets handed to the queue in front of the producer
 * @param kernelDropped frames that kernel or network card dropped, beside captured; by the capture
 *     minute in which the agent heard of it
 * @param undecodable frames by reason, reasons without frames left out
 * @param ignored frames by reason, own traffic and reasons without frames left out
 */
public record MinuteCounts(
        long captured,
        long decapsulated,
        long shipped,
        long kernelDropped,
        long queueDropped,
        long ownTraffic,
        Map<String, Long> undecodable,
        Map<String, Long> ignored) {

    /**
     * A moment at which a minute ended and another began.
     *
     * @param waitingFrames frames counted as captured that wait for a first fragment
     * @param waitingDecapsulated packets counted as decapsulated that do
     */
    public record Border(CounterSnapshot counters, long waitingFrames, long waitingDecapsulated) {}

    /** What came from one moment to another. */
    public static MinuteCounts between(Border begin, Border end) {
        CounterSnapshot before = begin.counters;
        CounterSnapshot after = end.counters;
        return new MinuteCounts(
                after.captured() - before.captured() - (end.waitingFrames - begin.waitingFrames),
                after.decapsulated()
                        - before.decapsulated()
                        - (end.waitingDecapsulated - begin.waitingDecapsulated),
                after.shipped() - before.shipped(),
                after.kernelDropped() - before.kernelDropped(),
                after.queueDropped() - before.queueDropped(),
                after.ownTraffic() - before.ownTraffic(),
                difference(before.undecodable(), after.undecodable()),
                difference(before.ignored(), after.ignored()));
    }

    private static Map<String, Long> difference(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> difference = new LinkedHashMap<>();
        after.forEach(
                (reason, count) -> {
                    long more = count - before.getOrDefault(reason, 0L);
                    if (more != 0) {
                        difference.put(reason, more);
                    }
                });
        return difference;
    }

    /** Whether nothing came, and nothing was lost: there is nothing to report. */
    public boolean isEmpty() {
        return captured == 0
                && decapsulated == 0
                && shipped == 0
                && kernelDropped == 0
                && queueDropped == 0
                && ownTraffic == 0
                && undecodable.isEmpty()
                && ignored.isEmpty();
    }
}
