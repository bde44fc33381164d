package io.gatewatch.agent;

import io.gatewatch.agent.metrics.CaptureMinute;
import io.gatewatch.agent.metrics.CounterSnapshot;
import io.gatewatch.capture.batch.BatchOutput;
import io.gatewatch.capture.batch.BatchSettings;
import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.capture.batch.CaptureCounters;
import io.gatewatch.capture.batch.FlowBatcher;
import io.gatewatch.wire.BatchHead;
import io.gatewatch.wire.PacketBatch;
import io.gatewatch.wire.WireFormatException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A batcher for tests that remembers what it sent and which minutes were reported. */
final class Batching implements BatchOutput, MinuteReports.Output {
    final BatchSettings settings = BatchSettings.defaults("site", "gw", 1);
    final CaptureCounters counters = new CaptureCounters();
    final FlowBatcher batcher = new FlowBatcher(settings, counters, this);
    final List<Integer> packets = new ArrayList<>();
    final List<Integer> flags = new ArrayList<>();
    final List<Long> clocksNs = new ArrayList<>();
    final List<Instant> reported = new ArrayList<>();
    final List<long[]> lastSequences = new ArrayList<>();

    Batching() {
        batcher.minutes(new MinuteReports(batcher, settings, counters, this));
    }

    @Override
    public boolean accept(
            BatchTopic topic, int partition, byte[] bytes, int length, int packetCount) {
        PacketBatch batch = new PacketBatch();
        try {
            batch.wrap(bytes, 0, length);
        } catch (WireFormatException e) {
            throw new IllegalStateException(e);
        }
        packets.add(packetCount);
        flags.add(batch.head().flags);
        clocksNs.add(batch.head().clockNs);
        return true;
    }

    boolean sentEnd() {
        return flags.stream().anyMatch(each -> (each & BatchHead.FLAG_END_OF_CAPTURE) != 0);
    }

    boolean sentLastOfAll() {
        return flags.stream().anyMatch(each -> (each & BatchHead.FLAG_LAST_OF_ALL) != 0);
    }

    int packetsSent() {
        return packets.stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public void minute(CounterSnapshot counted, CaptureMinute minute) {
        reported.add(minute.start());
        lastSequences.add(minute.lastSequences().get("gatewatch.packets"));
    }
}
