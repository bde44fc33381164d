package io.gatewatch.capture.batch;

import static io.gatewatch.capture.batch.BatcherHarness.MS;
import static io.gatewatch.capture.batch.BatcherHarness.START_NS;
import static io.gatewatch.capture.batch.BatcherHarness.dns;
import static io.gatewatch.capture.batch.BatcherHarness.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.capture.batch.RecordedBatches.Batch;
import io.gatewatch.capture.batch.RecordedBatches.Packet;
import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.Hex;
import io.gatewatch.wire.BatchHead;
import io.gatewatch.wire.CaptureInterface;
import io.gatewatch.wire.PacketBatch;
import io.gatewatch.wire.PacketCursor;
import io.gatewatch.wire.WireFormatException;
import io.gatewatch.wire.WirePacket;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left out, dropped or forgotten, and how it is counted. */
class FlowBatcherLossTest {
    @Test
    void shouldLeaveAGapInTheSequenceForADroppedBatch() {
        BatcherHarness h = new BatcherHarness(new SettingsBuilder().live().packetsPerBatch(2));

        h.at(0, udp(1)).at(1, udp(1));
        h.sent.refuse(1);
        h.at(2, udp(1)).at(3, udp(1)).at(4, udp(1)).at(5, udp(1));

        assertThat(h.sent.all).extracting(batch -> batch.head().sequence).containsExactly(0L, 2L);
        assertThat(h.sent.all).extracting(b -> b.head().queueDropped).containsExactly(0L, 2L);
        assertThat(h.sent.packets()).extracting(Packet::ms).containsExactly(0L, 1L, 4L, 5L);
        assertThat(h.counters.queueDropped()).isEqualTo(2);
        assertThat(h.counters.shippedPackets()).isEqualTo(4);
        assertThat(h.counters.shippedBatches()).isEqualTo(2);
    }

    @Test
    void shouldLeaveNoGapForADroppedPunctuation() {
        BatcherHarness h = new BatcherHarness(new SettingsBuilder().live());
        h.batcher.idle(START_NS);

        h.sent.refuse(2);
        h.batcher.idle(START_NS + 5_000 * MS);
        h.batcher.idle(START_NS + 9_999 * MS);
        h.batcher.idle(START_NS + 10_000 * MS);

        assertThat(h.sent.all).extracting(Batch::clockMs).containsExactly(10_000L, 10_000L);
        assertThat(h.sent.all).extracting(batch -> batch.head().sequence).containsOnly(0L);
        assertThat(h.counters.queueDropped()).isZero();
    }

    @Test
    void shouldCountEveryPacketOfAnAggregatedFrame() {
        BatcherHarness h = new BatcherHarness();
        h.batcher.interfaces(List.of(new CaptureInterface("wlan0", 105)));
        byte[] header =
                Hex.bytes(
                        "88 01 00 00  02 00 00 00 00 aa  02 00 00 00 00 01  02 00 00 00 00 fe",
                        "10 00  80 00 # QoS: aggregated");
        byte[] packet =
                FrameBuilder.withoutLink()
                        .ipv4("192.0.2.1", "198.51.100.1")
                        .udp(40_000, 9)
                        .payload(12)
                        .build();
        byte[] arp = new byte[packet.length];
        var frame = new ByteArrayOutputStream();
        frame.writeBytes(header);
        for (byte[] content : new byte[][] {packet, arp, packet}) {
            String type = content == arp ? "08 06" : "08 00";
            frame.writeBytes(
                    Hex.bytes(
                            "02 00 00 00 00 0a  02 00 00 00 00 0b  00 30 aa aa 03 00 00 00 "
                                    + type));
            frame.writeBytes(content);
            frame.writeBytes(new byte[2]);
        }

        h.at(0, frame.toByteArray()).end();

        assertThat(h.sent.packets()).extracting(Packet::ms).containsExactly(0L, 0L);
        assertThat(h.counters.captured()).isEqualTo(1);
        assertThat(h.counters.decapsulated()).isEqualTo(2);
        assertThat(h.counters.count(DecodeOutcome.DECODED)).isEqualTo(2);
        assertThat(h.counters.count(DecodeOutcome.IGNORED_NOT_IP)).isEqualTo(1);
    }

