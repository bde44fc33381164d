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
 * Only the first subtask hands on what it does not read itself; otherwise what checkpoints keep
 * would grow with the parallelism. Not thread safe.
 */
final class PartitionClocks {
    private final ClockSettings settings;
    private final Map<Partition, Long> restored = new HashMap<>();
    private final Map<Partition, PartitionClock> read = new HashMap<>();

    PartitionClocks(ClockSettings settings) {
        this.settings = settings;
    }

    /** The clock of a partition that this subtask reads. */
    PartitionClock of(BatchTopic topic, int partition) {
        return read.computeIfAbsent(new Partition(topic, partition), this::goOn);
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
     * @param withOthers also what was restored and others read
     */
    List<PartitionTime> snapshot(boolean withOthers) {
        List<PartitionTime> times = new ArrayList<>();
        read.forEach(
                (partition, clock) -> {
                    if (clock.watermarkNs() != PartitionClock.NO_WATERMARK) {
                        times.add(partition.at(clock.watermarkNs()));
                    }
                });
        if (withOthers) {
            restored.forEach(
                    (partition, watermarkNs) -> {
                        if (!read.containsKey(partition)) {
                            times.add(partition.at(watermarkNs));
                        }
                    });
        }
        return times;
    }

    /**
     * The watermark of the partition that is furthest behind among those that this subtask reads;
     * none while one of them has never told the time.
     */
    long slowestWatermarkNs() {
        long slowest = Long.MAX_VALUE;
        for (PartitionClock clock : read.values()) {
            slowest = Math.min(slowest, clock.watermarkNs());
        }
        return read.isEmpty() ? PartitionClock.NO_WATERMARK : slowest;
    }

    private record Partition(BatchTopic topic, int partition) {
        PartitionTime at(long watermarkNs) {
            return new PartitionTime(topic, partition, watermarkNs);
        }
    }
}
