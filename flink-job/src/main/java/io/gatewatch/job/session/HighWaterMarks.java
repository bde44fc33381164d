package io.gatewatch.job.session;

import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.job.source.BatchLabel;
import io.gatewatch.job.source.BatchRecord;
import io.gatewatch.wire.BatchHead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells batches that count from repeats and from losses. An agent numbers the batches of a boot in
 * each topic-partition and never sends a number after a higher one, so whatever is not above the
 * highest number so far was counted before.
 *
 * <p>As {@link PartitionClocks}: after a restore a partition may go to any subtask, so each starts
 * with everything, and the first one alone hands on what it did not hear of. Of each gateway and
 * topic-partition the marks of {@link #MAX_BOOTS} boots are kept, those heard of last. Not thread
 * safe.
 */
final class HighWaterMarks {
    /** Boots of a gateway in a topic-partition. */
    static final int MAX_BOOTS = 32;

    private final Map<Gateway, Map<BatchOrigin, HighWaterMark>> restored = new HashMap<>();
    private final Map<Gateway, Map<BatchOrigin, HighWaterMark>> heard = new HashMap<>();
    private long missing;
    private boolean repeat;
    private boolean gap;

    /** What boots have in common. */
    private record Gateway(BatchTopic topic, int partition, String site, String name) {
        static Gateway of(BatchOrigin origin) {
            return new Gateway(origin.topic(), origin.partition(), origin.site(), origin.gateway());
        }
    }

    /**
     * Takes the next batch; what it is is told by {@link #repeat}, {@link #gap} and {@link
     * #missing}.
     *
     * @param watermarkNs the partition's as it was before the batch
     */
    void take(BatchRecord record, BatchHead head, long watermarkNs) {
        BatchOrigin origin =
                new BatchOrigin(
                        record.topic(), record.partition(), head.site, head.gateway, head.bootId);
        HighWaterMark before = place(origin, head.sequence);
        long dropped = head.kernelDropped + head.queueDropped;
        gap = !repeat && (missing > 0 || showsLoss(before, dropped));
        if (!repeat) {
            boolean untold = gap && head.packetCount == 0;
            advance(new HighWaterMark(origin, head.sequence, dropped, untold, watermarkNs));
        }
    }

    /** Takes a batch of which the label alone is known: what comes next follows a gap. */
    void takeUnreadable(BatchRecord record, BatchLabel label, long watermarkNs) {
        BatchOrigin origin =
                new BatchOrigin(
                        record.topic(),
                        record.partition(),
                        label.site(),
                        label.gateway(),
                        label.bootId());
        HighWaterMark before = place(origin, label.sequence());
        gap = !repeat && (missing > 0 || label.packets() > 0 || (before != null && before.gap()));
        if (!repeat) {
            long dropped = before == null ? 0 : before.dropped();
            advance(new HighWaterMark(origin, label.sequence(), dropped, gap, watermarkNs));
        }
    }

    /** Compares a number with the highest one before, whose mark is returned; null without any. */
    private HighWaterMark place(BatchOrigin origin, long sequence) {
        HighWaterMark before = boots(origin).get(origin);
        long next = before == null ? 0 : before.sequence() + 1;
        repeat = sequence < next;
        missing = repeat ? 0 : sequence - next;
        return before;
    }

    private void advance(HighWaterMark mark) {
        Map<BatchOrigin, HighWaterMark> boots = boots(mark.origin());
        boots.put(mark.origin(), mark);
        forgetOldestBut(mark.origin(), boots);
    }

    private Map<BatchOrigin, HighWaterMark> boots(BatchOrigin origin) {
        return heard.computeIfAbsent(Gateway.of(origin), this::restoredBoots);
    }

    private static boolean showsLoss(HighWaterMark before, long dropped) {
        return before == null ? dropped > 0 : before.gap() || dropped > before.dropped();
    }

    private Map<BatchOrigin, HighWaterMark> restoredBoots(Gateway gateway) {
        return new HashMap<>(restored.getOrDefault(gateway, Map.of()));
    }

    /** The boot that speaks stays: old captures that are shipped after newer ones move no time. */
    private static void forgetOldestBut(
            BatchOrigin speaking, Map<BatchOrigin, HighWaterMark> boots) {
        if (boots.size() <= MAX_BOOTS) {
            return;
        }
        HighWaterMark oldest = null;
        for (HighWaterMark mark : boots.values()) {
            boolean other = !mark.origin().equals(speaking);
            if (other && (oldest == null || isOlder(mark, oldest))) {
                oldest = mark;
            }
        }
        boots.remove(oldest.origin());
    }

    /** One order for all runs: by time, then by boot id. */
    private static boolean isOlder(HighWaterMark left, HighWaterMark right) {
        return left.heardNs() != right.heardNs()
                ? left.heardNs() < right.heardNs()
                : left.origin().bootId() < right.origin().bootId();
    }

    /** The batch counted before. */
    boolean repeat() {
        return repeat;
    }

    /** Packets of the gateway were lost since the batch with packets before. */
    boolean gap() {
        return gap;
    }

    /** Batches between this one and the one before that never came. */
    long missing() {
        return missing;
    }

    /**
     * Takes what any subtask knew at the checkpoint; of several marks of one boot the highest
     * counts. What one subtask had forgotten another one may have handed on, so boots are forgotten
     * here too.
     */
    void restore(HighWaterMark mark) {
        Map<BatchOrigin, HighWaterMark> boots =
                restored.computeIfAbsent(Gateway.of(mark.origin()), gateway -> new HashMap<>());
        boots.merge(
                mark.origin(),
                mark,
                (one, other) -> one.sequence() >= other.sequence() ? one : other);
        forgetOldestBut(null, boots);
    }

    /**
     * What a checkpoint has to keep.
     *
     * @param withUnheard also what was restored of gateways not heard of since
     */
    List<HighWaterMark> snapshot(boolean withUnheard) {
        List<HighWaterMark> marks = new ArrayList<>();
        heard.values().forEach(boots -> marks.addAll(boots.values()));
        if (withUnheard) {
            restored.forEach(
                    (gateway, boots) -> {
                        if (!heard.containsKey(gateway)) {
                            marks.addAll(boots.values());
                        }
                    });
        }
        return marks;
    }
}
