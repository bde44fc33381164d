package io.gatewatch.wire;

/**
 * View of a whole batch. Reused: valid until the next {@link #wrap}. Not thread safe.
 *
 * <pre>{@code
 * batch.wrap(bytes, 0, bytes.length);
 * while (batch.nextFlow()) {
 *     PacketCursor packets = batch.flow().packets();
 *     while (packets.next()) { ... packets.packet() ... }
 * }
 * }</pre>
 */
public final class PacketBatch {
    private static final int MAX_INTERFACES = 65_536;

    private final WireReader reader = new WireReader();
    private final BatchHead head = new BatchHead();
    private final FlowBlock flow = new FlowBlock();
    private int flowsLeft;

    /**
     * Reads the head and stands before the first flow.
     *
     * @throws WireFormatException if the bytes are no batch, or one of a version that is not known
     */
    public void wrap(byte[] bytes, int offset, int length) throws WireFormatException {
        WireReader in = reader;
        in.wrap(bytes, offset, length);
        if (in.remaining() < BatchLayout.VARIABLE_OFFSET || in.i32() != BatchLayout.MAGIC) {
            throw new WireFormatException(
                    "not a packet batch: " + length + " bytes without its magic number");
        }
        int version = in.u8();
        if (version != BatchLayout.VERSION) {
            throw new WireFormatException(
                    "packet batch of version "
                            + version
                            + ": this program reads version "
                            + BatchLayout.VERSION);
        }
        head.flags = in.u8();
        head.bootId = in.i64();
        head.sequence = in.i64();
        head.clockNs = in.i64();
        head.minute = in.i64();
        head.baseTimeNs = in.i64();
        head.flowCount = in.i32();
        head.packetCount = in.i32();
        head.site = in.text("site", BatchLayout.MAX_NAME_LENGTH);
        head.gateway = in.text("gateway", BatchLayout.MAX_NAME_LENGTH);
        readCounters(in);
        head.interfaces.clear();
        int interfaces = in.count("interface count", Math.min(MAX_INTERFACES, in.remaining()));
        for (int i = 0; i < interfaces; i++) {
            String name = in.text("interface name", BatchLayout.MAX_NAME_LENGTH);
            head.interfaces.add(new CaptureInterface(name, in.count("link type", 0xFFFF)));
        }
        in.extensions();
        if (head.flowCount < 0 || head.packetCount < 0 || head.flowCount > in.remaining()) {
            throw new WireFormatException("flow count out of range: " + head.flowCount);
        }
        flowsLeft = head.flowCount;
    }

    private void readCounters(WireReader in) throws WireFormatException {
        int counters = in.count("counter count", in.remaining());
        if (counters < BatchLayout.COUNTERS) {
            throw new WireFormatException(
                    counters + " counters: at least " + BatchLayout.COUNTERS + " expected");
        }
        head.captured = in.varint();
        head.decapsulated = in.varint();
        head.kernelDropped = in.varint();
        head.queueDropped = in.varint();
        head.undecodable = in.varint();
        head.ignored = in.varint();
        for (int i = BatchLayout.COUNTERS; i < counters; i++) {
            in.varint();
        }
    }

    /** Valid until the next {@link #wrap}. */
    public BatchHead head() {
        return head;
    }

    /**
     * Moves {@link #flow()} to the next flow.
     *
     * @return false behind the last one
     * @throws WireFormatException if the bytes cannot be a flow block, or bytes are left behind the
     *     last
     */
    public boolean nextFlow() throws WireFormatException {
        WireReader in = reader;
        if (flowsLeft == 0) {
            if (in.remaining() != 0) {
                throw new WireFormatException(
                        in.remaining() + " bytes behind the last flow at byte " + in.at);
            }
            return false;
        }
        flowsLeft--;
        int length = in.count("flow length", in.remaining());
        int from = in.skip(length);
        flow.wrap(
                in.bytes, from, length, head.baseTimeNs, head.has(BatchHead.FLAG_PACKET_IDENTITY));
        return true;
    }

    /** The flow that {@link #nextFlow} moved to. */
    public FlowBlock flow() {
        return flow;
    }

    /**
     * Reads a batch from end to end, so that whoever takes it apart afterwards meets no surprise.
     *
     * @throws WireFormatException what the first flaw is, counts that do not add up included
     */
    public void check(byte[] bytes, int offset, int length) throws WireFormatException {
        wrap(bytes, offset, length);
        long packets = 0;
        while (nextFlow()) {
            PacketCursor cursor = flow.packets();
            while (cursor.next()) {
                packets++;
            }
        }
        if (packets != head.packetCount) {
            throw new WireFormatException(
                    packets + " packets in a batch that states " + head.packetCount);
        }
    }
}
