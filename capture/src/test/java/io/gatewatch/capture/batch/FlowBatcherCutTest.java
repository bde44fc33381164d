package io.gatewatch.capture.batch;

import static io.gatewatch.capture.batch.BatcherHarness.START_MINUTE;
import static io.gatewatch.capture.batch.BatcherHarness.START_NS;
import static io.gatewatch.capture.batch.BatcherHarness.dns;
import static io.gatewatch.capture.batch.BatcherHarness.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.capture.batch.RecordedBatches.Batch;
import io.gatewatch.capture.batch.RecordedBatches.Packet;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.wire.BatchHead;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When a batch is cut, and what is in it. */
class FlowBatcherCutTest {
    private static final int ONE_MEGABYTE = 1_000_000;

    @Test
    void shouldGroupPacketsByFlowInCaptureOrder() {
        BatcherHarness h = new BatcherHarness();

        h.at(0, udp(1)).at(1, udp(2)).at(2, udp(1)).at(3, udp(2)).at(4, udp(1)).end();

        assertThat(h.sent.withPackets()).hasSize(1);
        assertThat(h.sent.packets()).extracting(Packet::ms).containsExactly(0L, 2L, 4L, 1L, 3L);
        assertThat(h.sent.withPackets().get(0).head().flowCount).isEqualTo(2);
    }

    @Test
    void shouldPutBothDirectionsOfAFlowTogether() {
        BatcherHarness h = new BatcherHarness();
        FrameBuilder answer =
                FrameBuilder.ethernet(FrameBuilder.GATEWAY_MAC, FrameBuilder.CLIENT_MAC)
                        .ipv4("198.51.100.1", "192.0.2.1")
                        .udp(9, 40_000);

        h.at(0, udp(1)).at(1, answer).at(2, udp(1)).end();

        List<Packet> packets = h.sent.packets();
        assertThat(packets).extracting(Packet::flow).containsOnly(packets.get(0).flow());
        assertThat(packets).extracting(Packet::fromB).containsExactly(false, true, false);
        assertThat(packets.get(0).path().sourceMac()).isEqualTo(0x0200_0000_0001L);
        assertThat(packets.get(1).path().sourceMac()).isEqualTo(0x0200_0000_00feL);
    }

    @Test
    void shouldStateWhoItIsInEveryHead() {
        BatcherHarness h = new BatcherHarness();

        h.at(70_000, udp(1)).end();

        BatchHead head = h.sent.withPackets().get(0).head();
        assertThat(head.site).isEqualTo("home");
        assertThat(head.gateway).isEqualTo("gw-1");
        assertThat(head.bootId).isEqualTo(SettingsBuilder.BOOT_ID);
        assertThat(head.has(BatchHead.FLAG_FILE)).isTrue();
        assertThat(head.has(BatchHead.FLAG_PACKET_IDENTITY)).isFalse();
        assertThat(head.minute).isEqualTo(START_MINUTE + 1);
        assertThat(head.captured).isEqualTo(1);
        assertThat(head.interfaces).extracting("name").containsExactly("eth0");
    }

    @Test
    void shouldCutBeforeThePacketThatIsAnIntervalAfterTheFirst() {
        BatcherHarness h = new BatcherHarness(new SettingsBuilder().intervalMs(200));

        h.at(0, udp(1)).at(199, udp(1)).at(200, udp(1)).at(399, udp(1)).at(400, udp(1));

        assertThat(h.sent.withPackets()).extracting(Batch::packets).containsExactly(2, 2);
    }

    @Test
    void shouldCutWhenTheIntervalPassesThoughNoPacketOfThePartitionComes() {
        BatcherHarness h = new BatcherHarness(new SettingsBuilder().intervalMs(200));

        h.at(0, udp(1)).at(250, dns(1));

        assertThat(h.sent.all).extracting(Batch::topic).containsExactly(BatchTopic.PACKETS);
    }

    @Test
    void shouldCutBehindThePacketThatFillsTheBatch() {
        BatcherHarness h = new BatcherHarness(new SettingsBuilder().packetsPerBatch(3));

        for (int i = 0; i < 7; i++) {
            h.at(i, udp(1));
        }

        assertThat(h.sent.withPackets()).extracting(Batch::packets).containsExactly(3, 3);
        assertThat(h.sent.withPackets()).extracting(Batch::clockMs).containsExactly(2L, 5L);
    }

    @Test
    void shouldNeverPutTwoMinutesIntoOneBatch() {
        BatcherHarness h = new BatcherHarness();

        h.at(59_999, udp(1)).at(60_000, udp(1)).at(60_001, udp(1)).end();

        assertThat(h.sent.withPackets()).extracting(Batch::packets).containsExactly(1, 2);
        assertThat(h.sent.withPackets())
                .extracting(batch -> batch.head().minute)
                .containsExactly(START_MINUTE, START_MINUTE + 1);
    }

