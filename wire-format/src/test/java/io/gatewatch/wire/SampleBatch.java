package io.gatewatch.wire;

import io.gatewatch.wire.address.IpAddress;
import io.gatewatch.wire.address.MacAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;

/**
 * A batch as plain objects, to be encoded, read back and compared as text: every field of the
 * record is in it.
 */
final class SampleBatch {
    final BatchHead head = new BatchHead();
    byte[] extensions = WirePacket.NO_BYTES;
    final List<Flow> flows = new ArrayList<>();

    /** A flow with what its block holds. */
    static final class Flow {
        final FlowEntry entry = new FlowEntry();
        byte[] extensions = WirePacket.NO_BYTES;
        final List<WirePacket> packets = new ArrayList<>();

        /** As text: what the extension field of reports says. */
        final List<String> reports = new ArrayList<>();
    }

    /** Reads a batch from end to end and takes everything out of it. */
    static SampleBatch decode(byte[] bytes) throws WireFormatException {
        PacketBatch batch = new PacketBatch();
        batch.check(bytes, 0, bytes.length);
        batch.wrap(bytes, 0, bytes.length);
        SampleBatch sample = new SampleBatch();
        sample.takeHead(batch.head());
        sample.extensions =
                range(batch.bytes(), batch.extensionsOffset(), batch.extensionsLength());
        while (batch.nextFlow()) {
            sample.flows.add(decodeFlow(batch.flow()));
        }
        return sample;
    }

    static Flow decodeFlow(FlowBlock block) throws WireFormatException {
        Flow flow = new Flow();
        FlowEntry from = block.flow();
        FlowEntry to = flow.entry;
        to.protocol = from.protocol;
        to.ipVersion = from.ipVersion;
        to.addressAHigh = from.addressAHigh;
        to.addressALow = from.addressALow;
        to.addressBHigh = from.addressBHigh;
        to.addressBLow = from.addressBLow;
        to.portA = from.portA;
        to.portB = from.portB;
        to.keyVlan = from.keyVlan;
        to.seenBefore = from.seenBefore;
        to.paths.addAll(from.paths);
        flow.extensions = range(block.bytes(), block.extensionsOffset(), block.extensionsLength());
        ReportCursor reports = block.reports();
        while (reports.next()) {
            flow.reports.add(
                    "report position=%d time=%d anomalies=%x"
                            .formatted(reports.position(), reports.timeNs(), reports.anomalies()));
        }
        while (block.packets().next()) {
            flow.packets.add(copy(block.packets().packet()));
        }
        return flow;
    }

    private void takeHead(BatchHead from) {
        head.flags = from.flags;
        head.site = from.site;
        head.gateway = from.gateway;
        head.bootId = from.bootId;
        head.sequence = from.sequence;
        head.clockNs = from.clockNs;
        head.minute = from.minute;
        head.baseTimeNs = from.baseTimeNs;
        head.captured = from.captured;
        head.decapsulated = from.decapsulated;
        head.kernelDropped = from.kernelDropped;
        head.queueDropped = from.queueDropped;
        head.undecodable = from.undecodable;
        head.ignored = from.ignored;
        head.interfaces.addAll(from.interfaces);
        head.flowCount = from.flowCount;
        head.packetCount = from.packetCount;
    }

    private static WirePacket copy(WirePacket from) {
        WirePacket to = new WirePacket();
        to.path = from.path;
        to.fromB = from.fromB;
        to.timeNs = from.timeNs;
        to.ipLength = from.ipLength;
        to.transportHeaderLength = from.transportHeaderLength;
        to.payloadLength = from.payloadLength;
        to.sequence = from.sequence;
        to.acknowledgement = from.acknowledgement;
        to.tcpFlags = from.tcpFlags;
        to.window = from.window;
        to.options = range(from.options, from.optionsOffset, from.optionsLength);
        to.optionsLength = from.optionsLength;
        to.prefix = range(from.prefix, from.prefixOffset, from.prefixLength);
        to.prefixLength = from.prefixLength;
        to.tail = range(from.tail, from.tailOffset, from.tailLength);
        to.tailLength = from.tailLength;
        to.ipIdentification = from.ipIdentification;
        to.transportChecksum = from.transportChecksum;
        to.anomalies = from.anomalies;
        to.extensions = range(from.extensions, from.extensionsOffset, from.extensionsLength);
        to.extensionsLength = from.extensionsLength;
        return to;
    }

    private static byte[] range(byte[] bytes, int offset, int length) {
        return length == 0
                ? WirePacket.NO_BYTES
                : Arrays.copyOfRange(bytes, offset, offset + length);
    }

    /** The bytes of this batch; sets the counts in its head. */
    byte[] encode() {
        BatchEncoder encoder = new BatchEncoder();
        encoder.begin(head, extensions, 0, extensions.length);
        for (Flow flow : flows) {
            byte[] packets = encodePackets(flow);
            encoder.flow(
                    flow.entry,
                    flow.packets.size(),
                    packets.length,
                    flow.extensions,
                    0,
                    flow.extensions.length);
            encoder.packets(packets, 0, packets.length);
        }
        encoder.finish();
        return encoder.toByteArray();
    }

