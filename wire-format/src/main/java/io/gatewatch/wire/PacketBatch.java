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
    private final WireReader reader = new WireReader();
    private final BatchHead head = new BatchHead();
    private final FlowBlock flow = new FlowBlock();
    private int extensionsOffset;
    private int extensionsLength;
    private int flowsLeft;

    /**
     * Reads the head and stands before the first flow.
     *
     * @throws WireFormatException if the bytes are no batch, or one of a version that is not known
     */
    public void wrap(byte[] bytes, int offset, int length) throws WireFormatException {
        WireReader in = reader;
        in.wrap(bytes, offset, length);
        readVersion(in);
        readFixedHead(in);
        head.site = readName(in, "site");
        head.gateway = readName(in, "gateway");
        readCounters(in);
        readInterfaces(in);
        extensionsLength = in.extensions();
        extensionsOffset = in.at - extensionsLength;
        if (head.flowCount < 0 || head.packetCount < 0 || head.flowCount > in.remaining()) {
            throw new WireFormatException(
                    head.flowCount
                            + " flows of "
                            + head.packetCount
                            + " packets stated, "
                            + in.remaining()
                            + " bytes there");
        }
        flowsLeft = head.flowCount;
    }

    private static void readVersion(WireReader in) throws WireFormatException {
        int length = in.remaining();
        if (length < BatchLayout.FLAGS_OFFSET || in.i32() != BatchLayout.MAGIC) {
            throw new WireFormatException(
                    "not a packet batch: no magic number in " + length + " bytes");
        }
        int version = in.u8();
        if (version != BatchLayout.VERSION) {
            throw new WireFormatException(
                    "packet batch of version "
                            + version
                            + ": this program reads version "
                            + BatchLayout.VERSION);
        }
    }

    private void readFixedHead(WireReader in) throws WireFormatException {
        head.flags = in.u8();
        if ((head.flags & ~BatchHead.KNOWN_FLAGS) != 0) {
            throw new WireFormatException("unknown batch flags " + head.flags);
        }
        head.bootId = in.i64();
        head.sequence = in.i64();
        if (head.sequence < 0) {
            throw new WireFormatException("negative sequence number " + head.sequence);
        }
        head.clockNs = in.i64();
        head.minute = in.i64();
        head.baseTimeNs = in.i64();
        head.flowCount = in.i32();
        head.packetCount = in.i32();
    }

    private static String readName(WireReader in, String what) throws WireFormatException {
        String name = in.text(what);
        if (name.isEmpty()) {
            throw new WireFormatException(what + " is empty");
        }
        return name;
    }

    private void readCounters(WireReader in) throws WireFormatException {
        int counters = in.length("counter count");
        if (counters < BatchLayout.COUNTERS) {
            throw new WireFormatException(
                    counters + " counters: at least " + BatchLayout.COUNTERS + " expected");
        }
        head.captured = in.unsigned("captured");
        head.decapsulated = in.unsigned("decapsulated");
        head.kernelDropped = in.unsigned("kernel drops");
        head.queueDropped = in.unsigned("queue drops");
        head.undecodable = in.unsigned("undecodable");
        head.ignored = in.unsigned("ignored");
        for (int i = BatchLayout.COUNTERS; i < counters; i++) {
            in.varint(); // of a newer agent
        }
    }

    private void readInterfaces(WireReader in) throws WireFormatException {
        head.interfaces.clear();
        int count = in.count("interface count", BatchLayout.MAX_INTERFACES);
        for (int i = 0; i < count; i++) {
            String name = in.text("interface name");
            head.interfaces.add(new CaptureInterface(name, in.count("link type", 0xFFFF)));
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
        int length = in.length("flow length");
        int from = in.skip(length);
        flow.wrap(
                in.bytes, from, length, head.baseTimeNs, head.has(BatchHead.FLAG_PACKET_IDENTITY));
        requireKnownInterfaces(flow.flow());
        return true;
    }

    private void requireKnownInterfaces(FlowEntry entry) throws WireFormatException {
        int known = head.interfaces.size();
        for (int i = 0; i < entry.paths.size(); i++) {
            int index = entry.paths.get(i).interfaceIndex();
            if (index >= known) {
                throw new WireFormatException(
                        "interface " + index + " of " + known + " before byte " + reader.at);
            }
        }
    }

    /** The flow that {@link #nextFlow} moved to. */
    public FlowBlock flow() {
        return flow;
    }

    /** The array that holds this batch. */
    public byte[] bytes() {
        return reader.bytes;
    }

    /** Where the batch's extension fields begin in {@link #bytes()}. */
    public int extensionsOffset() {
        return extensionsOffset;
    }

    public int extensionsLength() {
        return extensionsLength;
    }

    /**
     * Reads a batch from end to end, so that whoever takes it apart afterwards meets no surprise.
     *
     * @throws WireFormatException what the first flaw is; counts that do not add up and flows whose
     *     ends are in the wrong order included
     */
    public void check(byte[] bytes, int offset, int length) throws WireFormatException {
        wrap(bytes, offset, length);
        long packets = 0;
        while (nextFlow()) {
            requireOrder(flow.flow());
            PacketCursor cursor = flow.packets();
            while (cursor.next()) {
                packets++;
            }
            flow.reports().readAll();
        }
        if (packets != head.packetCount) {
            throw new WireFormatException(
                    packets + " packets in a batch that states " + head.packetCount);
        }
    }

    private void requireOrder(FlowEntry entry) throws WireFormatException {
        boolean oneWayPossible = entry.protocol == 1 || entry.protocol == 58; // ICMP, ICMPv6
        if (!oneWayPossible
                && !FlowOrder.sourceIsA(
                        entry.addressAHigh,
                        entry.addressALow,
                        entry.portA,
                        entry.addressBHigh,
                        entry.addressBLow,
                        entry.portB)) {
            throw new WireFormatException("ends of a flow in wrong order before byte " + reader.at);
        }
    }
}
