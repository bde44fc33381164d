package io.gatewatch.wire;

import static io.gatewatch.wire.BatchLayout.FLOW_EXTENSIONS;
import static io.gatewatch.wire.BatchLayout.FLOW_IPV6;
import static io.gatewatch.wire.BatchLayout.FLOW_KEY_VLAN;
import static io.gatewatch.wire.BatchLayout.FLOW_SEEN_BEFORE;
import static io.gatewatch.wire.BatchLayout.MAX_PATHS;
import static io.gatewatch.wire.BatchLayout.MIN_PACKET_LENGTH;
import static io.gatewatch.wire.BatchLayout.PATH_MACS;
import static io.gatewatch.wire.BatchLayout.PATH_TUNNEL;
import static io.gatewatch.wire.BatchLayout.PATH_VLAN_COUNT_MASK;
import static io.gatewatch.wire.BatchLayout.TUNNEL_ID;
import static io.gatewatch.wire.BatchLayout.TUNNEL_IPV6;

/**
 * View of one flow of a batch: its identity, paths, extensions, reports and packets. Reused: valid
 * until the next {@link #wrap}. The bytes may stand alone, outside of their batch (a flow slice),
 * as long as the batch's base time and identity flag travel with them. Not thread safe.
 */
public final class FlowBlock {
    private static final int KNOWN_FLAGS =
            FLOW_IPV6 | FLOW_SEEN_BEFORE | FLOW_EXTENSIONS | FLOW_KEY_VLAN;
    private static final int KNOWN_PATH_FLAGS = PATH_VLAN_COUNT_MASK | PATH_MACS | PATH_TUNNEL;

    private final WireReader reader = new WireReader();
    private final FlowEntry flow = new FlowEntry();
    private final PacketCursor packets = new PacketCursor();
    private final ReportCursor reports = new ReportCursor();
    private final ExtensionCursor fields = new ExtensionCursor();
    private byte[] bytes = WirePacket.NO_BYTES;
    private int offset;
    private int length;
    private int extensionsOffset;
    private int extensionsLength;
    private boolean hasReports;

    /**
     * Reads identity, paths and extensions, and stands before the first packet.
     *
     * @throws WireFormatException if the bytes cannot be a flow block
     */
    public void wrap(byte[] source, int from, int count, long baseTimeNs, boolean packetIdentity)
            throws WireFormatException {
        bytes = source;
        offset = from;
        length = count;
        WireReader in = reader;
        in.wrap(source, from, count);
        int flags = in.u8();
        if ((flags & ~KNOWN_FLAGS) != 0) {
            throw new WireFormatException("unknown flow flags " + flags + " at byte " + from);
        }
        flow.ipVersion = (flags & FLOW_IPV6) != 0 ? 6 : 4;
        flow.seenBefore = (flags & FLOW_SEEN_BEFORE) != 0;
        flow.protocol = in.u8();
        if (flow.ipVersion == 4) {
            flow.addressAHigh = 0;
            flow.addressALow = in.i32() & 0xFFFF_FFFFL;
            flow.addressBHigh = 0;
            flow.addressBLow = in.i32() & 0xFFFF_FFFFL;
        } else {
            flow.addressAHigh = in.i64();
            flow.addressALow = in.i64();
            flow.addressBHigh = in.i64();
            flow.addressBLow = in.i64();
        }
        flow.portA = in.u16();
        flow.portB = in.u16();
        flow.keyVlan = (flags & FLOW_KEY_VLAN) != 0 ? readVlanId(in) : FlowPath.NO_VLAN;
        flow.paths.clear();
        int pathCount = in.count("path count", MAX_PATHS);
        for (int i = 0; i < pathCount; i++) {
            flow.paths.add(readPath(in));
        }
        extensionsLength = 0;
        if ((flags & FLOW_EXTENSIONS) != 0) {
            extensionsLength = in.extensions();
            extensionsOffset = in.at - extensionsLength;
        }
        int packetCount = in.count("packet count", in.remaining() / MIN_PACKET_LENGTH);
        readReports(packetCount, baseTimeNs);
        if (packetCount == 0 && !hasReports) {
            throw new WireFormatException("flow without packets at byte " + from);
        }
        packets.wrap(source, in.at, in.remaining(), flow, packetCount, baseTimeNs, packetIdentity);
    }

