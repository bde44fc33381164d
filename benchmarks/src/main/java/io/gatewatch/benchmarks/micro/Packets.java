package io.gatewatch.benchmarks.micro;

import io.gatewatch.benchmarks.load.SyntheticFlow;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.wire.BatchEncoder;
import io.gatewatch.wire.BatchHead;
import io.gatewatch.wire.FlowCoding;
import io.gatewatch.wire.FlowEntry;
import io.gatewatch.wire.PacketBatch;
import io.gatewatch.wire.PacketEncoder;
import io.gatewatch.wire.WireFormatException;
import io.gatewatch.wire.WirePacket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The flow blocks of one connection, whose packets come in order or do not. */
public final class Packets {
    private static final long START_NS = 1_767_225_600_000_000_000L;
    private static final long STEP_NS = 1_000_000;
    private static final int HANDSHAKE = 3;
    private static final int PERIOD = 12;

    /** How packets come. */
    public enum Order {
        IN_ORDER,
        /** Three of twelve are sent once more. */
        RETRANSMITTED,
        /** Two times six of twelve change places. */
        REORDERED
    }

    /** A flow block that stands alone. */
    static final class Block {
        final byte[] bytes;

        /** Its packets' times are coded relative to it. */
        final long baseTimeNs;

        Block(byte[] bytes, long baseTimeNs) {
            this.bytes = bytes;
            this.baseTimeNs = baseTimeNs;
        }
    }

    private Packets() {}

    /** What the blocks are of. */
    static FlowKey key() {
        FlowEntry entry = new FlowEntry();
        new SyntheticFlow().identify(1, false, entry);
        return FlowKey.of(SyntheticFlow.SITE, entry, entry.keyVlan);
    }

    static List<Block> slices(int packetsPerSlice, Order order, int packets) {
        List<Block> slices = new ArrayList<>();
        for (int first = 0; first < packets; first += packetsPerSlice) {
            slices.add(slice(first, packetsPerSlice, order));
        }
        return slices;
    }

    private static Block slice(int first, int count, Order order) {
        long baseNs = START_NS + first * STEP_NS;
        SyntheticFlow flow = new SyntheticFlow();
        FlowEntry entry = new FlowEntry();
        FlowCoding coding = new FlowCoding();
        WirePacket packet = new WirePacket();
        flow.identify(1, first > 0, entry);
        coding.reset(entry.protocol, entry.ipVersion, baseNs);
        byte[] encoded = new byte[0];
        int at = 0;
        for (int i = first; i < first + count; i++) {
            flow.packet(placed(i, order), START_NS + i * STEP_NS, packet);
            encoded = Arrays.copyOf(encoded, at + PacketEncoder.maxLength(packet));
            at = PacketEncoder.encode(packet, coding, false, encoded, at);
        }
        BatchHead head = new BatchHead();
        head.site = SyntheticFlow.SITE;
        head.gateway = SyntheticFlow.SITE;
        head.baseTimeNs = baseNs;
        BatchEncoder encoder = new BatchEncoder();
        encoder.begin(head);
        encoder.flow(entry, count, at);
        encoder.packets(encoded, 0, at);
        encoder.finish();
        return new Block(block(encoder.toByteArray()), baseNs);
    }

    private static byte[] block(byte[] batch) {
        try {
            PacketBatch view = new PacketBatch();
            view.wrap(batch, 0, batch.length);
            view.nextFlow();
            int from = view.flow().offset();
            return Arrays.copyOfRange(batch, from, from + view.flow().length());
        } catch (WireFormatException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Which packet of the connection comes at this place. */
    static int placed(int place, Order order) {
        int i = place - HANDSHAKE;
        if (i < PERIOD) {
            return place;
        }
        int phase = i % PERIOD;
        return switch (order) {
            case IN_ORDER -> place;
            case RETRANSMITTED -> phase < 3 ? place - 3 : place;
            case REORDERED -> phase < 6 ? place + 3 - 6 * (phase / 3) : place;
        };
    }
}
