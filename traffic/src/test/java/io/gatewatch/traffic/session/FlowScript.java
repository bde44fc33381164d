package io.gatewatch.traffic.session;

import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.wire.Anomaly;
import io.gatewatch.wire.BatchEncoder;
import io.gatewatch.wire.BatchHead;
import io.gatewatch.wire.CaptureInterface;
import io.gatewatch.wire.ExtensionEncoder;
import io.gatewatch.wire.ExtensionTags;
import io.gatewatch.wire.FlowBlock;
import io.gatewatch.wire.FlowCoding;
import io.gatewatch.wire.FlowEntry;
import io.gatewatch.wire.FlowPath;
import io.gatewatch.wire.PacketBatch;
import io.gatewatch.wire.PacketEncoder;
import io.gatewatch.wire.ReportEncoder;
import io.gatewatch.wire.WireFormatException;
import io.gatewatch.wire.WirePacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Packets of one flow, written down as text, and the flow blocks that carry them. A line is a
 * packet:
 *
 * <pre>
 * seconds direction flags [sequence [acknowledgement [payload length [window]]]]
 * 0.25    &gt;         PA    1001      5001              100
 * </pre>
 *
 * Direction {@code >} is from end A to end B, {@code <} from B to A. Flags are the letters S A F R
 * P U, or {@code -} for none; {@code +} makes it an IP fragment behind the first of its segment,
 * which has no transport header. Direction {@code !} is a report, followed by the name of an
 * anomaly. Lines are separated by a semicolon or a line break; {@code /} is where a slice ends.
 */
final class FlowScript {
    static final long SECOND_NS = 1_000_000_000L;

    /** 2023-11-14 22:13:20 UTC: where the seconds of scripts count from. */
    static final long BASE_NS = 1_700_000_000L * SECOND_NS;

    private static final int REPORT = -1;

    static final int TCP = 6;
    static final int UDP = 17;
    static final int ICMP = 1;

    /** A packet of a script. */
    record Packet(
            long timeNs,
            boolean fromB,
            int flags,
            long sequence,
            long acknowledgement,
            int payloadLength,
            int window,
            int transportHeaderLength,
            long anomalies) {
        Packet(
                long timeNs,
                boolean fromB,
                int flags,
                long sequence,
                long acknowledgement,
                int payloadLength,
                int window) {
            this(timeNs, fromB, flags, sequence, acknowledgement, payloadLength, window, 20, 0);
        }

        static Packet report(long timeNs, long anomalies) {
            return new Packet(timeNs, false, REPORT, 0, 0, 0, 0, 0, anomalies);
        }

        boolean isReport() {
            return flags == REPORT;
        }

        Packet atNs(long timeNs) {
            return new Packet(
                    timeNs,
                    fromB,
                    flags,
                    sequence,
                    acknowledgement,
                    payloadLength,
                    window,
                    transportHeaderLength,
                    anomalies);
        }
    }

    private FlowScript() {}

    /** Slices of a script, in order. */
    static List<List<Packet>> slices(String script) {
        List<List<Packet>> slices = new ArrayList<>();
        for (String slice : script.split("/", -1)) {
            slices.add(packets(slice));
        }
        return slices;
    }

    static List<Packet> packets(String script) {
        List<Packet> packets = new ArrayList<>();
        for (String line : script.split("[;\n]", -1)) {
            if (!line.isBlank()) {
                packets.add(packet(line.strip().split("\\s+", -1)));
            }
        }
        return packets;
    }

    private static Packet packet(String[] words) {
        if (words[1].equals("!")) {
            Anomaly anomaly = Anomaly.valueOf(words[2].toUpperCase(Locale.ROOT));
            return Packet.report(at(Double.parseDouble(words[0])), anomaly.bit());
        }
        return new Packet(
                at(Double.parseDouble(words[0])),
                words[1].equals("<"),
                flags(words[2]),
                number(words, 3, 0) & 0xFFFF_FFFFL,
                number(words, 4, 0) & 0xFFFF_FFFFL,
                (int) number(words, 5, 0),
                (int) number(words, 6, 1024),
                words[2].indexOf('+') >= 0 ? 0 : 20,
                0);
    }

    private static long number(String[] words, int index, long otherwise) {
        return index < words.length ? Long.parseLong(words[index]) : otherwise;
    }

