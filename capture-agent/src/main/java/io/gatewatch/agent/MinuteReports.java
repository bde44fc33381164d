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
    private long lastClockNs = BatchHead.NO_CLOCK;

    /** The minute that is reported next. */
    private long openMinute;

    private long dueNs;

    MinuteReports(FlowBatcher batcher, BatchSettings settings, Output output) {
        this.batcher = batcher;
        this.settings = settings;
        this.output = output;
    }

    /** To be called whenever the clock may have moved. */
    void look() {
        long clockNs = batcher.clockNs();
        if (clockNs == lastClockNs) {
            return;
        }
        output.clock(clockNs);
        if (lastClockNs == BatchHead.NO_CLOCK) {
            open(clockNs / MINUTE_NS);
        } else if (clockNs >= dueNs) {
            report(openMinute);
            reportLast(clockNs / MINUTE_NS);
            open(clockNs / MINUTE_NS);
        }
        lastClockNs = clockNs;
    }

    private void open(long minute) {
        openMinute = minute;
        dueNs = (minute + 1) * MINUTE_NS + settings.interval().toNanos();
    }

    /** The clock may have stood shortly in a minute before it jumped to a later one. */
    private void reportLast(long nextMinute) {
        long minute = lastClockNs / MINUTE_NS;
        if (minute > openMinute && minute < nextMinute) {
            report(minute);
        }
    }

    /** Reports what has not been reported: the capture ends here. */
    void end() {
        if (lastClockNs != BatchHead.NO_CLOCK) {
            report(openMinute);
            reportLast(Long.MAX_VALUE);
        }
    }

    private void report(long minute) {
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
