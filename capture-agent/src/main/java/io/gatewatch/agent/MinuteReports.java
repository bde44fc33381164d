package io.gatewatch.agent;

import io.gatewatch.capture.batch.BatchSettings;
import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.capture.batch.FlowBatcher;
import io.gatewatch.topics.Topics;
import io.gatewatch.wire.BatchHead;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Notices when a capture minute is over: when the capture clock stands so far behind its end that
 * all its batches have been cut. Of the capturing thread alone.
 */
final class MinuteReports {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final long SECONDS_PER_MINUTE = 60;

    /** Is told how far the capture clock is, and takes the report on one minute. */
    interface Output {
        void clock(long clockNs);

        void minute(Instant minute, Map<String, long[]> lastSequences);
    }

    private final FlowBatcher batcher;
    private final BatchSettings settings;
    private final Output output;
    private long minute;
    private long dueNs = BatchHead.NO_CLOCK;

    MinuteReports(FlowBatcher batcher, BatchSettings settings, Output output) {
        this.batcher = batcher;
        this.settings = settings;
        this.output = output;
    }

    /** To be called whenever the clock may have moved. */
    void look() {
        long clockNs = batcher.clockNs();
        output.clock(clockNs);
        if (clockNs >= dueNs) {
            reportAndMove(clockNs);
        }
    }

    private void reportAndMove(long clockNs) {
        if (clockNs == BatchHead.NO_CLOCK) {
            return;
        }
        end();
        minute = clockNs / MINUTE_NS;
        dueNs = (minute + 1) * MINUTE_NS + settings.interval().toNanos();
    }

    /** Reports the minute that the clock stands in, or stood in until now. */
    void end() {
        if (dueNs != BatchHead.NO_CLOCK) {
            report();
        }
    }

    private void report() {
        Map<String, long[]> lastSequences = new LinkedHashMap<>();
        lastSequences.put(Topics.PACKETS, last(BatchTopic.PACKETS, settings.packetPartitions()));
        lastSequences.put(Topics.DNS, last(BatchTopic.DNS, settings.dnsPartitions()));
        output.minute(Instant.ofEpochSecond(minute * SECONDS_PER_MINUTE), lastSequences);
    }

    private long[] last(BatchTopic topic, int partitions) {
        long[] last = new long[partitions];
        for (int i = 0; i < partitions; i++) {
            last[i] = batcher.nextSequence(topic, i) - 1;
        }
        return last;
    }
}