    private static int flags(String letters) {
        int flags = 0;
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            flags |=
                    switch (letter) {
                        case 'S' -> WirePacket.SYN;
                        case 'A' -> WirePacket.ACK;
                        case 'F' -> WirePacket.FIN;
                        case 'R' -> WirePacket.RST;
                        case 'P' -> WirePacket.PSH;
                        case 'U' -> WirePacket.URG;
                        case '-', '+' -> 0;
                        default -> throw new IllegalArgumentException("flag " + letter);
                    };
        }
        return flags;
    }

    /** The instant that many seconds behind the scripts' base. */
    static long at(double seconds) {
        return BASE_NS + Math.round(seconds * 1e6) * 1000;
    }

    /** A is 10.0.0.1 with this port, B is 10.0.0.2 with that one. */
    static FlowKey key(int protocol, int portA, int portB) {
        return new FlowKey(
                "home", FlowKey.NO_VLAN, protocol, 4, 0, 0x0A00_0001, 0, 0x0A00_0002, portA, portB);
    }

    static FlowBlock block(FlowKey key, List<Packet> packets) {
        return block(key, packets, List.of(plainPath()));
    }

    /** A flow block of these packets, all on the first path from A, on the last path from B. */
    static FlowBlock block(FlowKey key, List<Packet> packets, List<FlowPath> paths) {
        FlowEntry flow = new FlowEntry();
        flow.protocol = key.protocol();
        flow.ipVersion = key.ipVersion();
        flow.addressAHigh = key.addressAHigh();
        flow.addressALow = key.addressALow();
        flow.addressBHigh = key.addressBHigh();
        flow.addressBLow = key.addressBLow();
        flow.portA = key.portA();
        flow.portB = key.portB();
        flow.paths.addAll(paths);
        FlowCoding coding = new FlowCoding();
        coding.reset(key.protocol(), key.ipVersion(), 0);
        byte[] encoded = new byte[packets.size() * 128];
        int length = 0;
        int count = 0;
        ReportEncoder reports = new ReportEncoder();
        for (Packet packet : packets) {
            if (packet.isReport()) {
                reports.add(count, packet.timeNs(), packet.anomalies());
            } else {
                WirePacket wire = wire(key, packet, packet.fromB() ? paths.size() - 1 : 0);
                length = PacketEncoder.encode(wire, coding, false, encoded, length);
                count++;
            }
        }
        ExtensionEncoder extensions = new ExtensionEncoder();
        if (!reports.isEmpty()) {
            extensions.add(ExtensionTags.FLOW_REPORTS, reports.bytes(), 0, reports.length());
        }
        BatchEncoder encoder = new BatchEncoder();
        BatchHead head = new BatchHead();
        head.site = key.site();
        head.gateway = "gw1";
        head.interfaces.add(new CaptureInterface("eth0", 1));
        head.interfaces.add(new CaptureInterface("eth1", 1));
        encoder.begin(head);
        encoder.flow(flow, count, length, extensions.bytes(), 0, extensions.length());
        encoder.packets(encoded, 0, length);
        encoder.finish();
        return firstFlow(encoder.toByteArray());
    }

    private static WirePacket wire(FlowKey key, Packet packet, int path) {
        WirePacket wire = new WirePacket();
        wire.path = path;
        wire.fromB = packet.fromB();
        wire.timeNs = packet.timeNs();
        wire.transportHeaderLength = key.protocol() == TCP ? packet.transportHeaderLength() : 8;
        wire.payloadLength = packet.payloadLength();
        wire.ipLength = 20 + wire.transportHeaderLength + wire.payloadLength;
        wire.tcpFlags = packet.flags();
        wire.sequence = packet.sequence();
        wire.acknowledgement = packet.acknowledgement();
        wire.window = packet.window();
        wire.anomalies = packet.anomalies();
        return wire;
    }

    private static FlowBlock firstFlow(byte[] bytes) {
        try {
            PacketBatch batch = new PacketBatch();
            batch.wrap(bytes, 0, bytes.length);
            batch.nextFlow();
            return batch.flow();
        } catch (WireFormatException e) {
            throw new AssertionError(e);
        }
    }

    static FlowPath plainPath() {
        return new FlowPath(0, FlowPath.NO_MAC, FlowPath.NO_MAC, 0, 0, null);
    }
}
