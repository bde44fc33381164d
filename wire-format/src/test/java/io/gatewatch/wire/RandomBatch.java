package io.gatewatch.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/**
 * Batches with everything in them that the record allows, edges more often than chance has them.
 */
final class RandomBatch {
    private static final int[] PROTOCOLS = {1, 6, 6, 6, 17, 17, 47, 58, 132, 255};
    private static final long[] SEQUENCE_EDGES = {0, 1, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL};
    private static final long[] TIME_EDGES = {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE};
    private static final String[] NAMES = {
        "home", "gw-1", "Büro", "事務所", "\uFFFD", "x".repeat(255)
    };

    private final Random random;

    RandomBatch(Random random) {
        this.random = random;
    }

    SampleBatch next() {
        SampleBatch batch = new SampleBatch();
        BatchHead head = batch.head;
        head.flags = random.nextInt(16);
        head.site = name();
        head.gateway = name();
        head.bootId = random.nextLong();
        head.sequence = random.nextLong() >>> 1;
        head.clockNs = time();
        head.minute = random.nextLong();
        head.baseTimeNs = time();
        head.captured = counter();
        head.decapsulated = counter();
        head.kernelDropped = counter();
        head.queueDropped = counter();
        head.undecodable = counter();
        head.ignored = counter();
        int interfaces = 1 + random.nextInt(4);
        for (int i = 0; i < interfaces; i++) {
            String name = random.nextBoolean() ? "" : name();
            head.interfaces.add(new CaptureInterface(name, random.nextInt(0x10000)));
        }
        batch.extensions = extensions();
        int flows = random.nextInt(5);
        for (int i = 0; i < flows; i++) {
            batch.flows.add(flow(head, interfaces));
        }
        return batch;
    }

    private SampleBatch.Flow flow(BatchHead head, int interfaces) {
        SampleBatch.Flow flow = new SampleBatch.Flow();
        fillKey(flow.entry);
        flow.entry.seenBefore = random.nextBoolean();
        flow.entry.keyVlan = random.nextInt(4) == 0 ? random.nextInt(4096) : FlowPath.NO_VLAN;
        int paths = random.nextInt(50) == 0 ? 255 : 1 + random.nextInt(3);
        for (int i = 0; i < paths; i++) {
            flow.entry.paths.add(path(interfaces));
        }
        flow.extensions = extensions();
        int packets = 1 + random.nextInt(30);
        if (random.nextInt(4) == 0) {
            packets = random.nextInt(3);
            addReports(head, flow, packets);
        }
        for (int i = 0; i < packets; i++) {
            WirePacket before = i == 0 ? null : flow.packets.get(i - 1);
            flow.packets.add(packet(head, flow.entry, before));
        }
        return flow;
    }

