package io.gatewatch.benchmarks.load;

import io.gatewatch.capture.batch.BatchOutput;
import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.wire.BatchEncoder;
import io.gatewatch.wire.BatchHead;
import io.gatewatch.wire.CaptureInterface;
import io.gatewatch.wire.FlowCoding;
import io.gatewatch.wire.FlowEntry;
import io.gatewatch.wire.PacketEncoder;
import io.gatewatch.wire.WirePacket;
import java.util.Arrays;

/**
 * Batches as an agent would send them of so many connections that live side by side and never end.
 * Partitions take turns; a batch brings {@code k} packets each of the connections of its partition
 * whose turn it is. DNS partitions are told the clock once a second of capture time. Not thread
 * safe.
 */
public final class SyntheticBatches {
    /** 2026-01-01T00:00:00Z. */
    static final long START_NS = 1_767_225_600_000_000_000L;

    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MINUTE_NS = 60 * SECOND_NS;
    private static final int ETHERNET = 1;

    /**
     * What the batches are like.
     *
     * @param packetsPerSlice k
     * @param packetsPerBatch about how many packets a batch has
     * @param packetPartitions partitions of the packets topic
     * @param dnsPartitions partitions of the DNS topic
     * @param packetsPerSecond how fast the capture clock goes
     */
    public record Shape(
            int packetsPerSlice,
            int packetsPerBatch,
            int packetPartitions,
            int dnsPartitions,
            long packetsPerSecond) {
        /** An agent's defaults, at a million packets a second. */
        public static Shape of(int packetsPerSlice) {
            return new Shape(packetsPerSlice, 500, 8, 4, 1_000_000);
        }
    }

    private final Shape shape;
    private final BatchOutput output;
    private final BatchEncoder encoder = new BatchEncoder();
    private final BatchHead head = new BatchHead();
    private final FlowEntry entry = new FlowEntry();
    private final FlowCoding coding = new FlowCoding();
    private final WirePacket packet = new WirePacket();
    private final SyntheticFlow flow = new SyntheticFlow();
    private byte[] block = new byte[1 << 14];

    /** Packets so far, of each connection. */
    private int[] sent = new int[0];

    private final int[][] members;
    private final int[] memberCount;
    private final int[] turn;
    private final long[] packetSequences;
    private final long[] dnsSequences;
    private int nextPartition;
    private long timeNs = START_NS;
    private long nextDnsNs = START_NS;
    private long packets;

    public SyntheticBatches(Shape shape, BatchOutput output) {
        this.shape = shape;
        this.output = output;
        members = new int[shape.packetPartitions()][1_024];
        memberCount = new int[shape.packetPartitions()];
        turn = new int[shape.packetPartitions()];
        packetSequences = new long[shape.packetPartitions()];
        dnsSequences = new long[shape.dnsPartitions()];
        head.site = SyntheticFlow.SITE;
        head.gateway = SyntheticFlow.SITE;
        head.bootId = 1;
        head.interfaces.add(new CaptureInterface("eth0", ETHERNET));
    }

    /** From now on so many connections live; there are never less than before. */
    public void live(int flows) {
        int before = sent.length;
        sent = Arrays.copyOf(sent, Math.max(before, flows));
        for (int number = before; number < sent.length; number++) {
            int partition = SyntheticFlow.partition(number, shape.packetPartitions());
            if (memberCount[partition] == members[partition].length) {
                members[partition] = Arrays.copyOf(members[partition], 2 * memberCount[partition]);
            }
            members[partition][memberCount[partition]++] = number;
        }
    }

    /** Makes batches until there were at least so many packets in all. */
    public void until(long packetsInAll) {
        while (packets < packetsInAll) {
            next();
        }
    }

    /** Packets in all batches so far. */
    public long packets() {
        return packets;
    }

    /** Makes the next batch, and what is due of DNS before it. */
    public void next() {
        int partition = nextPartition;
        nextPartition = (partition + 1) % shape.packetPartitions();
        int slices =
                Math.min(
                        memberCount[partition],
                        Math.max(1, shape.packetsPerBatch() / shape.packetsPerSlice()));
        if (slices == 0) {
            return;
        }
        int count = slices * shape.packetsPerSlice();
        long stepNs = Math.max(1, SECOND_NS / shape.packetsPerSecond());
        startWithinAMinute(count * stepNs);
        tellDnsPartitions();
        begin(packetSequences[partition]++, timeNs, timeNs + (count - 1) * stepNs, count);
        for (int i = 0; i < slices; i++) {
            int member = turn[partition];
            turn[partition] = (member + 1) % memberCount[partition];
            slice(members[partition][member], timeNs + i * stepNs, slices * stepNs);
        }
        encoder.finish();
        timeNs += count * stepNs;
        output.accept(BatchTopic.PACKETS, partition, encoder.bytes(), encoder.length(), count);
    }

    private void startWithinAMinute(long spanNs) {
        long nextMinuteNs = (timeNs / MINUTE_NS + 1) * MINUTE_NS;
        if (timeNs + spanNs > nextMinuteNs) {
            timeNs = nextMinuteNs;
        }
    }

    private void tellDnsPartitions() {
        if (timeNs < nextDnsNs) {
            return;
        }
        nextDnsNs = timeNs + SECOND_NS;
        for (int partition = 0; partition < dnsSequences.length; partition++) {
            begin(dnsSequences[partition]++, 0, timeNs, 0);
            encoder.finish();
            output.accept(BatchTopic.DNS, partition, encoder.bytes(), encoder.length(), 0);
        }
    }

    private void begin(long sequence, long baseTimeNs, long clockNs, int count) {
        packets += count;
        head.sequence = sequence;
        head.clockNs = clockNs;
        head.minute = clockNs / MINUTE_NS;
        head.baseTimeNs = baseTimeNs;
        head.captured = packets;
        encoder.begin(head);
    }

    private void slice(int number, long firstNs, long stepNs) {
        int first = sent[number];
        flow.identify(number, first > 0, entry);
        coding.reset(entry.protocol, entry.ipVersion, head.baseTimeNs);
        int at = 0;
        for (int i = 0; i < shape.packetsPerSlice(); i++) {
            flow.packet(first + i, firstNs + i * stepNs, packet);
            if (block.length - at < PacketEncoder.maxLength(packet)) {
                block = Arrays.copyOf(block, 2 * block.length);
            }
            at = PacketEncoder.encode(packet, coding, false, block, at);
        }
        sent[number] = first + shape.packetsPerSlice();
        encoder.flow(entry, shape.packetsPerSlice(), at);
        encoder.packets(block, 0, at);
    }
}
