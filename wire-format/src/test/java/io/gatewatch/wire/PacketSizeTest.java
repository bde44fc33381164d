package io.gatewatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What packets cost before compression. */
class PacketSizeTest {
    private static final long START_NS = 1_767_225_600_000_000_000L;
    private static final int SEGMENT = 1448;

    /** Both sides of a download at 100 Mbit/s in one batch: an ACK for every second segment. */
    private static SampleBatch download(int segments) {
        SampleBatch batch = new SampleBatch();
        batch.head.site = "home";
        batch.head.gateway = "gw-1";
        batch.head.interfaces.add(new CaptureInterface("eth0", 1));
        batch.head.baseTimeNs = START_NS;
        SampleBatch.Flow flow = new SampleBatch.Flow();
        flow.entry.protocol = 6;
        flow.entry.ipVersion = 4;
        flow.entry.addressALow = 0xC000_0201L;
        flow.entry.addressBLow = 0xC633_6402L;
        flow.entry.portA = 40_000;
        flow.entry.portB = 443;
        flow.entry.seenBefore = true;
        flow.entry.paths.add(new FlowPath(0, 0x020000000001L, 0x0200000000feL, 0, 0, null));
        flow.entry.paths.add(new FlowPath(0, 0x0200000000feL, 0x020000000001L, 0, 0, null));
        batch.flows.add(flow);
        long sequence = 3_999_000_000L;
        long timeNs = START_NS;
        for (int i = 0; i < segments; i++) {
            timeNs += 120_000 + 37 * (i % 11);
            flow.packets.add(packet(true, timeNs, SEGMENT, sequence, 77_000, 501));
            sequence = (sequence + SEGMENT) & 0xFFFF_FFFFL;
            if (i % 2 == 1) {
                // The window of a receiver breathes.
                int window = 24_000 - 23 * (i % 64);
                flow.packets.add(packet(false, timeNs + 41_000, 0, 77_000, sequence, window));
            }
        }
        return batch;
    }

    private static WirePacket packet(
            boolean fromB, long timeNs, int payload, long sequence, long acknowledged, int window) {
        WirePacket packet = new WirePacket();
        packet.fromB = fromB;
        packet.path = fromB ? 1 : 0;
        packet.timeNs = timeNs;
        packet.transportHeaderLength = 32; // with timestamps
        packet.payloadLength = payload;
        packet.ipLength = 20 + 32 + payload;
        packet.tcpFlags = WirePacket.ACK;
        packet.sequence = sequence;
        packet.acknowledgement = acknowledged;
        packet.window = window;
        return packet;
    }

    @Test
    void shouldCostAboutADozenBytesForAPacketWithoutPayloadPrefix() {
        SampleBatch batch = download(320);
        SampleBatch.Flow flow = batch.flows.get(0);

        double average = (double) batch.encodePackets(flow).length / flow.packets.size();

        System.out.printf(
                "%d packets of a download: %.1f bytes each%n", flow.packets.size(), average);
        assertThat(average).isLessThanOrEqualTo(12);
    }

    @Test
    void shouldCostAboutADozenBytesWithHeadAndFlowIncluded() {
        SampleBatch batch = download(320);

        double average = (double) batch.encode().length / batch.head.packetCount;

        System.out.printf("with flow and head: %.1f bytes each%n", average);
        assertThat(average).isLessThanOrEqualTo(12.5);
    }

    @Test
    void shouldCostLittleForAFlowOfTwoPackets() {
        SampleBatch batch = download(2);
        batch.flows.get(0).packets.remove(1);
        int punctuation = 54 + 5 + 5 + 7 + 1 + 6 + 1;

        int flowAndPackets = batch.encode().length - punctuation;

        assertThat(flowAndPackets).isLessThanOrEqualTo(90);
    }
}
