package io.gatewatch.job.session;

import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.job.source.ClockSettings;
import io.gatewatch.job.source.PartitionClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The clocks of the topic-partitions that a cutting subtask reads, and what a checkpoint knew of
 * all others: after a restore a partition may go to any subtask, so each starts with everything.
 * Only the first subtask hands on what it did not hear of itself; otherwise what checkpoints keep
 * would grow with the parallelism. Not thread safe.
 */
final class PartitionClocks {
    private final ClockSettings settings;
    private final Map<Partition, Long> restored = new HashMap<>();
    private final Map<Partition, PartitionClock> heard = new HashMap<>();

    PartitionClocks(ClockSettings settings) {
        this.settings = settings;
    }

    /** The clock of a partition that a record came from. */
    PartitionClock of(BatchTopic topic, int partition) {
        return heard.computeIfAbsent(new Partition(topic, partition), this::goOn);
    }

    private PartitionClock goOn(Partition partition) {
        return new PartitionClock(
                settings, restored.getOrDefault(partition, PartitionClock.NO_WATERMARK));
    }

    /** Takes what any subtask knew at the checkpoint; of several values the latest counts. */
    void restore(PartitionTime time) {
        restored.merge(
                new Partition(time.topic(), time.partition()), time.watermarkNs(), Math::max);
    }

    /**
     * What a checkpoint has to keep.
     *
     * @param withUnheard also what was restored and not heard of since
     */
    List<PartitionTime> snapshot(boolean withUnheard) {
        List<PartitionTime> times = new ArrayList<>();
        heard.forEach((partition, clock) -> times.add(partition.at(clock.watermarkNs())));
        if (withUnheard) {
            restored.forEach(
                    (partition, watermarkNs) -> {
                        if (!heard.containsKey(partition)) {
                            times.add(partition.at(watermarkNs));
                        }
                    });
        }
        return times;
    }

    /** The watermark of the partition that is furthest behind among those heard. */
    long slowestWatermarkNs() {
        long slowest = Long.MAX_VALUE;
        for (PartitionClock clock : heard.values()) {
            slowest = Math.min(slowest, clock.watermarkNs());
        }
        return heard.isEmpty() ? PartitionClock.NO_WATERMARK : slowest;
    }

    private record Partition(BatchTopic topic, int partition) {
        PartitionTime at(long watermarkNs) {
            return new PartitionTime(topic, partition, watermarkNs);
        }
    }
}