    @Test
    void shouldNotCutWhereTimeGoesBackIntoAMinuteThatIsOver() {
        BatcherHarness h = new BatcherHarness();

        h.at(60_000, udp(1)).at(59_999, udp(1)).at(60_001, udp(1)).end();

        assertThat(h.sent.withPackets())
                .extracting(batch -> batch.head().minute)
                .containsExactly(START_MINUTE + 1);
        assertThat(h.sent.packets())
                .extracting(Packet::ms)
                .containsExactly(60_000L, 59_999L, 60_001L);
    }

    @Test
    void shouldKeepPacketsWhoseTimeGoesBackwardInCaptureOrder() {
        BatcherHarness h = new BatcherHarness();

        h.at(50, udp(1)).at(20, udp(1)).at(60, udp(1)).end();

        assertThat(h.sent.withPackets()).hasSize(1);
        assertThat(h.sent.packets()).extracting(Packet::ms).containsExactly(50L, 20L, 60L);
    }

    @Test
    void shouldStayBelowOneMegabyteWhateverThePackets() {
        BatcherHarness h =
                new BatcherHarness(
                        new SettingsBuilder().packetsPerBatch(100_000).intervalMs(60_000));
        byte[] large = dns(1).payload(65_000).build();

        for (int i = 0; i < 100; i++) {
            h.at(i, large);
        }
        h.end();

        assertThat(h.sent.withPackets()).hasSizeGreaterThan(6);
        assertThat(h.sent.all).allSatisfy(b -> assertThat(b.bytes()).hasSizeLessThan(ONE_MEGABYTE));
        assertThat(h.sent.packets())
                .hasSize(100)
                .extracting(Packet::prefixLength)
                .containsOnly(65_000);
    }

    @Test
    void shouldCountFlowsAndPathsTowardsTheSize() {
        BatcherHarness h =
                new BatcherHarness(
                        new SettingsBuilder().packetsPerBatch(100_000).intervalMs(60_000));

        for (int i = 0; i < 30_000; i++) {
            String mac = String.format("02:00:00:01:%02x:%02x", i >> 8, i & 0xFF);
            String address = String.format("2001:db8::%x", i + 1);
            h.at(
                    0,
                    FrameBuilder.ethernet(mac, FrameBuilder.GATEWAY_MAC)
                            .ipv6(address, "2001:db8:1::1")
                            .udp(40_000, 9));
        }
        h.end();

        assertThat(h.sent.all).allSatisfy(b -> assertThat(b.bytes()).hasSizeLessThan(ONE_MEGABYTE));
        assertThat(h.sent.packets()).hasSize(30_000);
    }

    @Test
    void shouldSendDnsFlowsToTheirOwnTopic() {
        BatcherHarness h = new BatcherHarness();

        h.at(0, udp(1)).at(1, dns(1)).end();

        assertThat(h.sent.packets())
                .extracting(Packet::topic)
                .containsExactly(BatchTopic.PACKETS, BatchTopic.DNS);
    }

    @Test
    void shouldKeepAFlowInOnePartition() {
        BatcherHarness h = new BatcherHarness(new SettingsBuilder().partitions(8, 4).intervalMs(1));

        for (int round = 0; round < 10; round++) {
            for (int client = 1; client <= 100; client++) {
                h.at(round * 100L + client, udp(client));
            }
        }
        h.end();

        List<Packet> packets = h.sent.packets();
        assertThat(packets)
                .hasSize(1000)
                .extracting(Packet::partition)
                .contains(0, 1, 2, 3, 4, 5, 6, 7);
        long flowsAndPartitions =
                packets.stream().map(p -> p.flow() + " in " + p.partition()).distinct().count();
        assertThat(flowsAndPartitions).isEqualTo(100);
    }

    @Test
    void shouldSayWhetherAFlowWasInAnEarlierBatch() {
        BatcherHarness h = new BatcherHarness(new SettingsBuilder().packetsPerBatch(2));

        h.at(0, udp(1)).at(1, udp(1)).at(2, udp(1)).at(3, udp(2)).end();

        assertThat(h.sent.packets())
                .extracting(Packet::seenBefore)
                .containsExactly(false, false, true, false);
    }

