package io.gatewatch.packet.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.DecodedFrame;
import io.gatewatch.packet.PacketAnomaly;
import io.gatewatch.packet.PacketView;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.Hex;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TcpHeaderTest {
    private static final int HEADERS = 34;

    private static final byte[] WITH_OPTIONS =
            Hex.bytes(
                    "02 00 00 00 00 fe  02 00 00 00 00 01  08 00 # Ethernet",
                    "45 00 00 37 00 00 40 00 40 06 00 00  c0 00 02 01  c6 33 64 02 # IPv4",
                    "9c 40 01 bb  ff ff ff fe  80 00 00 01 # ports, sequence, acknowledgement",
                    "81 18 fa f0  be ef 00 00 # 32 bytes, AE PSH ACK, window, checksum",
                    "01 01 08 0a 00 00 00 01 00 00 00 02 # timestamps",
                    "61 62 63 # payload");

    private static FrameBuilder tcp() {
        return FrameBuilder.ethernet().ipv4("192.0.2.1", "198.51.100.2").tcp(40000, 443);
    }

    @Test
    void shouldReadAllFields() {
        DecodedFrame decoded = DecodedFrame.of(WITH_OPTIONS);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.protocol).isEqualTo(6);
        assertThat(decoded.view.sourcePort).isEqualTo(40000);
        assertThat(decoded.view.destinationPort).isEqualTo(443);
        assertThat(decoded.view.oneWay).isFalse();
        assertThat(decoded.view.sequence).isEqualTo(0xFFFFFFFEL);
        assertThat(decoded.view.acknowledgement).isEqualTo(0x80000001L);
        assertThat(decoded.view.tcpFlags).isEqualTo(0x118);
        assertThat(decoded.view.window).isEqualTo(0xFAF0);
        assertThat(decoded.view.transportChecksum).isEqualTo(0xBEEF);
        assertThat(decoded.view.transportHeaderLength).isEqualTo(32);
        assertThat(decoded.options()).startsWith(1, 1, 8, 10).hasSize(12);
        assertThat(decoded.view.payloadLength).isEqualTo(3);
        assertThat(decoded.payload()).containsExactly('a', 'b', 'c');
        assertThat(decoded.view.anomalies).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 13, 14, 19})
    void shouldRefusePacketThatEndsInsideTheFixedHeader(int length) {
        byte[] frame = tcp().ipLength(20 + length).build();

        assertThat(DecodedFrame.of(frame).outcome).isEqualTo(DecodeOutcome.UNDECODABLE_TCP);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 13})
    void shouldBlameTheSnapLengthForFlagsThatWereOnTheWire(int length) {
        DecodedFrame decoded =
                DecodedFrame.of(Arrays.copyOf(WITH_OPTIONS, HEADERS + length), WITH_OPTIONS.length);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.UNDECODABLE_SNAPLEN);
    }

    @ParameterizedTest
    @CsvSource({
        "14,      0,      0,  0",
        "15,      0,      0,  0",
        "16, 0xFAF0,      0,  0",
        "18, 0xFAF0, 0xBEEF,  0",
        "20, 0xFAF0, 0xBEEF,  0",
        "23, 0xFAF0, 0xBEEF,  3",
        "31, 0xFAF0, 0xBEEF, 11"
    })
    void shouldDecodeHeaderThatTheSnapLengthCut(
            int length, String window, String checksum, int optionsLength) {
        DecodedFrame decoded =
                DecodedFrame.of(Arrays.copyOf(WITH_OPTIONS, HEADERS + length), WITH_OPTIONS.length);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.anomalies).isEqualTo(PacketAnomaly.SNAPPED_HEADER.bit());
        assertThat(decoded.view.sequence).isEqualTo(0xFFFFFFFEL);
        assertThat(decoded.view.tcpFlags).isEqualTo(0x118);
        assertThat(decoded.view.window).isEqualTo(Integer.decode(window));
        assertThat(decoded.view.transportChecksum).isEqualTo(Integer.decode(checksum));
        assertThat(decoded.view.optionsLength).isEqualTo(optionsLength);
        assertThat(decoded.view.transportHeaderLength).isEqualTo(32);
        assertThat(decoded.view.payloadLength).isEqualTo(3);
        assertThat(decoded.view.capturedPayloadLength).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    void shouldRefuseDataOffsetBelowTheFixedHeader(int words) {
        DecodedFrame decoded = DecodedFrame.of(tcp().dataOffsetWords(words).payload(40).build());

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.UNDECODABLE_TCP_HEADER_LENGTH);
    }

    @Test
    void shouldRefuseDataOffsetBeyondThePacket() {
        byte[] frame = tcp().dataOffsetWords(15).payload(39).padding(60).build();

        DecodedFrame decoded = DecodedFrame.of(frame);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.UNDECODABLE_TCP_HEADER_LENGTH);
    }

    @Test
    void shouldDecodeHeaderThatFillsThePacket() {
        DecodedFrame decoded = DecodedFrame.of(tcp().flags("A").tcpOptions(new byte[40]).build());

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.transportHeaderLength).isEqualTo(60);
        assertThat(decoded.view.payloadLength).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "02 04 05 b4 04 02 08 0a 00 00 00 01 00 00 00 00 01 03 03 07, false, those of a SYN",
        "00 ff ff ff,             false, nothing counts behind the end of the list",
        "01 01 01 01,             false, padding alone",
        "08 00 00 00,             true,  length 0",
        "08 01 00 00,             true,  length 1",
        "08 0a 00 00,             true,  length past the header",
        "01 01 01 08,             true,  no room for a length"
    })
    void shouldMarkOptionsThatCannotBe(String options, boolean bad, String name) {
        DecodedFrame decoded =
                DecodedFrame.of(tcp().flags("S").tcpOptions(Hex.bytes(options)).build());

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.has(PacketAnomaly.TCP_OPTIONS_BAD)).as(name).isEqualTo(bad);
    }

    @ParameterizedTest
    @CsvSource({
        "S, false",
        "SA, false",
        "SEC, false",
        "A, false",
        "PA, false",
        "FA, false",
        "FPA, false",
        "R, false",
        "RA, false",
        "FRA, false",
        "SF, true",
        "SFA, true",
        "SR, true",
        "F, true",
        "FPU, true",
        "P, true",
        "'', true"
    })
    void shouldMarkFlagsThatNoStackSends(String flags, boolean impossible) {
        DecodedFrame decoded = DecodedFrame.of(tcp().flags(flags).build());

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.has(PacketAnomaly.TCP_FLAGS_IMPOSSIBLE)).isEqualTo(impossible);
    }

    @Test
    void shouldTakeWhatAFirstFragmentHasOfTheHeader() {
        DecodedFrame ports = firstFragment(20 + 4, "S");
        DecodedFrame sequence = firstFragment(20 + 8, "S");
        DecodedFrame flags = firstFragment(20 + 16, "S");

        assertThat(ports.view.sourcePort).isEqualTo(40000);
        assertThat(ports.view.sequence).isZero();
        assertThat(sequence.view.sequence).isEqualTo(7);
        assertThat(sequence.view.tcpFlags).isZero();
        assertThat(sequence.view.payloadStart).isEqualTo(PacketView.UNKNOWN);
        assertThat(flags.view.tcpFlags).isEqualTo(2);
        assertThat(flags.view.payloadStart).isEqualTo(20);
        assertThat(flags.view.transportHeaderLength).isEqualTo(16);
        assertThat(flags.view.payloadLength).isZero();
        for (DecodedFrame each : List.of(ports, sequence, flags)) {
            assertThat(each.has(PacketAnomaly.FRAGMENT_TINY)).isTrue();
        }
    }

    @Test
    void shouldTakeAFirstFragmentThatEndsWithinTheOptions() {
        byte[] frame =
                tcp().flags("S")
                        .tcpOptions(new byte[12])
                        .fragment(0, true)
                        .ipLength(20 + 24)
                        .build();

        DecodedFrame decoded = DecodedFrame.of(frame);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.tcpFlags).isEqualTo(2);
        assertThat(decoded.view.transportHeaderLength).isEqualTo(24);
        assertThat(decoded.view.payloadLength).isZero();
        assertThat(decoded.view.payloadStart).isEqualTo(32);
        assertThat(decoded.has(PacketAnomaly.FRAGMENT_TINY)).isTrue();
    }

    @Test
    void shouldRefuseFirstFragmentWithoutPorts() {
        byte[] frame = tcp().flags("S").fragment(0, true).ipLength(20 + 3).build();

        assertThat(DecodedFrame.of(frame).outcome).isEqualTo(DecodeOutcome.UNDECODABLE_TCP);
    }

    private static DecodedFrame firstFragment(int ipLength, String flags) {
        byte[] frame = tcp().sequence(7).flags(flags).fragment(0, true).ipLength(ipLength).build();
        DecodedFrame decoded = DecodedFrame.of(frame);
        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        return decoded;
    }
}
