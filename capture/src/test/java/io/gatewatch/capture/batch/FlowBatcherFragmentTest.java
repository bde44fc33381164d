package io.gatewatch.capture.batch;

import static io.gatewatch.capture.batch.BatcherHarness.START_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.PacketAnomaly;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.FuzzBytes;
import io.gatewatch.wire.WirePacket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fragments get the flow of their datagram, whatever the order in which they come. */
class FlowBatcherFragmentTest {
    private static final int ACK = WirePacket.ACK;

    private final BatcherHarness h = new BatcherHarness();

    /** The fragments of a datagram with so much data each; headers included, as on the wire. */
    private static List<byte[]> fragments(FrameBuilder whole, int ipHeaderLength, int each) {
        return fragments(whole, ipHeaderLength, each, 1);
    }

    private static List<byte[]> fragments(
            FrameBuilder whole, int ipHeaderLength, int each, int identification) {
        byte[] frame = whole.build();
        byte[] data = Arrays.copyOfRange(frame, 14 + ipHeaderLength, frame.length);
        boolean ipv6 = ipHeaderLength == 40;
        int protocol = frame[14 + (ipv6 ? 6 : 9)];
        List<byte[]> fragments = new ArrayList<>();
        for (int at = 0; at < data.length; at += each) {
            int end = Math.min(data.length, at + each);
            FrameBuilder part = FrameBuilder.ethernet();
            part = ipv6 ? part.ipv6(CLIENT_6, SERVER_6) : part.ipv4(CLIENT, SERVER);
            fragments.add(
                    part.identification(identification)
                            .fragment(at, end < data.length)
                            .protocol(protocol)
                            .payload(Arrays.copyOfRange(data, at, end))
                            .build());
        }
        return fragments;
    }

    private static final String CLIENT = "192.0.2.1";
    private static final String SERVER = "198.51.100.1";
    private static final String CLIENT_6 = "2001:db8::1";
    private static final String SERVER_6 = "2001:db8::2";

    private static FrameBuilder udp(int port, int length) {
        return FrameBuilder.ethernet().ipv4(CLIENT, SERVER).udp(40_000, port).payload(length);
    }

    private static FrameBuilder tcp(String flags) {
        return FrameBuilder.ethernet()
                .ipv4(CLIENT, SERVER)
                .tcp(40_000, 80)
                .sequence(0xFFFF_FFF0L)
                .acknowledgement(77)
                .window(512)
                .flags(flags)
                .payload(100);
    }

