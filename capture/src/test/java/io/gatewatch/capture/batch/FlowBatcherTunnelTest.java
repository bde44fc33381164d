package io.gatewatch.capture.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.Hex;
import io.gatewatch.wire.Tunnel;
import io.gatewatch.wire.TunnelKind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FlowBatcherTunnelTest {
    private static final String OUTER = "17 v4 0/a000001:50000 0/a000002:4789";
    private static final String INNER = "17 v4 0/c0000207:1234 0/c0000208:9";

    private static byte[] vxlan(int network, byte[] frame) {
        byte[] header = Hex.bytes("08000000", String.format("%06x00", network));
        byte[] payload = Arrays.copyOf(header, header.length + frame.length);
        System.arraycopy(frame, 0, payload, header.length, frame.length);
        return FrameBuilder.ethernet()
                .ipv4("10.0.0.1", "10.0.0.2")
                .udp(50_000, 4789)
                .payload(payload)
                .build();
    }

    private static byte[] inner() {
        return FrameBuilder.ethernet("02:00:00:00:11:11", "02:00:00:00:22:22")
                .ipv4("192.0.2.7", "192.0.2.8")
                .udp(1234, 9)
                .payload(5)
                .build();
    }

    @Test
    void shouldShipTheOuterAndTheInnerPacket() {
        BatcherHarness h = new BatcherHarness();
        h.at(0, vxlan(42, inner())).at(1, vxlan(43, inner())).end();

        assertThat(h.sent.packets())
                .extracting(RecordedBatches.Packet::flow)
                .containsExactly(OUTER, OUTER, INNER, INNER);
        assertThat(h.sent.packets().get(0).path().tunnel()).isNull();
        for (int i = 0; i < 2; i++) {
            RecordedBatches.Packet packet = h.sent.packets().get(2 + i);
            assertThat(packet.path().tunnel())
                    .isEqualTo(
                            new Tunnel(
                                    TunnelKind.VXLAN, 4, 0, 0x0A00_0001L, 0, 0x0A00_0002L, 42 + i));
            assertThat(packet.path().sourceMac()).isEqualTo(0x0200_0000_1111L);
            assertThat(packet.ms()).isEqualTo(i);
        }
        assertThat(h.counters.captured()).isEqualTo(2);
        assertThat(h.counters.decapsulated()).isEqualTo(2);
        assertThat(h.counters.shippedPackets()).isEqualTo(4);
        assertThat(h.sent.endMarkers()).allMatch(batch -> batch.head().decapsulated == 2);
    }

    @Test
    void shouldLeaveTunnelsAloneWhenAskedTo() {
        BatcherHarness h = new BatcherHarness(new SettingsBuilder().keepEncapsulated());
        h.at(0, vxlan(42, inner())).end();

        assertThat(h.sent.packets())
                .extracting(RecordedBatches.Packet::flow)
                .containsExactly(OUTER);
        assertThat(h.counters.decapsulated()).isZero();
    }

    @Test
    void shouldCountInnerPacketsThatCannotBeDecodedByTheirReason() {
        BatcherHarness h = new BatcherHarness();
        byte[] arp = FrameBuilder.ethernet().etherType(0x0806).ipv4("0.0.0.0", "0.0.0.0").build();
        h.at(0, vxlan(42, arp)).at(1, vxlan(42, Arrays.copyOf(inner(), 20))).end();

        assertThat(h.sent.packets())
                .extracting(RecordedBatches.Packet::flow)
                .containsExactly(OUTER, OUTER);
        assertThat(h.counters.decapsulated()).isEqualTo(2);
        assertThat(h.counters.count(DecodeOutcome.IGNORED_NOT_IP)).isEqualTo(1);
        assertThat(h.counters.count(DecodeOutcome.UNDECODABLE_IPV4)).isEqualTo(1);
        assertThat(h.counters.captured() + h.counters.decapsulated())
                .isEqualTo(
                        h.counters.shippedPackets()
                                + h.counters.ignored()
                                + h.counters.undecodable());
    }

    @Test
    void shouldGiveTheInnerPacketTheMinuteOfItsFrame() {
        BatcherHarness h = new BatcherHarness();
        h.at(59_999, vxlan(42, inner())).at(60_001, vxlan(42, inner())).end();

        assertThat(h.sent.packets())
                .filteredOn(packet -> packet.flow().equals(INNER))
                .extracting(packet -> packet.minute() - BatcherHarness.START_MINUTE)
                .containsExactly(0L, 1L);
    }
}
