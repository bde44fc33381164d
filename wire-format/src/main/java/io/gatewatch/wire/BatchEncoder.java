package io.gatewatch.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Puts a batch together: {@link #begin}, then for each flow {@link #flow} followed by {@link
 * #packets} with what {@link PacketEncoder} wrote, then {@link #finish}. Its buffer is reused for
 * the next batch. Not thread safe.
 */
public final class BatchEncoder {
    private final WireWriter out = new WireWriter(64 * 1024);
    private final WireWriter block = new WireWriter(256);
    private BatchHead head;
    private int flows;
    private int packets;
    private int packetBytesOwed;

    /**
     * Starts a batch with this head; the object is kept until {@link #finish}.
     *
     * @throws IllegalArgumentException if site or gateway are longer than 255 bytes of UTF-8
     */
    public void begin(BatchHead newHead) {
        head = newHead;
        flows = 0;
        packets = 0;
        packetBytesOwed = 0;
        out.clear();
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
        text(head.site);
        text(head.gateway);
        out.varint(BatchLayout.COUNTERS);
        out.varint(head.captured);
        out.varint(head.decapsulated);
        out.varint(head.kernelDropped);
        out.varint(head.queueDropped);
        out.varint(head.undecodable);
        out.varint(head.ignored);
        out.varint(head.interfaces.size());
        for (int i = 0; i < head.interfaces.size(); i++) {
            CaptureInterface captured = head.interfaces.get(i);
            text(captured.name());
            out.varint(captured.linkType());
        }
        out.varint(0); // extensions
    }

    private void text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > BatchLayout.MAX_NAME_LENGTH) {
            throw new IllegalArgumentException(
                    "name of " + utf8.length + " bytes: at most " + BatchLayout.MAX_NAME_LENGTH);
        }
        out.varint(utf8.length);
        out.raw(utf8, 0, utf8.length);
    }

    /**
     * Starts the next flow.
     *
     * @param packetCount packets that {@link #packets} will bring
     * @param packetBytes bytes that they take together
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
        block.clear();
        block.u8(
                (flow.ipVersion == 6 ? BatchLayout.FLOW_IPV6 : 0)
                        | (flow.seenBefore ? BatchLayout.FLOW_SEEN_BEFORE : 0)
                        | (extensionsLength > 0 ? BatchLayout.FLOW_EXTENSIONS : 0));
        block.u8(flow.protocol);
        block.address(flow.ipVersion, flow.addressAHigh, flow.addressALow);
        block.address(flow.ipVersion, flow.addressBHigh, flow.addressBLow);
        block.u16(flow.portA);
        block.u16(flow.portB);
        block.varint(flow.paths.size());
        for (int i = 0; i < flow.paths.size(); i++) {
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
