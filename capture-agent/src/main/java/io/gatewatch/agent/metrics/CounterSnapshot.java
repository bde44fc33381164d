package io.gatewatch.agent.metrics;

import io.gatewatch.capture.batch.CaptureCounters;
import io.gatewatch.packet.DecodeOutcome;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The counters of one moment, cumulative since the agent's start. Packets once captured or
 * decapsulated are in exactly one of shipped, queueDropped, ownTraffic, undecodable, ignored, or in
 * a batch that is not finished yet; or they are fragments that wait for the first one.
 *
 * @param captured frames read from interfaces or files
 * @param decapsulated packets found inside tunnels, counted beside the frames that carried them
 * @param shipped packets handed to the queue in front of the producer
 * @param kernelDropped frames that the kernel or the network card dropped; not in captured
 * @param flows flows that were not in the flow table when a packet of theirs came
 * @param evictedFlows of these, forgotten because the table was full
 * @param evictedDatagrams datagrams in fragments forgotten before their time, for others
 * @param undecodable frames by reason, reasons without frames left out
 * @param ignored frames by reason, own traffic and reasons without frames left out
 */
public record CounterSnapshot(
        long captured,
        long decapsulated,
        long shipped,
        long shippedBatches,
        long shippedBytes,
        long kernelDropped,
        long queueDropped,
        long ownTraffic,
        long flows,
        long evictedFlows,
        long evictedDatagrams,
        Map<String, Long> undecodable,
        Map<String, Long> ignored) {

    public static CounterSnapshot of(CaptureCounters counters) {
        Map<String, Long> ignored = reasons(counters, DecodeOutcome.Kind.IGNORED);
        if (counters.badTimestamp() > 0) {
            ignored.put(CaptureCounters.BAD_TIMESTAMP_REASON, counters.badTimestamp());
        }
        if (counters.fragmentWithoutFirst() > 0) {
            ignored.put(
                    CaptureCounters.FRAGMENT_WITHOUT_FIRST_REASON, counters.fragmentWithoutFirst());
        }
        return new CounterSnapshot(
                counters.captured(),
                counters.decapsulated(),
                counters.shippedPackets(),
                counters.shippedBatches(),
                counters.shippedBytes(),
                counters.kernelDropped(),
                counters.queueDropped(),
                counters.ownTraffic(),
                counters.newFlows(),
                counters.evictedFlows(),
                counters.evictedDatagrams(),
                reasons(counters, DecodeOutcome.Kind.UNDECODABLE),
                ignored);
    }

    private static Map<String, Long> reasons(CaptureCounters counters, DecodeOutcome.Kind kind) {
        Map<String, Long> reasons = new LinkedHashMap<>();
        for (DecodeOutcome outcome : DecodeOutcome.values()) {
            if (outcome.kind() == kind && counters.count(outcome) > 0) {
                reasons.put(outcome.reason(), counters.count(outcome));
            }
        }
        return reasons;
    }
}