    @Test
    void shouldLeaveOutTrafficToAndFromTheBrokers() {
        BatcherHarness h = new BatcherHarness(new SettingsBuilder().live());
        h.ownTraffic.set(
                List.of(
                        new OwnTraffic.Endpoint(4, 0, 0xC633640AL, 9092),
                        new OwnTraffic.Endpoint(6, 0x2001_0db8_0000_0000L, 10, 9092)));

        h.at(0, tcp("192.0.2.1", 40_000, "198.51.100.10", 9092));
        h.at(1, tcp("198.51.100.10", 9092, "192.0.2.1", 40_000));
        h.at(2, tcp("2001:db8::1", 40_000, "2001:db8::a", 9092));
        h.at(3, tcp("192.0.2.1", 40_000, "198.51.100.10", 9093));
        h.at(4, tcp("192.0.2.1", 40_000, "198.51.100.11", 9092));
        h.at(5, tcp("198.51.100.10", 40_000, "192.0.2.1", 9092));
        h.at(6, FrameBuilder.ethernet().ipv4("192.0.2.1", "198.51.100.10").udp(1, 9092));
        h.end();

        assertThat(h.counters.ownTraffic()).isEqualTo(3);
        assertThat(h.counters.ignored()).isEqualTo(3);
        assertThat(h.sent.packets())
                .extracting(Packet::ms)
                .containsExactlyInAnyOrder(3L, 4L, 5L, 6L);
        assertThat(h.sent.endMarkers().get(0).head().ignored).isEqualTo(3);
    }

    @Test
    void shouldFollowBrokersThatChangeWhileRunning() {
        BatcherHarness h = new BatcherHarness(new SettingsBuilder().live());
        FrameBuilder frame = tcp("192.0.2.1", 40_000, "198.51.100.10", 9092);

        h.at(0, frame);
        h.ownTraffic.set(List.of(new OwnTraffic.Endpoint(4, 0, 0xC633640AL, 9092)));
        h.at(1, frame);
        h.ownTraffic.set(List.of());
        h.at(2, frame).end();

        assertThat(h.sent.packets()).extracting(Packet::ms).containsExactly(0L, 2L);
    }

    private static FrameBuilder tcp(String from, int fromPort, String to, int toPort) {
        return FrameBuilder.ethernet().ip(from, to).tcp(fromPort, toPort).flags("A");
    }

    @Test
    void shouldIgnoreFramesOfLinkTypesThatNothingDecodes() {
        BatcherHarness h = new BatcherHarness();
        h.batcher.interfaces(
                List.of(new CaptureInterface("eth0", 1), new CaptureInterface("radio", 65_000)));

        h.at(0, udp(1));
        h.onInterface(1, START_NS, udp(2).build());
        h.onInterface(2, START_NS, udp(3).build());
        h.end();

        assertThat(h.counters.count(DecodeOutcome.IGNORED_LINK_TYPE)).isEqualTo(2);
        assertThat(h.sent.packets()).hasSize(1);
    }

    @Test
    void shouldAccountForEveryFrame() {
        BatcherHarness h = new BatcherHarness(new SettingsBuilder().live().packetsPerBatch(3));
        byte[] cut = udp(1).buildCut(20);
        byte[] notIp = FrameBuilder.ethernet().etherType(0x0806).payload(46).build();
        h.ownTraffic.set(List.of(new OwnTraffic.Endpoint(4, 0, 0xC633640AL, 9092)));
        h.sent.refuse(1);

        for (int i = 0; i < 10; i++) {
            h.at(i, udp(i + 1)).at(i, cut).at(i, notIp).atNs(-1, notIp).at(i, dns(1));
            h.at(i, tcp("192.0.2.1", 40_000, "198.51.100.10", 9092));
        }
        h.end();

        CaptureCounters c = h.counters;
        assertThat(c.captured()).isEqualTo(60);
        assertThat(c.badTimestamp()).isEqualTo(10);
        assertThat(c.undecodable()).isEqualTo(10);
        assertThat(c.ignored()).isEqualTo(30);
        assertThat(c.count(DecodeOutcome.DECODED)).isEqualTo(30);
        assertThat(c.queueDropped()).isEqualTo(3);
        assertThat(c.shippedPackets()).isEqualTo(17);
        assertThat(c.captured())
                .isEqualTo(c.shippedPackets() + c.ignored() + c.undecodable() + c.queueDropped());
        BatchHead last = h.sent.endMarkers().get(1).head();
        assertThat(last.captured).isEqualTo(60);
        assertThat(last.ignored).isEqualTo(30);
        assertThat(last.undecodable).isEqualTo(10);
        assertThat(last.queueDropped).isEqualTo(3);
        assertThat(c.shippedBytes())
                .isEqualTo(h.sent.all.stream().mapToLong(batch -> batch.bytes().length).sum());
    }

