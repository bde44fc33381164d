package io.gatewatch.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Puts a batch together: {@link #begin}, then for each flow {@link #flow} followed by {@link
 * #packets} with what {@link PacketEncoder} wrote, then {@link #finish}. Its buffer is reused for
 * the next batch. Not thread safe.
 */
public final class BatchEncoder {
    /** The version of the batches it writes. */
    public static final int VERSION = BatchLayout.VERSION;

    private final WireWriter out = new WireWriter(64 * 1024);
    private final WireWriter block = new WireWriter(256);
    private BatchHead head;
    private int flows;
    private int packets;
    private int packetBytesOwed;

    /**
     * Starts a batch with this head; the object is kept until {@link #finish}.
     *
     * @throws IllegalArgumentException if site or gateway are not 1 to 255 bytes of UTF-8, an
     *     interface has a longer name, or a number is out of its range
     */
    public void begin(BatchHead newHead) {
        begin(newHead, WirePacket.NO_BYTES, 0, 0);
    }

    /** As {@link #begin(BatchHead)}, with extension fields of the batch. */
    public void begin(
            BatchHead newHead, byte[] extensions, int extensionsOffset, int extensionsLength) {
        head = newHead;
        flows = 0;
        packets = 0;
        packetBytesOwed = 0;
        out.clear();
        fixedHead();
        name("site", head.site);
        name("gateway", head.gateway);
        counters();
        interfaces();
        out.varint(extensionsLength);
        out.raw(extensions, extensionsOffset, extensionsLength);
    }

    private void fixedHead() {
        require((head.flags & ~BatchHead.KNOWN_FLAGS) == 0, "unknown batch flags", head.flags);
        require(head.sequence >= 0, "negative sequence number", head.sequence);
        out.u32(BatchLayout.MAGIC);
        out.u8(BatchLayout.VERSION);
        out.u8(head.flags);
        out.i64(head.bootId);
        out.i64(head.sequence);
        out.i64(head.clockNs);
        out.i64(head.minute);
        out.i64(head.baseTimeNs);
        out.u32(0); // flow count, set by finish
        out.u32(0); // packet count, set by finish
    }

    private void counters() {
        out.varint(BatchLayout.COUNTERS);
        counter(head.captured);
        counter(head.decapsulated);
        counter(head.kernelDropped);
        counter(head.queueDropped);
        counter(head.undecodable);
        counter(head.ignored);
    }

    private void counter(long value) {
        require(value >= 0, "negative counter", value);
        out.varint(value);
    }

    private void interfaces() {
        int count = head.interfaces.size();
        require(count <= BatchLayout.MAX_INTERFACES, "too many interfaces:", count);
        out.varint(count);
        for (int i = 0; i < count; i++) {
            CaptureInterface captured = head.interfaces.get(i);
            int linkType = captured.linkType();
            require(linkType >= 0 && linkType <= 0xFFFF, "link type out of range:", linkType);
            text("interface name", captured.name());
            out.varint(linkType);
        }
    }

    private void name(String what, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException(what + " is empty");
        }
        text(what, value);
    }

    private void text(String what, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        require(
                utf8.length <= BatchLayout.MAX_NAME_LENGTH,
                what + " takes more than " + BatchLayout.MAX_NAME_LENGTH + " bytes:",
                utf8.length);
        out.varint(utf8.length);
        out.raw(utf8, 0, utf8.length);
    }

    private static void require(boolean condition, String problem, long value) {
        if (!condition) {
            throw new IllegalArgumentException(problem + " " + value);
        }
    }

    /**
     * Starts the next flow.
     *
     * @param packetCount packets that {@link #packets} will bring; none only where the extension
     *     fields bring reports
     * @param packetBytes bytes that they take together
     * @throws IllegalArgumentException if there is nothing to say of the flow, or packets without a
     *     path, or more than 255 paths
     */
    public void flow(FlowEntry flow, int packetCount, int packetBytes) {
        flow(flow, packetCount, packetBytes, WirePacket.NO_BYTES, 0, 0);
    }

    /** As {@link #flow(FlowEntry, int, int)}, with extension fields of the flow. */
    public void flow(
            FlowEntry flow,
            int packetCount,
            int packetBytes,
            byte[] extensions,
            int extensionsOffset,
            int extensionsLength) {
        requirePacketsComplete();
        int paths = flow.paths.size();
        require(packetCount > 0 || extensionsLength > 0, "packets in a flow:", packetCount);
        int pathsNeeded = packetCount > 0 ? 1 : 0;
        require(paths >= pathsNeeded && paths <= BatchLayout.MAX_PATHS, "paths of a flow:", paths);
        boolean vlanInKey = flow.keyVlan != FlowPath.NO_VLAN;
        block.clear();
        block.u8(
                (flow.ipVersion == 6 ? BatchLayout.FLOW_IPV6 : 0)
                        | (flow.seenBefore ? BatchLayout.FLOW_SEEN_BEFORE : 0)
                        | (vlanInKey ? BatchLayout.FLOW_KEY_VLAN : 0)
                        | (extensionsLength > 0 ? BatchLayout.FLOW_EXTENSIONS : 0));
        block.u8(flow.protocol);
        block.address(flow.ipVersion, flow.addressAHigh, flow.addressALow);
        block.address(flow.ipVersion, flow.addressBHigh, flow.addressBLow);
        block.u16(flow.portA);
        block.u16(flow.portB);
        if (vlanInKey) {
            block.u16(flow.keyVlan & FlowPath.VLAN_ID_MASK);
        }
        block.varint(paths);
        for (int i = 0; i < paths; i++) {
            path(flow.paths.get(i));
        }
        if (extensionsLength > 0) {
            block.varint(extensionsLength);
            block.raw(extensions, extensionsOffset, extensionsLength);
        }
        block.varint(packetCount);
        out.varint((long) block.length + packetBytes);
        out.raw(block.bytes, 0, block.length);
        flows++;
        packets += packetCount;
        packetBytesOwed = packetBytes;
    }

    private void path(FlowPath path) {
        boolean macs = path.sourceMac() != FlowPath.NO_MAC;
        Tunnel tunnel = path.tunnel();
        block.varint(path.interfaceIndex());
        block.u8(
                path.vlanCount()
                        | (macs ? BatchLayout.PATH_MACS : 0)
                        | (tunnel != null ? BatchLayout.PATH_TUNNEL : 0));
        if (macs) {
            block.u48(path.sourceMac());
            block.u48(path.destinationMac());
        }
        for (int i = path.vlanCount() - 1; i >= 0; i--) {
            block.u16((int) (path.vlanTags() >>> (16 * i)));
        }
        if (tunnel != null) {
            boolean hasId = tunnel.id() != Tunnel.NO_ID;
            block.u8(tunnel.kind().code());
            block.u8(
                    (tunnel.ipVersion() == 6 ? BatchLayout.TUNNEL_IPV6 : 0)
                            | (hasId ? BatchLayout.TUNNEL_ID : 0));
            block.address(tunnel.ipVersion(), tunnel.sourceHigh(), tunnel.sourceLow());
            block.address(tunnel.ipVersion(), tunnel.destinationHigh(), tunnel.destinationLow());
            if (hasId) {
                block.varint(tunnel.id());
            }
        }
    }

    /** Appends encoded packets of the flow begun last; may be called several times. */
    public void packets(byte[] encoded, int offset, int length) {
        out.raw(encoded, offset, length);
        packetBytesOwed -= length;
    }

    /** Completes the batch; its counts are set in the head too. */
    public void finish() {
        requirePacketsComplete();
        out.setU32(BatchLayout.FLOW_COUNT_OFFSET, flows);
        out.setU32(BatchLayout.PACKET_COUNT_OFFSET, packets);
        head.flowCount = flows;
        head.packetCount = packets;
    }

    private void requirePacketsComplete() {
        if (packetBytesOwed != 0) {
            throw new IllegalStateException(
                    packetBytesOwed + " packet bytes of the last flow are missing");
        }
    }

    /**
     * The finished batch: {@link #length()} bytes from 0 on, valid until the next {@link #begin}.
     */
    public byte[] bytes() {
        return out.bytes;
    }

    public int length() {
        return out.length;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(out.bytes, out.length);
    }
}
