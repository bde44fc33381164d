package io.gatewatch.packet.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.DecodedFrame;
import io.gatewatch.packet.PacketAnomaly;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.Hex;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv6HeaderTest {
    private static final int LINK = 14;
    private static final int HEADERS = LINK + 40;
    private static final int HOP_BY_HOP = 0;

    private static final byte[] PLAIN =
            Hex.bytes(
                    "02 00 00 00 00 fe  02 00 00 00 00 01  86 dd # Ethernet",
                    "60 0a bc de 00 0c 11 40 # IPv6, 12 bytes of UDP",
                    "20 01 0d b8 00 00 00 00  00 00 00 00 00 00 00 01 # from",
                    "20 01 0d b8 00 00 00 01  80 00 00 00 00 00 00 02 # to",
                    "9c 40 00 35 00 0c be ef  01 02 03 04 # UDP");

    private static FrameBuilder udp() {
        return FrameBuilder.ethernet().ipv6("2001:db8::1", "2001:db8::2").udp(40000, 53).payload(4);
    }

    private static FrameBuilder tcp() {
        return FrameBuilder.ethernet().ipv6("2001:db8::1", "2001:db8::2").tcp(4000, 80).flags("A");
    }

    @Test
    void shouldReadAllFields() {
        DecodedFrame decoded = DecodedFrame.of(PLAIN);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.ipVersion).isEqualTo(6);
        assertThat(decoded.view.sourceHigh).isEqualTo(0x20010DB800000000L);
        assertThat(decoded.view.sourceLow).isEqualTo(1);
        assertThat(decoded.view.destinationHigh).isEqualTo(0x20010DB800000001L);
        assertThat(decoded.view.destinationLow).isEqualTo(0x8000000000000002L);
        assertThat(decoded.view.protocol).isEqualTo(17);
        assertThat(decoded.view.ipLength).isEqualTo(52);
        assertThat(decoded.view.ipIdentification).isZero();
        assertThat(decoded.view.anomalies).isZero();
        assertThat(decoded.payload()).containsExactly(1, 2, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 39})
    void shouldRefuseFrameThatEndsInsideTheHeader(int length) {
        DecodedFrame decoded = DecodedFrame.of(Arrays.copyOf(PLAIN, LINK + length));

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.UNDECODABLE_IPV6);
    }

    @Test
    void shouldBlameTheSnapLengthForHeaderThatWasOnTheWire() {
        DecodedFrame decoded = DecodedFrame.of(Arrays.copyOf(PLAIN, LINK + 39), PLAIN.length);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.UNDECODABLE_SNAPLEN);
    }

    @Test
    void shouldRefuseOtherVersions() {
        byte[] frame = PLAIN.clone();
        frame[LINK] = 0x45;

        assertThat(DecodedFrame.of(frame).outcome)
                .isEqualTo(DecodeOutcome.UNDECODABLE_IPV6_VERSION);
    }

    @Test
    void shouldNotCountPadding() {
        DecodedFrame decoded = DecodedFrame.of(udp().padding(20).build());

        assertThat(decoded.view.ipLength).isEqualTo(52);
        assertThat(decoded.view.payloadLength).isEqualTo(4);
        assertThat(decoded.payload()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void shouldTakeWhatTheFrameHoldsWhenPayloadLengthIsZero() {
        DecodedFrame decoded = DecodedFrame.of(tcp().payload(3000).ipLength(0).build());

        assertThat(decoded.has(PacketAnomaly.IP_LENGTH_ZERO)).isTrue();
        assertThat(decoded.view.ipLength).isEqualTo(3060);
        assertThat(decoded.view.payloadLength).isEqualTo(3000);
    }

    @Test
    void shouldBelieveAndMarkPayloadLengthBeyondTheFrame() {
        DecodedFrame decoded = DecodedFrame.of(tcp().payload(100).ipLength(1460).build());

        assertThat(decoded.has(PacketAnomaly.IP_LENGTH_EXCEEDS_FRAME)).isTrue();
        assertThat(decoded.view.ipLength).isEqualTo(1500);
        assertThat(decoded.view.payloadLength).isEqualTo(1440);
        assertThat(decoded.view.capturedPayloadLength).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {HOP_BY_HOP, 43, 60, 135, 139, 140})
    void shouldPassOverExtensionHeaders(int number) {
        byte[] frame = udp().extension(number, new byte[14]).build();

        DecodedFrame decoded = DecodedFrame.of(frame);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.protocol).isEqualTo(17);
        assertThat(decoded.view.ipLength).isEqualTo(68);
        assertThat(decoded.payload()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void shouldPassOverAChainOfExtensionHeaders() {
        byte[] frame =
                udp().extension(HOP_BY_HOP, new byte[6])
                        .extension(60, new byte[6])
                        .extension(43, new byte[22])
                        .fragment(0, false)
                        .authenticationHeader()
                        .extension(60, new byte[6])
                        .build();

        DecodedFrame decoded = DecodedFrame.of(frame);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.sourcePort).isEqualTo(40000);
        assertThat(decoded.view.anomalies).isZero();
    }

    @Test
    void shouldRefuseEndlessChain() {
        FrameBuilder builder = udp();
        for (int i = 0; i < 40; i++) {
            builder.extension(60, new byte[6]);
        }

        assertThat(DecodedFrame.of(builder.build()).outcome)
                .isEqualTo(DecodeOutcome.UNDECODABLE_HEADERS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 15})
    void shouldRefuseFrameThatEndsInsideAnExtensionHeader(int length) {
        byte[] whole = udp().extension(60, new byte[14]).build();

        assertThat(DecodedFrame.of(Arrays.copyOf(whole, HEADERS + length)).outcome)
                .isEqualTo(DecodeOutcome.UNDECODABLE_EXTENSION);
        assertThat(DecodedFrame.of(Arrays.copyOf(whole, HEADERS + length), whole.length).outcome)
                .isEqualTo(DecodeOutcome.UNDECODABLE_SNAPLEN);
    }

    @Test
    void shouldRefuseExtensionHeaderLongerThanThePacket() {
        byte[] frame = udp().extension(60, new byte[6]).padding(3000).build();
        frame[HEADERS + 1] = (byte) 0xFF;

        assertThat(DecodedFrame.of(frame).outcome).isEqualTo(DecodeOutcome.UNDECODABLE_EXTENSION);
    }

    @Test
    void shouldRefuseFragmentHeaderOutsideOfThePacket() {
        byte[] frame = udp().fragment(0, false).ipLength(7).padding(100).build();

        assertThat(DecodedFrame.of(frame).outcome).isEqualTo(DecodeOutcome.UNDECODABLE_EXTENSION);
    }

    @Test
    void shouldRefuseAuthenticationHeaderBelowItsFixedLength() {
        byte[] frame = udp().authenticationHeader().build();
        frame[HEADERS + 1] = 0;

        assertThat(DecodedFrame.of(frame).outcome).isEqualTo(DecodeOutcome.UNDECODABLE_EXTENSION);
    }

    @ParameterizedTest
    @ValueSource(ints = {11, 23})
    void shouldRefuseFrameThatEndsInsideTheAuthenticationHeader(int length) {
        byte[] whole = udp().authenticationHeader().build();

        assertThat(DecodedFrame.of(Arrays.copyOf(whole, HEADERS + length)).outcome)
                .isEqualTo(DecodeOutcome.UNDECODABLE_EXTENSION);
    }

    @Test
    void shouldDecodeAtomicFragmentAsWholePacket() {
        DecodedFrame decoded = DecodedFrame.of(udp().fragment(0, false).build());

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.moreFragments).isFalse();
        assertThat(decoded.view.ipLength).isEqualTo(60);
    }

    @Test
    void shouldDecodeFirstFragmentWithItsOwnLength() {
        byte[] frame = udp().udpLength(3008).payload(1440).fragment(0, true).build();

        DecodedFrame decoded = DecodedFrame.of(frame);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.moreFragments).isTrue();
        assertThat(decoded.view.ipLength).isEqualTo(1496);
        assertThat(decoded.view.payloadLength).isEqualTo(1440);
        assertThat(decoded.view.anomalies).isZero();
    }

    @ParameterizedTest
    @CsvSource({"8, true", "1448, false", "65528, false"})
    void shouldTakeLaterFragmentsAsDataWithoutPorts(int offset, boolean more) {
        DecodedFrame decoded = DecodedFrame.of(udp().payload(24).fragment(offset, more).build());

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.fragmentOffset).isEqualTo(offset);
        assertThat(decoded.view.moreFragments).isEqualTo(more);
        assertThat(decoded.view.fragmentLength).isEqualTo(32);
        assertThat(decoded.view.protocol).isEqualTo(17);
        assertThat(decoded.view.ipLength).isEqualTo(40 + 8 + 32);
        assertThat(decoded.view.payloadLength).isEqualTo(32);
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 59, 41, 253})
    void shouldTakeOtherProtocolsByTheirAddresses(int protocol) {
        byte[] frame =
                FrameBuilder.ethernet()
                        .ipv6("2001:db8::1", "2001:db8::2")
                        .protocol(protocol)
                        .payload(40)
                        .build();

        DecodedFrame decoded = DecodedFrame.of(frame);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.protocol).isEqualTo(protocol);
        assertThat(decoded.view.payloadLength).isEqualTo(40);
    }

    @Test
    void shouldTakeJumboLength() {
        byte[] jumbo = Hex.bytes("c2 04 00 01 11 90"); // 70,032 = 8 + 20 + 70,004
        byte[] frame =
                tcp().payload(70_004).extension(HOP_BY_HOP, jumbo).ipLength(0).padding(6).build();

        DecodedFrame decoded = DecodedFrame.of(frame);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.anomalies).isZero();
        assertThat(decoded.view.ipLength).isEqualTo(40 + 70_032);
        assertThat(decoded.view.payloadLength).isEqualTo(70_004);
    }

    @ParameterizedTest
    @CsvSource({
        "c2 04 ff ff ff ff, beyond the frame",
        "c2 04 80 00 00 00, negative if it were signed",
        "c2 04 00 00 00 07, ends inside of the options",
        "c2 05 00 00 00 10, not of its length",
        "01 04 00 00 00 00, not there"
    })
    void shouldTakeWhatTheFrameHoldsWhenJumboLengthIsUnusable(String option, String name) {
        byte[] frame =
                tcp().payload(100).extension(HOP_BY_HOP, Hex.bytes(option)).ipLength(0).build();

        DecodedFrame decoded = DecodedFrame.of(frame);

        assertThat(decoded.outcome).as(name).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.has(PacketAnomaly.IP_LENGTH_ZERO)).isTrue();
        assertThat(decoded.view.payloadLength).isEqualTo(100);
    }

    @Test
    void shouldNotTakeJumboLengthFromOptionsElsewhere() {
        byte[] jumbo = Hex.bytes("c2 04 00 00 00 24"); // leaves 8 bytes of payload
        byte[] frame =
                tcp().payload(100)
                        .extension(60, new byte[6])
                        .extension(HOP_BY_HOP, jumbo)
                        .ipLength(0)
                        .build();

        DecodedFrame decoded = DecodedFrame.of(frame);

        assertThat(decoded.has(PacketAnomaly.IP_LENGTH_ZERO)).isTrue();
        assertThat(decoded.view.payloadLength).isEqualTo(100);
    }
}
