package io.gatewatch.capture.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.PacketView;
import io.gatewatch.testing.Hex;
import io.gatewatch.wire.WirePacket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which payload leaves the gateway. A is the side called 'a', B the side called 'b'. */
class PayloadPolicyTest {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMP = 1;
    private static final byte[] PLAIN = Hex.bytes("47 45 54 20 2f 20 48 54");
    private static final byte[] TLS_DATA = Hex.bytes("17 03 03 00 20");
    private static final byte[] QUIC_V1_INITIAL = Hex.bytes("c3 00000001 08 01");
    private static final byte[] QUIC_SHORT = Hex.bytes("43 01 02 03 04 05 06");

    private final PayloadPolicy policy = new PayloadPolicy(new SettingsBuilder().build());
    private final Flow flow = newFlow();
    private final PacketView packet = new PacketView();
    private long timeNs = BatcherHarness.START_NS;
    private final long[] next = {1000, 2000};

    private static Flow newFlow() {
        Flow flow = new Flow();
        flow.reset();
        return flow;
    }

    /** One packet; returns how much of its payload is shipped. */
    private int sends(char side, int protocol, int flags, long sequence, byte[] head, int length) {
        return sendsCaptured(side, protocol, flags, sequence, head, length, length);
    }

    private int sendsCaptured(
            char side,
            int protocol,
            int flags,
            long sequence,
            byte[] head,
            int length,
            int captured) {
        packet.bytes = new byte[40 + Math.max(captured, head.length)];
        System.arraycopy(head, 0, packet.bytes, 40, head.length);
        packet.protocol = protocol;
        packet.tcpFlags = flags;
        packet.sequence = sequence;
        packet.payloadOffset = 40;
        packet.payloadLength = length;
        packet.capturedPayloadLength = captured;
        return policy.prefixLength(flow, side == 'b', timeNs, packet);
    }

    private int syn(char side, long sequence) {
        next[side - 'a'] = sequence + 1;
        return sends(side, TCP, WirePacket.SYN, sequence, PLAIN, 0);
    }

    private int synAck(char side, long sequence) {
        next[side - 'a'] = sequence + 1;
        return sends(side, TCP, WirePacket.SYN | WirePacket.ACK, sequence, PLAIN, 0);
    }

    /** New TCP data of a side. */
    private int data(char side, byte[] head, int length) {
        long sequence = next[side - 'a'];
        next[side - 'a'] = (sequence + length) & 0xFFFF_FFFFL;
        return sends(side, TCP, WirePacket.ACK, sequence, head, length);
    }

    private int data(char side, int length) {
        return data(side, PLAIN, length);
    }

    private int datagram(char side, byte[] head, int length) {
        return sends(side, UDP, 0, 0, head, length);
    }

