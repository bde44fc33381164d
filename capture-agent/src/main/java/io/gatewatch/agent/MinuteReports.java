package io.gatewatch.agent;

import io.gatewatch.agent.metrics.CaptureMinute;
import io.gatewatch.agent.metrics.CounterSnapshot;
import io.gatewatch.agent.metrics.MinuteCounts;
import io.gatewatch.agent.metrics.MinuteCounts.Border;
import io.gatewatch.capture.batch.BatchSettings;
import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.capture.batch.CaptureCounters;
import io.gatewatch.capture.batch.FlowBatcher;
import io.gatewatch.capture.batch.MinuteOutput;
import io.gatewatch.topics.Topics;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes the account of each capture minute when it is over: what the counters have gained in it,
 * and how far the numbers of its batches have come. A minute in which nothing came and nothing was
 * lost has none. All accounts of a run add up to its counters. Of the capturing thread alone.
 */
final class MinuteReports implements MinuteOutput {
    private static final long SECONDS_PER_MINUTE = 60;

    /** Takes the account of a minute, in the order of minutes. */
    interface Output {
        /**
         * @param counters of the whole run, as of the minute's end
         */
        void minute(CounterSnapshot counters, CaptureMinute minute);
    }

    private final FlowBatcher batcher;
    private final BatchSettings settings;
    private final CaptureCounters counters;
    private final Output output;
    private Border begin;

    MinuteReports(
            FlowBatcher batcher, BatchSettings settings, CaptureCounters counters, Output output) {
        this.batcher = batcher;
        this.settings = settings;
        this.counters = counters;
        this.output = output;
        begin = new Border(CounterSnapshot.of(new CaptureCounters()), 0, 0);
    }

    @Override
    public void minuteOver(long minute, int waitingFrames, int waitingDecapsulated) {
        Border end = new Border(CounterSnapshot.of(counters), waitingFrames, waitingDecapsulated);
        MinuteCounts counts = MinuteCounts.between(begin, end);
        begin = end;
        if (!counts.isEmpty()) {
            Instant start = Instant.ofEpochSecond(minute * SECONDS_PER_MINUTE);
            output.minute(end.counters(), new CaptureMinute(start, counts, lastSequences()));
        }
    }

    private Map<String, long[]> lastSequences() {
        Map<String, long[]> last = new LinkedHashMap<>();
        last.put(Topics.PACKETS, last(BatchTopic.PACKETS, settings.packetPartitions()));
        last.put(Topics.DNS, last(BatchTopic.DNS, settings.dnsPartitions()));
        return last;
    }

    private long[] last(BatchTopic topic, int partitions) {
        long[] last = new long[partitions];
        for (int i = 0; i < partitions; i++) {
            last[i] = batcher.nextSequence(topic, i) - 1;
        }
        return last;
    }
}
