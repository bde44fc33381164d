package io.gatewatch.fuzzing;

import io.gatewatch.capture.batch.BatchOutput;
import io.gatewatch.capture.batch.BatchSettings;
import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.capture.batch.CaptureCounters;
import io.gatewatch.capture.batch.FlowBatcher;
import io.gatewatch.packet.link.LinkTypes;
import io.gatewatch.wire.CaptureInterface;
import io.gatewatch.wire.PacketBatch;
import io.gatewatch.wire.WireFormatException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The way of a frame from the interface to the session, with a flow table of a few flows. The input
 * is frames, each behind a byte of interface, two of length and two of time since the one before in
 * units of 10 ms. Every batch must be readable, and every packet accounted for.
 */
public final class BatcherTarget {
    private static final int HEAD_LENGTH = 5;

    /** One of each family of link types. */
    private static final List<CaptureInterface> INTERFACES =
            List.of(
                    new CaptureInterface("eth0", LinkTypes.ETHERNET),
                    new CaptureInterface("tun0", LinkTypes.RAW),
                    new CaptureInterface("any", LinkTypes.LINUX_SLL2),
                    new CaptureInterface("wlan0", LinkTypes.IEEE802_11_RADIOTAP),
                    new CaptureInterface("ppp0", LinkTypes.PPP));

    private static final long START_NS = 1_767_225_600_000_000_000L;
    private static final long TIME_UNIT_NS = 10_000_000L;

    private BatcherTarget() {}

    /** The fuzzer's entry point. */
    public static void fuzzerTestOneInput(byte[] input) {
        CaptureCounters counters = new CaptureCounters();
        Sessions sessions = new Sessions();
        FlowBatcher batcher =
                new FlowBatcher(BatchSettings.defaults("site", "gateway", 1), counters, sessions);
        batcher.interfaces(INTERFACES);
        ship(batcher, input);
        batcher.endOfCapture(true);
        sessions.table.finish();
        long accounted = sessions.packets + counters.ignored() + counters.undecodable();
        Expect.that(
                counters.captured() + counters.decapsulated() == accounted,
                counters.captured() + " frames, " + accounted + " accounted for");
    }

    private static void ship(FlowBatcher batcher, byte[] bytes) {
        ByteBuffer input = ByteBuffer.wrap(bytes);
        long timeNs = START_NS;
        while (input.remaining() >= HEAD_LENGTH) {
            int index = (input.get() & 0xFF) % INTERFACES.size();
            int length = input.getShort() & 0xFFFF;
            long earliestNs = Math.max(0, batcher.clockNs()) - SessionTable.GRACE_NS + 1;
            timeNs = Math.max(timeNs + input.getShort() * TIME_UNIT_NS, earliestNs);
            int captured = Math.min(length, input.remaining());
            batcher.frame(index, timeNs, bytes, input.position(), captured, length);
            input.position(input.position() + captured);
        }
    }

    /** Reads every batch as the job would. */
    private static final class Sessions implements BatchOutput {
        private final SessionTable table = new SessionTable();
        private final PacketBatch batch = new PacketBatch();
        private long packets;

        @Override
        public boolean accept(
                BatchTopic topic, int partition, byte[] bytes, int length, int packetCount) {
            try {
                batch.check(bytes, 0, length);
                Expect.that(batch.head().packetCount == packetCount, "the batch has its packets");
                table.take(bytes, length);
            } catch (WireFormatException e) {
                throw new IllegalStateException("a batch of our own cannot be read", e);
            }
            packets += packetCount;
            return true;
        }
    }
}