    @Test
    void shouldListEveryPathOfAFlowOnce() {
        BatcherHarness h = new BatcherHarness();
        FrameBuilder tagged =
                FrameBuilder.ethernet()
                        .vlan(7)
                        .vlan(42)
                        .ipv4("192.0.2.1", "198.51.100.1")
                        .udp(40_000, 9);

        h.at(0, udp(1)).at(1, tagged).at(2, udp(1)).at(3, tagged).end();

        List<Packet> packets = h.sent.packets();
        assertThat(packets).extracting(p -> p.path().vlanCount()).containsExactly(0, 2, 0, 2);
        assertThat(packets.get(1).path().outerVlanId()).isEqualTo(7);
        assertThat(packets.get(1).path().vlanTags()).isEqualTo(7L << 16 | 42);
    }

    @Test
    void shouldTakeTheSameAddressesInTwoVlansForOneFlowUnlessAsked() {
        FrameBuilder vlan7 = inVlan(7);
        FrameBuilder vlan8 = inVlan(8);
        BatcherHarness one = new BatcherHarness();
        BatcherHarness three = new BatcherHarness(new SettingsBuilder().keyVlan());

        one.at(0, udp(1)).at(1, vlan7).at(2, vlan8).at(3, vlan7).end();
        three.at(0, udp(1)).at(1, vlan7).at(2, vlan8).at(3, vlan7).end();

        assertThat(one.sent.packets()).extracting(Packet::keyVlan).containsExactly(-1, -1, -1, -1);
        assertThat(one.sent.withPackets().get(0).head().flowCount).isEqualTo(1);
        assertThat(three.sent.packets()).extracting(Packet::keyVlan).containsExactly(-1, 7, 7, 8);
        assertThat(three.sent.withPackets().get(0).head().flowCount).isEqualTo(3);
    }

    private static FrameBuilder inVlan(int id) {
        int priority = 5 << 13;
        return FrameBuilder.ethernet()
                .vlan(priority | id)
                .vlan(99)
                .ipv4("192.0.2.1", "198.51.100.1")
                .udp(40_000, 9);
    }

    @Test
    void shouldCutWhenAFlowHasAsManyPathsAsABatchTakes() {
        BatcherHarness h = new BatcherHarness();

        for (int vlan = 1; vlan <= 300; vlan++) {
            h.at(
                    0,
                    FrameBuilder.ethernet()
                            .vlan(vlan)
                            .ipv4("192.0.2.1", "198.51.100.1")
                            .udp(40_000, 9));
        }
        h.end();

        assertThat(h.sent.withPackets()).extracting(Batch::packets).containsExactly(255, 45);
        assertThat(h.sent.packets())
                .extracting(p -> p.path().outerVlanId())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 300).boxed().toList());
    }

    @Test
    void shouldNotOrderMessagesWithoutACounterpart() {
        BatcherHarness h = new BatcherHarness();
        FrameBuilder unreachable =
                FrameBuilder.ethernet().ipv4("198.51.100.9", "192.0.2.1").icmp(3, 1).payload(28);

        h.at(0, unreachable).end();

        Packet packet = h.sent.packets().get(0);
        assertThat(packet.fromB()).isFalse();
        assertThat(packet.flow()).isEqualTo("1 v4 0/c6336409:3 0/c0000201:1");
    }

    @Test
    void shouldCarryIdentityWhenAsked() {
        BatcherHarness h = new BatcherHarness(new SettingsBuilder().packetIdentity());

        h.at(0, udp(1).identification(0x1234).checksum(0xbeef)).end();

        Packet packet = h.sent.packets().get(0);
        assertThat(packet.ipIdentification()).isEqualTo(0x1234);
        assertThat(packet.transportChecksum()).isEqualTo(0xbeef);
    }

    @Test
    void shouldTakeTheLatestUsableTimeAndIgnoreWhatIsBeyond() {
        BatcherHarness h = new BatcherHarness();
        byte[] frame = udp(1).build();

        h.atNs(-1, frame).atNs(Long.MIN_VALUE, frame).atNs(Long.MAX_VALUE, frame);
        h.atNs(FlowBatcher.MAX_TIME_NS + 1, frame);

        assertThat(h.counters.badTimestamp()).isEqualTo(4);
        assertThat(h.counters.captured()).isEqualTo(4);
        assertThat(h.counters.ignored()).isEqualTo(4);
        assertThat(h.batcher.clockNs()).isEqualTo(BatchHead.NO_CLOCK);

        h.atNs(0, frame).atNs(FlowBatcher.MAX_TIME_NS, frame).end();

        assertThat(h.sent.packets())
                .extracting(Packet::timeNs)
                .containsExactly(0L, FlowBatcher.MAX_TIME_NS);
        assertThat(START_NS).isBetween(0L, FlowBatcher.MAX_TIME_NS);
    }
}