    @Test
    void shouldPassOnWhatTheKernelDropped() {
        BatcherHarness h = new BatcherHarness(new SettingsBuilder().live());

        h.counters.kernelDropped(42);
        h.at(0, udp(1)).end();

        assertThat(h.sent.withPackets().get(0).head().kernelDropped).isEqualTo(42);
    }

    @Test
    void shouldForgetFlowsBeyondItsBoundAndCountThem() {
        BatcherHarness h = new BatcherHarness(new SettingsBuilder().maxFlows(10).intervalMs(1));

        for (int i = 0; i < 100; i++) {
            h.at(10L * i, udp(i + 1));
        }
        h.end();

        assertThat(h.counters.newFlows()).isEqualTo(100);
        assertThat(h.counters.evictedFlows()).isEqualTo(90);
        assertThat(h.sent.packets()).hasSize(100);
    }

    @Test
    void shouldSendUnfinishedBatchesWhenTheyHoldEveryFlow() {
        BatcherHarness h = new BatcherHarness(new SettingsBuilder().maxFlows(10));

        for (int i = 0; i < 35; i++) {
            h.at(i, udp(i + 1));
        }
        h.end();

        assertThat(h.sent.withPackets()).extracting(Batch::packets).containsExactly(10, 10, 10, 5);
        assertThat(h.sent.withPackets())
                .extracting(Batch::clockMs)
                .containsExactly(9L, 19L, 29L, 34L);
    }

    @Test
    void shouldBoundItsTableInAFloodAndKeepWhatLives() {
        int livingLength = 1_400;
        CaptureCounters counters = new CaptureCounters();
        PrefixCounter output = new PrefixCounter(livingLength);
        FlowBatcher batcher =
                new FlowBatcher(new SettingsBuilder().maxFlows(50_000).build(), counters, output);
        batcher.interfaces(List.of(new CaptureInterface("eth0", 1)));
        byte[] flood = udp(1).build();
        byte[] living = udp(2, livingLength).build();

        for (int i = 0; i < 1_000_000; i++) {
            flood[26] = (byte) (i >>> 16); // source address; checksums are not verified
            flood[27] = (byte) (i >>> 8);
            flood[28] = (byte) i;
            batcher.frame(0, START_NS + 1_000L * i, flood, 0, flood.length, flood.length);
            if (i % 1_000 == 0) {
                batcher.frame(0, START_NS + 1_000L * i, living, 0, living.length, living.length);
            }
        }
        batcher.endOfCapture(false);

        assertThat(counters.newFlows()).isEqualTo(1_000_001);
        assertThat(counters.evictedFlows()).isEqualTo(1_000_001 - 50_000);
        assertThat(counters.shippedPackets()).isEqualTo(1_001_000);
        // Forgotten flows begin anew: 16 KiB in packets of 1400 bytes are 12 prefixes.
        assertThat(output.prefixes).isEqualTo(12);
    }

    /** Counts packets of one payload length that came with a prefix. */
    private static final class PrefixCounter implements BatchOutput {
        private final PacketBatch batch = new PacketBatch();
        private final int payloadLength;
        int prefixes;

        PrefixCounter(int payloadLength) {
            this.payloadLength = payloadLength;
        }

        @Override
        public boolean accept(
                BatchTopic topic, int partition, byte[] bytes, int length, int packets) {
            try {
                batch.wrap(bytes, 0, length);
                while (batch.nextFlow()) {
                    PacketCursor cursor = batch.flow().packets();
                    while (cursor.next()) {
                        WirePacket packet = cursor.packet();
                        if (packet.payloadLength == payloadLength && packet.prefixLength > 0) {
                            prefixes++;
                        }
                    }
                }
            } catch (WireFormatException e) {
                throw new AssertionError("batch that cannot be read", e);
            }
            return true;
        }
    }
}