    private void addReports(BatchHead head, SampleBatch.Flow flow, int packets) {
        ReportEncoder reports = new ReportEncoder();
        int position = 0;
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            position += random.nextInt(packets - position + 1);
            long time = time();
            long anomalies = random.nextLong() >>> random.nextInt(64);
            reports.add(position, time - head.baseTimeNs, anomalies);
            flow.reports.add(
                    "report position=%d time=%d anomalies=%x".formatted(position, time, anomalies));
        }
        ExtensionEncoder fields = new ExtensionEncoder();
        fields.add(ExtensionTags.FLOW_REPORTS, reports.bytes(), 0, reports.length());
        int before = flow.extensions.length;
        flow.extensions = Arrays.copyOf(flow.extensions, before + fields.length());
        System.arraycopy(fields.bytes(), 0, flow.extensions, before, fields.length());
        if (packets == 0 && random.nextBoolean()) {
            flow.entry.paths.clear();
        }
    }

    private void fillKey(FlowEntry entry) {
        entry.protocol = PROTOCOLS[random.nextInt(PROTOCOLS.length)];
        entry.ipVersion = random.nextBoolean() ? 4 : 6;
        boolean ipv6 = entry.ipVersion == 6;
        long highA = ipv6 ? random.nextLong() : 0;
        long lowA = ipv6 ? random.nextLong() : random.nextInt() & 0xFFFF_FFFFL;
        long highB = ipv6 ? random.nextLong() : 0;
        long lowB = ipv6 ? random.nextLong() : random.nextInt() & 0xFFFF_FFFFL;
        int portA = random.nextInt(0x10000);
        int portB = random.nextInt(0x10000);
        boolean ordered = FlowOrder.sourceIsA(highA, lowA, portA, highB, lowB, portB);
        entry.addressAHigh = ordered ? highA : highB;
        entry.addressALow = ordered ? lowA : lowB;
        entry.portA = ordered ? portA : portB;
        entry.addressBHigh = ordered ? highB : highA;
        entry.addressBLow = ordered ? lowB : lowA;
        entry.portB = ordered ? portB : portA;
    }

    private FlowPath path(int interfaces) {
        boolean macs = random.nextBoolean();
        int vlans = random.nextInt(FlowPath.MAX_VLANS + 1);
        long tags = vlans == 0 ? 0 : random.nextLong() >>> (64 - 16 * vlans);
        return new FlowPath(
                random.nextInt(interfaces),
                macs ? random.nextLong() >>> 16 : FlowPath.NO_MAC,
                macs ? random.nextLong() >>> 16 : FlowPath.NO_MAC,
                vlans,
                tags,
                random.nextInt(3) == 0 ? tunnel() : null);
    }

    private Tunnel tunnel() {
        TunnelKind[] kinds = TunnelKind.values();
        boolean ipv6 = random.nextBoolean();
        return new Tunnel(
                kinds[random.nextInt(kinds.length)],
                ipv6 ? 6 : 4,
                ipv6 ? random.nextLong() : 0,
                ipv6 ? random.nextLong() : random.nextInt() & 0xFFFF_FFFFL,
                ipv6 ? random.nextLong() : 0,
                ipv6 ? random.nextLong() : random.nextInt() & 0xFFFF_FFFFL,
                random.nextBoolean() ? Tunnel.NO_ID : counter());
    }

    private WirePacket packet(BatchHead head, FlowEntry flow, WirePacket before) {
        WirePacket packet = new WirePacket();
        packet.fromB = random.nextBoolean();
        packet.path = random.nextInt(flow.paths.size());
        packet.timeNs =
                before == null || random.nextInt(10) == 0
                        ? time()
                        : before.timeNs + random.nextInt(2_000_000) - 500_000;
        packet.transportHeaderLength = 4 * random.nextInt(16);
        packet.payloadLength = random.nextInt(10) == 0 ? 0xFF_FFFF : random.nextInt(1500);
        int ipHeaderLength = random.nextInt(4) == 0 ? 4 * random.nextInt(30) : 20;
        packet.ipLength =
                random.nextInt(20) == 0 // the headers contradict each other
                        ? random.nextInt(40)
                        : ipHeaderLength + packet.transportHeaderLength + packet.payloadLength;
        if (flow.protocol == 6) {
            fillTcp(packet, before);
        }
        if (random.nextInt(3) == 0) {
            packet.prefix = bytes(200);
            packet.prefixLength = packet.prefix.length;
            packet.tail = random.nextBoolean() ? new byte[8] : WirePacket.NO_BYTES;
            random.nextBytes(packet.tail);
            packet.tailLength = packet.tail.length;
        }
        if (head.has(BatchHead.FLAG_PACKET_IDENTITY)) {
            packet.ipIdentification = random.nextInt(0x10000);
            packet.transportChecksum = random.nextInt(0x10000);
        }
        packet.anomalies = random.nextInt(4) == 0 ? random.nextLong() : 0;
        packet.extensions = random.nextInt(4) == 0 ? extensions() : WirePacket.NO_BYTES;
        packet.extensionsLength = packet.extensions.length;
        return packet;
    }

    private void fillTcp(WirePacket packet, WirePacket before) {
        packet.tcpFlags = random.nextInt(3) == 0 ? random.nextInt(0x1000) : WirePacket.ACK;
        packet.sequence = sequence(before == null ? 0 : before.sequence);
        packet.acknowledgement = sequence(before == null ? 0 : before.acknowledgement);
        packet.window = random.nextInt(0x10000);
        if ((packet.tcpFlags & WirePacket.SYN) != 0) {
            packet.options = bytes(40);
            packet.optionsLength = packet.options.length;
        }
    }

    /** Near the number before, across the wrap, or anywhere. */
    private long sequence(long before) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt() & 0xFFFF_FFFFL;
            case 1 -> SEQUENCE_EDGES[random.nextInt(SEQUENCE_EDGES.length)];
            default -> (before + random.nextInt(100_000) - 10_000) & 0xFFFF_FFFFL;
        };
    }

    private long time() {
        return random.nextInt(5) == 0
                ? TIME_EDGES[random.nextInt(TIME_EDGES.length)]
                : 1_767_225_600_000_000_000L + random.nextInt();
    }

    private long counter() {
        return random.nextLong() >>> (1 + random.nextInt(63));
    }

    private String name() {
        String name = NAMES[random.nextInt(NAMES.length)];
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        return length < 200 && random.nextBoolean() ? name + random.nextInt(100) : name;
    }

    private byte[] bytes(int maxLength) {
        byte[] bytes = new byte[random.nextInt(maxLength + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] extensions() {
        ExtensionEncoder encoder = new ExtensionEncoder();
        int fields = random.nextInt(3);
        for (int i = 0; i < fields; i++) {
            byte[] value = bytes(20);
            long tag = random.nextLong() >>> random.nextInt(62) | 2; // none of the assigned
            encoder.add(tag, value, 0, value.length);
        }
        return Arrays.copyOf(encoder.bytes(), encoder.length());
    }
}