    /** The packets of a flow, each encoded into no more room than the encoder asks for. */
    byte[] encodePackets(Flow flow) {
        FlowCoding coding = new FlowCoding();
        coding.reset(flow.entry.protocol, flow.entry.ipVersion, head.baseTimeNs);
        boolean identity = head.has(BatchHead.FLAG_PACKET_IDENTITY);
        byte[] out = WirePacket.NO_BYTES;
        for (WirePacket packet : flow.packets) {
            int at = out.length;
            out = Arrays.copyOf(out, at + PacketEncoder.maxLength(packet));
            out = Arrays.copyOf(out, PacketEncoder.encode(packet, coding, identity, out, at));
        }
        return out;
    }

    /** Every field, a line for each thing. */
    String text() throws WireFormatException {
        StringJoiner lines = new StringJoiner("\n", "", "\n");
        lines.add(
                "batch flags=%x boot=%016x sequence=%d clock=%d minute=%d base=%d flows=%d packets=%d"
                        .formatted(
                                head.flags,
                                head.bootId,
                                head.sequence,
                                head.clockNs,
                                head.minute,
                                head.baseTimeNs,
                                head.flowCount,
                                head.packetCount));
        lines.add("site=%s gateway=%s".formatted(head.site, head.gateway));
        lines.add(
                ("captured=%d decapsulated=%d kernelDropped=%d queueDropped=%d undecodable=%d"
                                + " ignored=%d")
                        .formatted(
                                head.captured,
                                head.decapsulated,
                                head.kernelDropped,
                                head.queueDropped,
                                head.undecodable,
                                head.ignored));
        for (CaptureInterface each : head.interfaces) {
            lines.add("interface name=%s linkType=%d".formatted(each.name(), each.linkType()));
        }
        extensions(lines, "", extensions);
        for (Flow flow : flows) {
            flow(lines, flow);
        }
        return lines.toString();
    }

    private static void flow(StringJoiner lines, Flow flow) throws WireFormatException {
        FlowEntry entry = flow.entry;
        lines.add(
                "flow protocol=%d A=%s,%d B=%s,%d keyVlan=%d seenBefore=%b"
                        .formatted(
                                entry.protocol,
                                IpAddress.text(
                                        entry.ipVersion, entry.addressAHigh, entry.addressALow),
                                entry.portA,
                                IpAddress.text(
                                        entry.ipVersion, entry.addressBHigh, entry.addressBLow),
                                entry.portB,
                                entry.keyVlan,
                                entry.seenBefore));
        for (FlowPath path : entry.paths) {
            lines.add("  " + path(path));
        }
        extensions(lines, "  ", flow.extensions);
        flow.reports.forEach(report -> lines.add("  " + report));
        for (WirePacket packet : flow.packets) {
            lines.add("  " + packet(packet));
            extensions(lines, "    ", packet.extensions);
        }
    }

    private static String path(FlowPath path) {
        return "path interface="
                + path.interfaceIndex()
                + " macs="
                + mac(path.sourceMac())
                + ","
                + mac(path.destinationMac())
                + " vlans="
                + path.vlanCount()
                + ":"
                + Long.toHexString(path.vlanTags())
                + " tunnel="
                + tunnel(path.tunnel());
    }

    private static String packet(WirePacket p) {
        return "packet from="
                + (p.fromB ? "B" : "A")
                + " path="
                + p.path
                + " time="
                + p.timeNs
                + " ipLength="
                + p.ipLength
                + " header="
                + p.transportHeaderLength
                + " payload="
                + p.payloadLength
                + " seq="
                + p.sequence
                + " ack="
                + p.acknowledgement
                + " flags="
                + Integer.toHexString(p.tcpFlags)
                + " window="
                + p.window
                + " options="
                + HexFormat.of().formatHex(p.options)
                + " prefix="
                + HexFormat.of().formatHex(p.prefix)
                + " tail="
                + HexFormat.of().formatHex(p.tail)
                + " id="
                + HexFormat.of().toHexDigits((short) p.ipIdentification)
                + " checksum="
                + HexFormat.of().toHexDigits((short) p.transportChecksum)
                + " anomalies="
                + Long.toHexString(p.anomalies);
    }

    private static String mac(long address) {
        return address == FlowPath.NO_MAC ? "none" : MacAddress.text(address);
    }

    private static String tunnel(Tunnel tunnel) {
        return tunnel == null
                ? "none"
                : tunnel.kind().text()
                        + ","
                        + IpAddress.text(
                                tunnel.ipVersion(), tunnel.sourceHigh(), tunnel.sourceLow())
                        + ","
                        + IpAddress.text(
                                tunnel.ipVersion(),
                                tunnel.destinationHigh(),
                                tunnel.destinationLow())
                        + ","
                        + tunnel.id();
    }

    private static void extensions(StringJoiner lines, String indent, byte[] section)
            throws WireFormatException {
        ExtensionCursor fields = new ExtensionCursor();
        fields.wrap(section, 0, section.length);
        while (fields.next()) {
            lines.add(
                    indent
                            + "extension tag=%s value=%s"
                                    .formatted(
                                            Long.toUnsignedString(fields.tag()),
                                            HexFormat.of()
                                                    .formatHex(
                                                            fields.bytes(),
                                                            fields.valueOffset(),
                                                            fields.valueOffset()
                                                                    + fields.valueLength())));
        }
    }
}