    private void readReports(int packetCount, long baseTimeNs) throws WireFormatException {
        hasReports = false;
        if (extensionsLength == 0) {
            reports.wrap(WirePacket.NO_BYTES, 0, 0, packetCount, baseTimeNs);
            return;
        }
        fields.wrap(bytes, extensionsOffset, extensionsLength);
        int at = 0;
        int reportBytes = 0;
        while (fields.find(ExtensionTags.FLOW_REPORTS)) {
            if (reportBytes > 0) {
                throw new WireFormatException(
                        "reports stated twice at byte " + fields.valueOffset());
            }
            at = fields.valueOffset();
            reportBytes = fields.valueLength();
        }
        hasReports = reportBytes > 0;
        reports.wrap(bytes, at, reportBytes, packetCount, baseTimeNs);
    }

    private static int readVlanId(WireReader in) throws WireFormatException {
        int id = in.u16();
        if (id > FlowPath.VLAN_ID_MASK) {
            throw new WireFormatException("VLAN id " + id + " at byte " + in.at);
        }
        return id;
    }

    private static FlowPath readPath(WireReader in) throws WireFormatException {
        int interfaceIndex = in.count("interface index", 0xFFFF);
        int flags = in.u8();
        int vlanCount = flags & PATH_VLAN_COUNT_MASK;
        if ((flags & ~KNOWN_PATH_FLAGS) != 0 || vlanCount > FlowPath.MAX_VLANS) {
            throw new WireFormatException("unknown path flags " + flags + " at byte " + in.at);
        }
        long source = FlowPath.NO_MAC;
        long destination = FlowPath.NO_MAC;
        if ((flags & PATH_MACS) != 0) {
            source = in.u48();
            destination = in.u48();
        }
        long vlanTags = 0;
        for (int i = 0; i < vlanCount; i++) {
            vlanTags = vlanTags << 16 | in.u16();
        }
        Tunnel tunnel = (flags & PATH_TUNNEL) != 0 ? readTunnel(in) : null;
        return new FlowPath(interfaceIndex, source, destination, vlanCount, vlanTags, tunnel);
    }

    private static Tunnel readTunnel(WireReader in) throws WireFormatException {
        TunnelKind kind = TunnelKind.ofCode(in.u8());
        int flags = in.u8();
        if ((flags & ~(TUNNEL_IPV6 | TUNNEL_ID)) != 0) {
            throw new WireFormatException("unknown tunnel flags " + flags + " at byte " + in.at);
        }
        boolean ipv6 = (flags & TUNNEL_IPV6) != 0;
        long sourceHigh = ipv6 ? in.i64() : 0;
        long sourceLow = ipv6 ? in.i64() : in.i32() & 0xFFFF_FFFFL;
        long destinationHigh = ipv6 ? in.i64() : 0;
        long destinationLow = ipv6 ? in.i64() : in.i32() & 0xFFFF_FFFFL;
        long id = (flags & TUNNEL_ID) != 0 ? in.unsigned("tunnel id") : Tunnel.NO_ID;
        return new Tunnel(
                kind, ipv6 ? 6 : 4, sourceHigh, sourceLow, destinationHigh, destinationLow, id);
    }

    /** Valid until the next {@link #wrap}. */
    public FlowEntry flow() {
        return flow;
    }

    public PacketCursor packets() {
        return packets;
    }

    /** What other packets said about the flow; nothing for most flows. */
    public ReportCursor reports() {
        return reports;
    }

    /** The array that holds this block at {@link #offset()}, {@link #length()} bytes long. */
    public byte[] bytes() {
        return bytes;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    /** Where the flow's extension fields begin in {@link #bytes()}. */
    public int extensionsOffset() {
        return extensionsOffset;
    }

    public int extensionsLength() {
        return extensionsLength;
    }
}
