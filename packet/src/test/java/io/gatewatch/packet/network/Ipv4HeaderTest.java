package io.gatewatch.packet.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.DecodedFrame;
import io.gatewatch.packet.PacketAnomaly;
import io.gatewatch.packet.buffer.Frame;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.Hex;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv4HeaderTest {
    private static final int LINK = 14;

    /** Ethernet, IPv4 with a router alert, UDP, four bytes of payload. */
    private static final byte[] WITH_OPTIONS =
            Hex.bytes(
                    "02 00 00 00 00 fe  02 00 00 00 00 01  08 00 # Ethernet",
                    "46 00 00 24 12 34 40 00 40 11 00 00  c0 00 02 01  c6 33 64 02 # IHL 6",
                    "94 04 00 00 # router alert",
                    "9c 40 00 35 00 0c be ef  01 02 03 04 # UDP");

    private static FrameBuilder udp() {
        return FrameBuilder.ethernet().ipv4("192.0.2.1", "198.51.100.2").udp(40000, 53).payload(4);
    }

    private static FrameBuilder tcp() {
        return FrameBuilder.ethernet().ipv4("192.0.2.1", "198.51.100.2").tcp(40000, 80).flags("A");
    }

    @Test
    void shouldReadAllFieldsBehindOptions() {
        DecodedFrame decoded = DecodedFrame.of(WITH_OPTIONS);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.ipVersion).isEqualTo(4);
        assertThat(decoded.view.sourceHigh).isZero();
        assertThat(decoded.view.sourceLow).isEqualTo(0xC000_0201L);
        assertThat(decoded.view.destinationHigh).isZero();
        assertThat(decoded.view.destinationLow).isEqualTo(0xC633_6402L);
        assertThat(decoded.view.protocol).isEqualTo(17);
        assertThat(decoded.view.ipLength).isEqualTo(0x24);
        assertThat(decoded.view.ipIdentification).isEqualTo(0x1234);
        assertThat(decoded.view.sourcePort).isEqualTo(40000);
        assertThat(decoded.view.anomalies).isZero();
        assertThat(decoded.payload()).containsExactly(1, 2, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 19, 20, 23})
    void shouldRefuseFrameThatEndsInsideTheHeader(int length) {
        DecodedFrame decoded = DecodedFrame.of(Arrays.copyOf(WITH_OPTIONS, LINK + length));

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.UNDECODABLE_IPV4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 19, 20, 23})
    void shouldBlameTheSnapLengthForHeaderThatWasOnTheWire(int length) {
        byte[] captured = Arrays.copyOf(WITH_OPTIONS, LINK + length);

        DecodedFrame decoded = DecodedFrame.of(captured, WITH_OPTIONS.length);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.UNDECODABLE_SNAPLEN);
    }

    @ParameterizedTest
    @CsvSource({
        "0, UNDECODABLE_IPV4_VERSION",
        "5, UNDECODABLE_IPV4_VERSION",
        "6, UNDECODABLE_IPV4_VERSION",
        "15, UNDECODABLE_IPV4_VERSION"
    })
    void shouldRefuseOtherVersions(int version, DecodeOutcome expected) {
        byte[] frame = udp().build();
        frame[LINK] = (byte) (version << 4 | 5);

        assertThat(DecodedFrame.of(frame).outcome).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    void shouldRefuseHeaderLengthBelowTwentyBytes(int words) {
        DecodedFrame decoded = DecodedFrame.of(udp().ipHeaderWords(words).build());

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.UNDECODABLE_IPV4_HEADER_LENGTH);
    }

    @Test
    void shouldRefuseHeaderLongerThanTheFrame() {
        DecodedFrame decoded = DecodedFrame.of(udp().ipHeaderWords(15).build());

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.UNDECODABLE_IPV4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 19})
    void shouldRefuseTotalLengthBelowTheHeader(int length) {
        DecodedFrame decoded = DecodedFrame.of(udp().ipLength(length).build());

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.UNDECODABLE_IPV4_TOTAL_LENGTH);
    }

    @Test
    void shouldRefuseTotalLengthThatLeavesNoTransportHeader() {
        DecodedFrame decoded = DecodedFrame.of(tcp().ipLength(20).build());

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.UNDECODABLE_TCP);
    }

    @Test
    void shouldNotCountPadding() {
        DecodedFrame decoded = DecodedFrame.of(tcp().padToMinimum().build());

        assertThat(decoded.view.ipLength).isEqualTo(40);
        assertThat(decoded.view.payloadLength).isZero();
        assertThat(decoded.view.capturedPayloadLength).isZero();
    }

    @Test
    void shouldTakeWhatTheFrameHoldsWhenTotalLengthIsZero() {
        byte[] frame = tcp().payload(3000).ipLength(0).build();

        DecodedFrame decoded = DecodedFrame.of(frame);

        assertThat(decoded.has(PacketAnomaly.IP_LENGTH_ZERO)).isTrue();
        assertThat(decoded.view.ipLength).isEqualTo(3040);
        assertThat(decoded.view.payloadLength).isEqualTo(3000);
    }

    @Test
    void shouldTakeWhatWasOnTheWireWhenTotalLengthIsZeroAndTheFrameIsCut() {
        byte[] captured = tcp().payload(70_000).ipLength(0).buildCut(96);

        DecodedFrame decoded = DecodedFrame.of(captured, LINK + 40 + 70_000);

        assertThat(decoded.view.ipLength).isEqualTo(70_040);
        assertThat(decoded.view.payloadLength).isEqualTo(70_000);
        assertThat(decoded.view.capturedPayloadLength).isEqualTo(96 - LINK - 40);
    }

    @Test
    void shouldKeepLengthsOfTheHeadersWhenTheFrameIsCut() {
        byte[] captured = tcp().payload(1000).buildCut(96);

        DecodedFrame decoded = DecodedFrame.of(captured, LINK + 40 + 1000);

        assertThat(decoded.view.ipLength).isEqualTo(1040);
        assertThat(decoded.view.payloadLength).isEqualTo(1000);
        assertThat(decoded.view.capturedPayloadLength).isEqualTo(42);
        assertThat(decoded.view.anomalies).isZero();
    }

    @Test
    void shouldBelieveAndMarkTotalLengthBeyondTheFrame() {
        DecodedFrame decoded = DecodedFrame.of(tcp().payload(100).ipLength(1500).build());

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.has(PacketAnomaly.IP_LENGTH_EXCEEDS_FRAME)).isTrue();
        assertThat(decoded.view.ipLength).isEqualTo(1500);
        assertThat(decoded.view.payloadLength).isEqualTo(1460);
        assertThat(decoded.view.capturedPayloadLength).isEqualTo(100);
    }

    @Test
    void shouldNotLetAnOriginalLengthBelowTheCapturedOneHideBytes() {
        byte[] frame = tcp().payload(100).build();

        DecodedFrame decoded = DecodedFrame.of(frame, 0);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.anomalies).isZero();
    }

    @Test
    void shouldNotBelieveAnOriginalLengthThatNoFrameHas() {
        byte[] frame = tcp().payload(100).ipLength(0).build();

        DecodedFrame decoded = DecodedFrame.of(frame, Integer.MAX_VALUE);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.ipLength).isEqualTo(Frame.MAX_WIRE_LENGTH - LINK);
    }

    @ParameterizedTest
    @CsvSource({
        "01 01 01 00,             false, padding and end of list",
        "94 04 00 00,             false, router alert",
        "07 07 04 00 00 00 00 00, false, record route then end of list",
        "94 00 00 00,             true,  length 0",
        "94 01 00 00,             true,  length 1",
        "94 05 00 00,             true,  length past the header",
        "01 01 01 94,             true,  no room for a length"
    })
    void shouldMarkOptionsThatCannotBe(String options, boolean bad, String name) {
        DecodedFrame decoded = DecodedFrame.of(udp().ipOptions(Hex.bytes(options)).build());

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.has(PacketAnomaly.IPV4_OPTIONS_BAD)).as(name).isEqualTo(bad);
    }

    @Test
    void shouldDecodeFirstFragmentWithItsOwnLength() {
        byte[] frame = udp().udpLength(3008).payload(1472).fragment(0, true).build();

        DecodedFrame decoded = DecodedFrame.of(frame);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.moreFragments).isTrue();
        assertThat(decoded.view.ipLength).isEqualTo(1500);
        assertThat(decoded.view.payloadLength).isEqualTo(1472);
        assertThat(decoded.view.anomalies).isZero();
    }

    @ParameterizedTest
    @CsvSource({"8, true", "1480, true", "1480, false", "65528, false"})
    void shouldTakeLaterFragmentsAsDataWithoutPorts(int offset, boolean more) {
        byte[] frame = udp().identification(0x1234).payload(24).fragment(offset, more).build();

        DecodedFrame decoded = DecodedFrame.of(frame);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.isFragment()).isTrue();
        assertThat(decoded.view.fragmentOffset).isEqualTo(offset);
        assertThat(decoded.view.moreFragments).isEqualTo(more);
        assertThat(decoded.view.fragmentIdentification).isEqualTo(0x1234);
        assertThat(decoded.view.fragmentLength).isEqualTo(32);
        assertThat(decoded.view.protocol).isEqualTo(17);
        assertThat(decoded.view.transportHeaderLength).isZero();
        assertThat(decoded.view.payloadLength).isEqualTo(32);
        assertThat(decoded.has(PacketAnomaly.FRAGMENT_BAD)).isEqualTo(offset == 65528);
    }

    @ParameterizedTest
    @CsvSource({"0, true, 17, true", "8, true, 20, true", "8, false, 17, false"})
    void shouldMarkFragmentsOfOddLengthInTheMiddle(
            int offset, boolean more, int payloadLength, boolean bad) {
        byte[] frame = udp().payload(payloadLength).fragment(offset, more).build();

        assertThat(DecodedFrame.of(frame).has(PacketAnomaly.FRAGMENT_BAD)).isEqualTo(bad);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 43, 44, 47, 50, 60, 89, 255})
    void shouldTakeOtherProtocolsByTheirAddresses(int protocol) {
        byte[] frame =
                FrameBuilder.ethernet()
                        .ipv4("192.0.2.1", "198.51.100.2")
                        .protocol(protocol)
                        .payload(40)
                        .build();

        DecodedFrame decoded = DecodedFrame.of(frame);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.protocol).isEqualTo(protocol);
        assertThat(decoded.view.sourcePort | decoded.view.destinationPort).isZero();
        assertThat(decoded.view.transportHeaderLength).isZero();
        assertThat(decoded.view.payloadLength).isEqualTo(40);
    }

    @Test
    void shouldDecodeWhatAnAuthenticationHeaderProtects() {
        byte[] frame =
                Hex.bytes(
                        "02 00 00 00 00 fe  02 00 00 00 00 01  08 00 # Ethernet",
                        "45 00 00 38 00 00 40 00 40 33 00 00  c0 00 02 01  c6 33 64 02 # IPv4",
                        "11 04 00 00  00 00 00 01  00 00 00 01 # UDP follows, SPI, sequence",
                        "00 00 00 00 00 00 00 00 00 00 00 00 # check value",
                        "9c 40 00 35 00 0c be ef  01 02 03 04 # UDP");

        DecodedFrame decoded = DecodedFrame.of(frame);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.protocol).isEqualTo(17);
        assertThat(decoded.view.ipLength).isEqualTo(56);
        assertThat(decoded.payload()).containsExactly(1, 2, 3, 4);
    }
}