    private List<RecordedBatches.Packet> sent() {
        h.end();
        return h.sent.packets();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123", "3210", "2013", "1032", "3021"})
    void shouldCountEveryFragmentForItsFlow(String order) {
        List<byte[]> fragments = fragments(udp(9, 100), 20, 32);
        assertThat(fragments).hasSize(4);
        for (int i = 0; i < order.length(); i++) {
            h.at(i, fragments.get(order.charAt(i) - '0'));
        }

        List<RecordedBatches.Packet> packets = sent();

        assertThat(packets).hasSize(4);
        assertThat(packets).extracting(RecordedBatches.Packet::flow).containsOnly(flow(9));
        assertThat(packets).extracting(RecordedBatches.Packet::ms).containsExactly(0L, 1L, 2L, 3L);
        assertThat(packets.stream().mapToInt(RecordedBatches.Packet::payloadLength).sum())
                .isEqualTo(100);
        assertThat(packets.stream().mapToInt(RecordedBatches.Packet::transportHeaderLength).sum())
                .isEqualTo(8);
        assertThat(packets.stream().mapToInt(RecordedBatches.Packet::ipLength).sum())
                .isEqualTo(4 * 20 + 108);
        assertThat(packets).extracting(RecordedBatches.Packet::anomalies).containsOnly(0L);
        assertThat(h.counters.fragmentWithoutFirst()).isZero();
    }

    private static String flow(int port) {
        return "17 v4 0/c0000201:40000 0/c6336401:" + port;
    }

    @Test
    void shouldCountFragmentsOfIpv6() {
        FrameBuilder whole =
                FrameBuilder.ethernet().ipv6(CLIENT_6, SERVER_6).udp(40_000, 9).payload(100);
        List<byte[]> fragments = fragments(whole, 40, 56);
        h.at(0, fragments.get(1)).at(1, fragments.get(0));

        List<RecordedBatches.Packet> packets = sent();

        assertThat(packets).hasSize(2);
        assertThat(packets)
                .extracting(RecordedBatches.Packet::flow)
                .containsOnly("17 v6 20010db800000000/1:40000 20010db800000000/2:9");
        assertThat(packets.stream().mapToInt(RecordedBatches.Packet::payloadLength).sum())
                .isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({"PA, 01234", "PA, 43210", "S, 01234", "S, 21043", "PAF, 10234"})
    void shouldGiveTcpFragmentsTheSequenceNumbersOfTheirBytes(String flags, String order) {
        List<byte[]> fragments = fragments(tcp(flags), 20, 24);
        assertThat(fragments).hasSize(5);
        for (int i = 0; i < order.length(); i++) {
            h.at(i, fragments.get(order.charAt(i) - '0'));
        }

        List<RecordedBatches.Packet> packets = new ArrayList<>(sent());

        packets.sort((a, b) -> Long.compare(position(a), position(b)));
        RecordedBatches.Packet first = packets.remove(0);
        assertThat(first.sequence()).isEqualTo(0xFFFF_FFF0L);
        assertThat(first.transportHeaderLength()).isEqualTo(20);
        assertThat(first.payloadLength()).isEqualTo(4);
        int syn = flags.contains("S") ? 1 : 0;
        int next = 4;
        for (RecordedBatches.Packet packet : packets) {
            assertThat(packet.sequence()).isEqualTo((0xFFFF_FFF0L + syn + next) & 0xFFFF_FFFFL);
            assertThat(packet.tcpFlags()).isEqualTo(flags.contains("A") ? ACK : 0);
            assertThat(packet.acknowledgement()).isEqualTo(77);
            assertThat(packet.window()).isEqualTo(512);
            assertThat(packet.transportHeaderLength()).isZero();
            next += packet.payloadLength();
        }
        assertThat(next).isEqualTo(100);
    }

    private static long position(RecordedBatches.Packet packet) {
        return packet.sequence() - 0xFFFF_FFF0L & 0xFFFF_FFFFL;
    }

    @Test
    void shouldShipPayloadOfFragmentsThatWaited() {
        byte[] whole = tcp("PA").build();
        List<byte[]> fragments = fragments(tcp("PA"), 20, 48);
        h.at(0, fragments.get(1)).at(1, fragments.get(2)).at(2, fragments.get(0));

        List<RecordedBatches.Packet> packets = sent();

        String payload = HexFormat.of().formatHex(whole, 14 + 40, whole.length);
        assertThat(packets.get(2).prefix() + packets.get(0).prefix() + packets.get(1).prefix())
                .isEqualTo(payload);
    }

    @Test
    void shouldTakeTheRestOfATcpHeaderForHeader() {
        List<byte[]> fragments = fragments(tcp("PA"), 20, 16);

        fragments.forEach(fragment -> h.at(0, fragment));

        List<RecordedBatches.Packet> packets = sent();
        assertThat(packets.get(0).payloadLength()).isZero();
        assertThat(packets.get(0).transportHeaderLength()).isEqualTo(16);
        assertThat(packets.get(0).anomalies()).isEqualTo(PacketAnomaly.FRAGMENT_TINY.bit());
        assertThat(packets.get(1).transportHeaderLength()).isEqualTo(4);
        assertThat(packets.get(1).payloadLength()).isEqualTo(12);
        assertThat(packets.get(1).sequence()).isEqualTo(0xFFFF_FFF0L);
        assertThat(packets.stream().mapToInt(RecordedBatches.Packet::payloadLength).sum())
                .isEqualTo(100);
    }

    @Test
    void shouldClaimNoPayloadWhereTheHeaderLengthIsNotKnown() {
        List<byte[]> fragments = fragments(tcp("PA"), 20, 8);

        fragments.forEach(fragment -> h.at(0, fragment));

        assertThat(sent())
                .hasSize(15)
                .allSatisfy(packet -> assertThat(packet.payloadLength()).isZero())
                .allSatisfy(packet -> assertThat(packet.flow()).startsWith("6 v4"));
    }

    @Test
    void shouldCountFragmentsWhoseFirstNeverComes() {
        List<byte[]> fragments = fragments(udp(9, 100), 20, 32);
        h.at(0, fragments.get(1)).at(1, fragments.get(2)).at(29_999, BatcherHarness.udp(7));
        assertThat(h.counters.fragmentWithoutFirst()).isZero();

        h.at(30_000, BatcherHarness.udp(7));

        assertThat(h.counters.fragmentWithoutFirst()).isEqualTo(2);
        assertThat(h.counters.ignored()).isEqualTo(2);
        h.at(30_001, fragments.get(0));
        assertThat(sent()).hasSize(3).noneMatch(packet -> packet.ms() < 29_999);
    }

    @Test
    void shouldCountFragmentsThatWaitAtTheEnd() {
        h.at(0, fragments(udp(9, 100), 20, 32).get(1));

        assertThat(sent()).isEmpty();
        assertThat(h.counters.fragmentWithoutFirst()).isEqualTo(1);
        assertThat(h.sent.endMarkers()).allMatch(batch -> batch.head().ignored == 1);
    }

    @Test
    void shouldReportFragmentsThatWaitAsNotSentWhenTheCaptureStops() {
        h.at(0, fragments(udp(9, 100), 20, 32).get(1)).at(1, BatcherHarness.udp(7));

        assertThat(h.batcher.discard()).isEqualTo(2);
        assertThat(h.sent.all).isEmpty();
    }

    @Test
    void shouldForgetTheOldestDatagramForTheNewest() {
        BatcherHarness small = new BatcherHarness(new SettingsBuilder().fragments(50, 4 << 20));
        List<byte[]> oldest = fragments(udp(9, 100), 20, 32);
        small.at(0, oldest.get(1));
        for (int i = 0; i < 50; i++) {
            small.at(1, fragments(udp(9, 100), 20, 32, 2 + i).get(0));
        }

        assertThat(small.counters.evictedDatagrams()).isEqualTo(1);
        assertThat(small.counters.fragmentWithoutFirst()).isEqualTo(1);
        small.at(2, oldest.get(0)).end();
        assertThat(small.sent.packets()).hasSize(51);
    }

    @Test
    void shouldHoldABoundedNumberOfFragments() {
        BatcherHarness small = new BatcherHarness(new SettingsBuilder().fragments(50, 4 << 20));
        List<byte[]> early = fragments(udp(9, 1_000), 20, 8);
        for (int i = 1; i <= 51; i++) {
            small.at(0, early.get(i));
        }

        assertThat(small.counters.waitingFragments()).isEqualTo(50);
        assertThat(small.counters.fragmentWithoutFirst()).isEqualTo(1);
        small.at(1, early.get(0)).end();
        assertThat(small.counters.waitingFragments()).isZero();
        assertThat(small.sent.packets()).hasSize(51);
    }

    @Test
    void shouldForgetTheOldestDatagramForBytesOfTheNewest() {
        // Each datagram keeps 4 KiB, the least that is made room for.
        BatcherHarness small = new BatcherHarness(new SettingsBuilder().fragments(50, 8 << 10));
        List<byte[]> oldest = fragments(udp(9, 100), 20, 32);
        small.at(0, oldest.get(1));
        small.at(1, fragments(udp(9, 100), 20, 32, 2).get(1));
        assertThat(small.counters.evictedDatagrams()).isZero();

        small.at(2, fragments(udp(9, 100), 20, 32, 3).get(1));

        assertThat(small.counters.evictedDatagrams()).isEqualTo(1);
        assertThat(small.counters.fragmentWithoutFirst()).isEqualTo(1);
        assertThat(small.counters.waitingFragments()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"32, 32, 0", "24, 32, 1", "32, 8, 0", "32, 16, 1"})
    void shouldMarkOverlaps(int offset, int length, int marked) {
        List<byte[]> fragments = fragments(udp(9, 100), 20, 32);
        byte[] other =
                FrameBuilder.ethernet()
                        .ipv4(CLIENT, SERVER)
                        .identification(1)
                        .fragment(offset, true)
                        .protocol(17)
                        .payload(length)
                        .build();
        h.at(0, fragments.get(0)).at(1, other);
        if (length == 16) {
            h.at(2, fragments.get(1));
        }

        assertThat(sent().stream().filter(p -> p.anomalies() != 0))
                .hasSize(marked)
                .allMatch(p -> p.anomalies() == PacketAnomaly.FRAGMENT_OVERLAP.bit());
    }

    @Test
    void shouldNotTakeARepeatedFragmentForAnOverlap() {
        for (byte[] fragment : fragments(udp(9, 100), 20, 32)) {
            h.at(0, fragment).at(0, fragment);
        }

        assertThat(sent()).hasSize(8).allMatch(packet -> packet.anomalies() == 0);
    }

    @Test
    void shouldTellDatagramsApartThatReuseAnIdentification() {
        fragments(udp(9, 100), 20, 64).forEach(fragment -> h.at(0, fragment));
        fragments(udp(10, 100), 20, 64).forEach(fragment -> h.at(1, fragment));
        List<byte[]> cut = fragments(udp(11, 100), 20, 64);
        h.at(2, cut.get(0)); // its last never comes
        fragments(udp(12, 100), 20, 64).forEach(fragment -> h.at(3, fragment));

        assertThat(sent())
                .extracting(RecordedBatches.Packet::flow)
                .containsExactly(
                        flow(9), flow(9), flow(10), flow(10), flow(11), flow(12), flow(12));
    }

    @Test
    void shouldTellDatagramsApartByVlanProtocolAndTunnel() {
        List<byte[]> fragments = fragments(udp(9, 100), 20, 64);
        byte[] tagged =
                FrameBuilder.ethernet()
                        .vlan(5)
                        .ipv4(CLIENT, SERVER)
                        .identification(1)
                        .fragment(64, false)
                        .protocol(17)
                        .payload(44)
                        .build();
        byte[] otherProtocol =
                FrameBuilder.ethernet()
                        .ipv4(CLIENT, SERVER)
                        .identification(1)
                        .fragment(64, false)
                        .protocol(6)
                        .payload(44)
                        .build();
        byte[] bare = Arrays.copyOfRange(fragments.get(1), 14, fragments.get(1).length);
        byte[] inTunnel =
                FrameBuilder.ethernet()
                        .ipv4("10.0.0.1", "10.0.0.2")
                        .protocol(4)
                        .payload(bare)
                        .build();

        h.at(0, fragments.get(0)).at(1, tagged).at(2, otherProtocol).at(3, inTunnel);

        assertThat(sent()).hasSize(2);
        assertThat(h.counters.fragmentWithoutFirst()).isEqualTo(3);
    }

    @Test
    void shouldPutDnsMessagesTogether() {
        byte[] whole = udp(53, 200).build();
        String message = HexFormat.of().formatHex(whole, 14 + 28, whole.length);
        List<List<Integer>> orders =
                List.of(List.of(0, 1, 2, 3), List.of(3, 2, 1, 0), List.of(2, 0, 3, 1));
        int at = 0;
        for (List<Integer> order : orders) {
            List<byte[]> fragments = fragments(udp(53, 200), 20, 64, at);
            assertThat(fragments).hasSize(4);
            for (int i : order) {
                h.at(at++, fragments.get(i));
            }
        }

        List<RecordedBatches.Packet> packets = sent();

        assertThat(packets)
                .as("the first fragments alone ship what they hold")
                .allMatch(
                        packet -> packet.prefixLength() > 0 == packet.transportHeaderLength() > 0);
        assertThat(packets).allMatch(packet -> packet.topic() == BatchTopic.DNS);
        List<RecordedBatches.Packet> with =
                packets.stream().filter(packet -> !packet.message().isEmpty()).toList();
        assertThat(with).extracting(RecordedBatches.Packet::ms).containsExactly(3L, 7L, 11L);
        assertThat(with).allSatisfy(packet -> assertThat(packet.message()).isEqualTo(message));
    }

    @Test
    void shouldNotPutTogetherWhatOverlapsOrIsCut() {
        List<byte[]> fragments = fragments(udp(53, 200), 20, 64);
        byte[] over =
                FrameBuilder.ethernet()
                        .ipv4(CLIENT, SERVER)
                        .identification(1)
                        .fragment(56, true)
                        .protocol(17)
                        .payload(16)
                        .build();
        h.at(0, fragments.get(0)).at(0, fragments.get(1)).at(0, over);
        fragments.subList(2, 4).forEach(fragment -> h.at(0, fragment));
        List<byte[]> others = fragments(udp(53, 200), 20, 64, 2);
        byte[] cut = Arrays.copyOf(others.get(1), others.get(1).length - 1);
        h.at(1, others.get(0));
        h.batcher.frame(0, START_NS, cut, 0, cut.length, others.get(1).length);
        others.subList(2, 4).forEach(fragment -> h.at(1, fragment));

        assertThat(sent()).hasSize(9).allMatch(packet -> packet.message().isEmpty());
    }

    @Test
    void shouldMakeTheSameBatchesFromTheSameFragmentsAtAnyInterval() {
        FuzzBytes fuzz = FuzzBytes.forTest(FlowBatcherFragmentTest.class);
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int port = i % 3 == 0 ? 53 : 9;
            frames.addAll(fragments(udp(port, 100 + i), 20, 40, i));
            frames.addAll(fragments(tcp("PA"), 20, 40, 1_000 + i));
        }
        Collections.shuffle(frames, fuzz.random());
        List<List<RecordedBatches.Packet>> results = new ArrayList<>();
        long without = -1;
        for (int intervalMs : new int[] {1, 200, 60_000}) {
            BatcherHarness each =
                    new BatcherHarness(
                            new SettingsBuilder().partitions(3, 2).intervalMs(intervalMs));
            for (int i = 0; i < frames.size(); i++) {
                each.at(i * 100L, frames.get(i));
            }
            each.end();
            results.add(
                    each.sent.packets().stream()
                            .map(RecordedBatches.Packet::whateverTheBatch)
                            .sorted((a, b) -> a.toString().compareTo(b.toString()))
                            .toList());
            assertThat(each.counters.captured())
                    .isEqualTo(each.counters.shippedPackets() + each.counters.ignored());
            assertThat(without == -1 || without == each.counters.fragmentWithoutFirst()).isTrue();
            without = each.counters.fragmentWithoutFirst();
        }

        assertThat(without).as("some are too late").isPositive();
        assertThat(results.get(1)).isEqualTo(results.get(0));
        assertThat(results.get(2)).isEqualTo(results.get(0));
    }
}