    private List<Integer> data(char side, int length, int times) {
        List<Integer> shipped = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            shipped.add(data(side, length));
        }
        return shipped;
    }

    @Test
    void shouldShipSixteenPacketsOfTheOpenerAndFourOfTheOther() {
        syn('b', 7);

        assertThat(data('b', 100, 20)).filteredOn(n -> n == 100).hasSize(16);
        assertThat(data('a', 100, 20)).filteredOn(n -> n == 100).hasSize(4);
    }

    @Test
    void shouldShip1500BytesOfAPacketOfTheOpener() {
        syn('a', 7);

        assertThat(data('a', 1500)).isEqualTo(1500);
        assertThat(data('a', 1501)).isEqualTo(1500);
        assertThat(data('a', 60_000)).isEqualTo(1500);
    }

    @Test
    void shouldShipSixteenKilobytesOfTheOpenerInAll() {
        syn('a', 7);

        List<Integer> shipped = data('a', 1460, 16);

        assertThat(shipped.subList(0, 11)).containsOnly(1460);
        assertThat(shipped.get(11)).isEqualTo(16 * 1024 - 11 * 1460);
        assertThat(shipped.subList(12, 16)).containsOnly(0);
    }

    @Test
    void shouldShipFourKilobytesOfTheOtherSideInAll() {
        syn('a', 7);

        assertThat(data('b', 1460, 4)).containsExactly(1460, 1460, 4096 - 2 * 1460, 0);
    }

    @Test
    void shouldShipOneLargeSegmentOfTheOtherSide() {
        syn('a', 7);

        assertThat(data('b', 20_000)).isEqualTo(4096);
    }

    @Test
    void shouldNotChargePacketsWithoutData() {
        syn('a', 7);
        for (int i = 0; i < 100; i++) {
            assertThat(data('a', 0)).isZero();
        }

        assertThat(data('a', 100, 16)).containsOnly(100);
    }

    @Test
    void shouldShipNoMoreThanWasCaptured() {
        syn('a', 7);

        assertThat(sendsCaptured('a', TCP, WirePacket.ACK, 8, PLAIN, 1000, 60)).isEqualTo(60);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "sender of the SYN,                    a S , a",
        "receiver of a SYN+ACK,                a SA, b",
        "sender of the first packet midstream, a A , a",
    })
    void shouldTakeForTheOpener(String who, String firstPacket, char opener) {
        char sender = firstPacket.charAt(0);
        switch (firstPacket.substring(2)) {
            case "S" -> syn(sender, 7);
            case "SA" -> synAck(sender, 7);
            default -> data(sender, 0);
        }

        assertThat(data(opener, 100, 17)).as(who).filteredOn(n -> n > 0).hasSize(16);
        char other = opener == 'a' ? 'b' : 'a';
        assertThat(data(other, 100, 17)).filteredOn(n -> n > 0).hasSize(4);
    }

    @Test
    void shouldKeepTheOpenerInAHandshake() {
        syn('b', 7);
        synAck('a', 9);

        assertThat(data('b', 100, 17)).filteredOn(n -> n > 0).hasSize(16);
    }

    @Test
    void shouldStartAgainWithANewSyn() {
        syn('a', 7);
        data('a', 100, 20);
        data('b', 100, 20);

        syn('a', 70_000);

        assertThat(data('a', 100, 20)).filteredOn(n -> n > 0).hasSize(16);
        assertThat(data('b', 100, 20)).filteredOn(n -> n > 0).hasSize(4);
    }

    @Test
    void shouldStartAgainWithANewSynOfTheOtherSide() {
        syn('a', 7);
        synAck('b', 9);
        data('a', 100, 20);

        syn('b', 70_000);

        assertThat(data('b', 100, 20)).filteredOn(n -> n > 0).hasSize(16);
        assertThat(data('a', 100, 20)).filteredOn(n -> n > 0).hasSize(4);
    }

    @Test
    void shouldStartAgainWithASynOfTheOtherSideAfterData() {
        syn('a', 7);
        data('a', 100);

        syn('b', 9);

        assertThat(data('b', 100, 20)).filteredOn(n -> n > 0).hasSize(16);
        assertThat(data('a', 100, 20)).filteredOn(n -> n > 0).hasSize(4);
    }

    @Test
    void shouldStartAgainWithTheAnswerToASynThatWasNotCaptured() {
        data('a', 100, 20);

        synAck('b', 9);

        assertThat(data('a', 100, 20)).filteredOn(n -> n > 0).hasSize(16);
    }

    @Test
    void shouldNotStartAgainWithARepeatedSyn() {
        syn('a', 7);
        synAck('b', 9);
        data('a', 100, 10);

        sends('a', TCP, WirePacket.SYN, 7, PLAIN, 0);
        sends('b', TCP, WirePacket.SYN | WirePacket.ACK, 9, PLAIN, 0);

        assertThat(data('a', 100, 10)).filteredOn(n -> n > 0).hasSize(6);
    }

    @Test
    void shouldTakeASimultaneousOpenForOneConnection() {
        syn('a', 7);
        syn('b', 9);
        synAck('a', 7);
        synAck('b', 9);

        assertThat(data('a', 100, 17)).filteredOn(n -> n > 0).hasSize(16);
    }

    @Test
    void shouldStartAgainAfterTheLongestSilenceOfASession() {
        assertThat(datagram('a', PLAIN, 100)).isEqualTo(100);
        for (int i = 0; i < 20; i++) {
            datagram('a', PLAIN, 100);
        }

        timeNs += PayloadPolicy.SILENCE_NS;
        assertThat(datagram('a', PLAIN, 100)).isZero();

        timeNs += PayloadPolicy.SILENCE_NS + 1;
        assertThat(datagram('b', PLAIN, 100)).isEqualTo(100);
        for (int i = 0; i < 15; i++) {
            assertThat(datagram('b', PLAIN, 100)).isEqualTo(100);
        }
        assertThat(datagram('b', PLAIN, 100)).isZero();
    }

    @Test
    void shouldNotTakeTimeThatGoesBackwardForSilence() {
        for (int i = 0; i < 16; i++) {
            datagram('a', PLAIN, 100);
        }

        timeNs -= 10 * PayloadPolicy.SILENCE_NS;
        assertThat(datagram('a', PLAIN, 100)).isZero();
        timeNs += 10 * PayloadPolicy.SILENCE_NS;
        assertThat(datagram('a', PLAIN, 100)).isZero();
    }

    @Test
    void shouldNotShipARetransmissionAgain() {
        syn('a', 7);
        assertThat(data('a', 100)).isEqualTo(100);
        assertThat(data('a', 100)).isEqualTo(100);

        assertThat(sends('a', TCP, WirePacket.ACK, 8, PLAIN, 100)).isZero();
        assertThat(sends('a', TCP, WirePacket.ACK, 108, PLAIN, 100)).isZero();
        assertThat(sends('a', TCP, WirePacket.ACK, 8, PLAIN, 200)).isZero();

        assertThat(data('a', 100, 20)).filteredOn(n -> n > 0).hasSize(14);
    }

    @Test
    void shouldShipASegmentThatComesBehindALaterOne() {
        syn('a', 7);

        assertThat(sends('a', TCP, WirePacket.ACK, 108, PLAIN, 100)).isEqualTo(100);
        assertThat(sends('a', TCP, WirePacket.ACK, 8, PLAIN, 100)).isEqualTo(100);
        assertThat(sends('a', TCP, WirePacket.ACK, 8, PLAIN, 200)).isZero();
    }

    @Test
    void shouldShipASegmentThatReachesBeyondWhatWasShipped() {
        syn('a', 7);

        assertThat(sends('a', TCP, WirePacket.ACK, 8, PLAIN, 100)).isEqualTo(100);
        assertThat(sends('a', TCP, WirePacket.ACK, 58, PLAIN, 100)).isEqualTo(100);
    }

    @Test
    void shouldKnowRetransmissionsAcrossTheWrapOfSequenceNumbers() {
        syn('a', 0xFFFF_FFC0L);

        assertThat(data('a', 100)).isEqualTo(100);
        assertThat(data('a', 100)).isEqualTo(100);
        assertThat(sends('a', TCP, WirePacket.ACK, 0xFFFF_FFC1L, PLAIN, 100)).isZero();
        assertThat(sends('a', TCP, WirePacket.ACK, 0x25L, PLAIN, 100)).isZero();
        assertThat(data('a', 100)).isEqualTo(100);
    }

    @Test
    void shouldTakeDataOfASynToBeginBehindIt() {
        assertThat(sends('a', TCP, WirePacket.SYN, 7, PLAIN, 100)).isEqualTo(100);

        assertThat(sends('a', TCP, WirePacket.ACK, 8, PLAIN, 100)).isZero();
        assertThat(sends('a', TCP, WirePacket.ACK, 108, PLAIN, 100)).isEqualTo(100);
    }

    @Test
    void shouldEndTheSideThatSendsTlsApplicationData() {
        syn('a', 7);
        assertThat(data('a', Hex.bytes("16 03 01 02 00"), 517)).isEqualTo(517);
        assertThat(data('b', Hex.bytes("16 03 03 00 7a"), 127)).isEqualTo(127);

        assertThat(data('b', TLS_DATA, 1400)).isZero();
        assertThat(data('b', 1400)).isZero();
        assertThat(data('a', Hex.bytes("14 03 03 00 01"), 6)).isEqualTo(6);
        assertThat(data('a', TLS_DATA, 74)).isZero();
        assertThat(data('a', 100)).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "another content type,    16 03 03 00 20",
        "another major version,   17 04 03 00 20",
        "a minor version of none, 17 03 05 00 20",
    })
    void shouldNotTakeForTlsApplicationData(String what, String head) {
        syn('a', 7);

        assertThat(data('a', Hex.bytes(head), 200)).as(what).isEqualTo(200);
    }

    @Test
    void shouldNotLookBeyondTheCapturedBytesForTls() {
        syn('a', 7);

        assertThat(sendsCaptured('a', TCP, WirePacket.ACK, 8, TLS_DATA, 200, 4)).isEqualTo(4);
    }

    @Test
    void shouldLeaveOutQuicShortHeadersOnceALongOneWasSeen() {
        assertThat(datagram('a', QUIC_V1_INITIAL, 1200)).isEqualTo(1200);
        assertThat(datagram('a', QUIC_SHORT, 100)).isZero();
        assertThat(datagram('b', QUIC_SHORT, 100)).isZero();

        assertThat(datagram('a', QUIC_V1_INITIAL, 1200)).isEqualTo(1200);
        for (int i = 0; i < 100; i++) {
            datagram('b', QUIC_SHORT, 100);
        }
        assertThat(datagram('b', QUIC_V1_INITIAL, 1200)).isEqualTo(1200);
    }

    @Test
    void shouldShipWhatLooksLikeAShortHeaderInOtherFlows() {
        assertThat(datagram('a', QUIC_SHORT, 100)).isEqualTo(100);
        assertThat(datagram('a', QUIC_SHORT, 100)).isEqualTo(100);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "version 1,         c0 00000001 00 00, true",
        "version 2,         d0 6b3343cf 00 00, true",
        "draft 29,          c0 ff00001d 00 00, true",
        "Google Q050,       c0 51303530 00 00, true",
        "Google T051,       c0 54303531 00 00, true",
        "reserved version,  c0 1a2a3a4a 00 00, true",
        "unknown version,   c0 12345678 00 00, false",
        "RTP,               80 60 1234 56 78 9a, false",
    })
    void shouldKnowQuicByItsVersion(String what, String head, boolean quic) {
        datagram('a', Hex.bytes(head), 200);

        assertThat(datagram('a', QUIC_SHORT, 100) == 0).as(what).isEqualTo(quic);
    }

    @Test
    void shouldShipDnsWholeAlways() {
        flow.wholePayload = true;

        for (int i = 0; i < 100; i++) {
            assertThat(datagram('b', PLAIN, 4000)).isEqualTo(4000);
        }
        assertThat(sendsCaptured('b', UDP, 0, 0, PLAIN, 4000, 200)).isEqualTo(200);
        assertThat(data('a', TLS_DATA, 60_000)).isEqualTo(60_000);
    }

    @Test
    void shouldStartAnewWithAnEntryThatAnotherFlowHasUsed() {
        assertThat(data('a', 100, 20)).filteredOn(n -> n > 0).hasSize(16);
        assertThat(data('b', 100, 20)).filteredOn(n -> n > 0).hasSize(4);

        flow.reset();

        assertThat(data('b', 100, 20)).filteredOn(n -> n > 0).hasSize(16);
        assertThat(data('a', 100, 20)).filteredOn(n -> n > 0).hasSize(4);
    }

    @Test
    void shouldShipNothingOfOtherProtocols() {
        assertThat(sends('a', ICMP, 0, 0, PLAIN, 56)).isZero();
    }

    @Test
    void shouldShipNothingWhenSetToNothing() {
        PayloadPolicy none =
                new PayloadPolicy(
                        new SettingsBuilder().clientPayload(0, 0, 0).serverPayload(0, 0).build());
        sends('a', UDP, 0, 0, PLAIN, 100);

        Flow other = newFlow();
        assertThat(none.prefixLength(other, false, timeNs, packet)).isZero();
        assertThat(none.prefixLength(other, true, timeNs, packet)).isZero();
    }
}
