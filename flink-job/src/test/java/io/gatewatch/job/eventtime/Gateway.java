package io.gatewatch.job.eventtime;

import static io.gatewatch.job.Captures.SECOND_NS;
import static io.gatewatch.job.Captures.START_NS;

import io.gatewatch.capture.batch.BatchSettings;
import io.gatewatch.capture.batch.CaptureCounters;
import io.gatewatch.capture.batch.FlowBatcher;
import io.gatewatch.job.source.BatchRecord;
import io.gatewatch.testing.TcpConversation;
import io.gatewatch.testing.TimedFrame;
import io.gatewatch.wire.CaptureInterface;
import io.gatewatch.wire.PacketBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * An agent without its process: what it sees becomes the records that it would have sent, by the
 * batcher that agents use. Times are seconds after {@link io.gatewatch.job.Captures#START_NS}.
 */
final class Gateway {
    /** Partitions of both topics that gateways of these tests share. */
    static final int PACKET_PARTITIONS = 4;

    static final int DNS_PARTITIONS = 2;

    private static final int ETHERNET = 1;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int PUNCTUATION_SECONDS = 5;

    private final BatchSettings settings;
    private final PacketBatch checker = new PacketBatch();
    private List<BatchRecord> sent = new ArrayList<>();
    private FlowBatcher batcher;
    private long bootId;
    private long appendTimeMs = BatchRecord.NO_APPEND_TIME;

    private Gateway(BatchSettings settings) {
        this.settings = settings;
        bootId = settings.bootId();
        boot();
    }

    /** A gateway of a site of the same name that captures from an interface. */
    static Gateway live(String name) {
        return new Gateway(settings(name).file(false).build());
    }

    /** A gateway of a site of the same name that ships a capture file. */
    static Gateway ofFile(String name, long bootId) {
        return new Gateway(settings(name).bootId(bootId).build());
    }

    static Gateway of(BatchSettings settings) {
        return new Gateway(settings);
    }

    static BatchSettings.Builder settings(String name) {
        return BatchSettings.builder(name, name).partitions(PACKET_PARTITIONS, DNS_PARTITIONS);
    }

    private void boot() {
        batcher =
                new FlowBatcher(
                        settings.withBootId(bootId),
                        new CaptureCounters(),
                        (topic, partition, bytes, length, packets) ->
                                sent.add(
                                        BatchRecord.of(
                                                topic,
                                                partition,
                                                appendTimeMs,
                                                Arrays.copyOf(bytes, length),
                                                checker)));
        batcher.interfaces(List.of(new CaptureInterface("eth0", ETHERNET)));
    }

    static long at(double second) {
        return START_NS + Math.round(second * SECOND_NS);
    }

    /** From now on the broker appends what it sends at this time. */
    Gateway appendingAt(double second) {
        appendTimeMs = at(second) / NANOS_PER_MILLI;
        return this;
    }

    /** Captures these exchanges, all frames in order of time. */
    List<BatchRecord> sees(TcpConversation... conversations) {
        List<TimedFrame> frames = new ArrayList<>();
        for (TcpConversation conversation : conversations) {
            frames.addAll(conversation.frames());
        }
        frames.sort(Comparator.comparingLong(TimedFrame::timeNs));
        List<BatchRecord> records = sees(frames);
        if (!settings.file()) {
            // The wall clock goes on, so nothing is kept back.
            batcher.idle(frames.get(frames.size() - 1).timeNs() + SECOND_NS);
            records.addAll(drain());
        }
        return records;
    }

    /** Captures frames as they come. */
    List<BatchRecord> sees(List<TimedFrame> frames) {
        for (TimedFrame frame : frames) {
            int length = frame.bytes().length;
            batcher.frame(0, frame.timeNs(), frame.bytes(), 0, length, length);
        }
        return drain();
    }

    /** Nothing to capture: the clock goes on, told every five seconds. */
    List<BatchRecord> quiet(int fromSecond, int toSecond) {
        for (int second = fromSecond; second <= toSecond; second += PUNCTUATION_SECONDS) {
            batcher.idle(at(second));
        }
        return drain();
    }

    /** The agent is stopped, or its file is read. */
    List<BatchRecord> stops() {
        batcher.endOfCapture(false);
        return drain();
    }

    /** The same, and nothing follows from anybody. */
    List<BatchRecord> stopsForGood() {
        batcher.endOfCapture(true);
        return drain();
    }

    /** The run over a file is stopped; what was not sent is sent by the next run. */
    Gateway isStoppedWithinItsFile() {
        batcher.discard();
        boot();
        return this;
    }

    /** Started again, with a boot id of its own as live agents have. */
    Gateway restarts() {
        bootId++;
        boot();
        return this;
    }

    private List<BatchRecord> drain() {
        List<BatchRecord> records = sent;
        sent = new ArrayList<>();
        return records;
    }
}
