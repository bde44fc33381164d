package io.gatewatch.packet.transport;

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

class UdpHeaderTest {
    private static final int HEADERS = 34;

    private static final byte[] PLAIN =
            Hex.bytes(
                    "02 00 00 00 00 fe  02 00 00 00 00 01  08 00 # Ethernet",
                    "45 00 00 20 12 34 40 00 40 11 00 00  c0 00 02 01  c6 33 64 02 # IPv4",
                    "9c 40 00 35 00 0c be ef # UDP 40000 to 53, 12 bytes",
                    "01 02 03 04 # payload");

    private static FrameBuilder udp() {
        return FrameBuilder.ethernet().ipv4("192.0.2.1", "198.51.100.2").udp(40000, 53).payload(10);
    }

    @Test
    void shouldReadAllFields() {
        DecodedFrame decoded = DecodedFrame.of(PLAIN);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.protocol).isEqualTo(17);
        assertThat(decoded.view.sourcePort).isEqualTo(40000);
        assertThat(decoded.view.destinationPort).isEqualTo(53);
        assertThat(decoded.view.transportChecksum).isEqualTo(0xBEEF);
        assertThat(decoded.view.transportHeaderLength).isEqualTo(8);
        assertThat(decoded.view.payloadLength).isEqualTo(4);
        assertThat(decoded.payload()).containsExactly(1, 2, 3, 4);
        assertThat(decoded.view.tcpFlags).isZero();
        assertThat(decoded.view.optionsLength).isZero();
        assertThat(decoded.view.anomalies).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 7})
    void shouldRefusePacketThatEndsInsideTheHeader(int length) {
        byte[] frame = udp().ipLength(20 + length).build();

        assertThat(DecodedFrame.of(frame).outcome).isEqualTo(DecodeOutcome.UNDECODABLE_UDP);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void shouldBlameTheSnapLengthForPortsThatWereOnTheWire(int length) {
        byte[] captured = Arrays.copyOf(PLAIN, HEADERS + length);

        assertThat(DecodedFrame.of(captured, PLAIN.length).outcome)
                .isEqualTo(DecodeOutcome.UNDECODABLE_SNAPLEN);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 7})
    void shouldDecodeHeaderThatTheSnapLengthCut(int length) {
        byte[] captured = Arrays.copyOf(PLAIN, HEADERS + length);

        DecodedFrame decoded = DecodedFrame.of(captured, PLAIN.length);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.anomalies).isEqualTo(PacketAnomaly.SNAPPED_HEADER.bit());
        assertThat(decoded.view.destinationPort).isEqualTo(53);
        assertThat(decoded.view.payloadLength).isEqualTo(4);
        assertThat(decoded.view.capturedPayloadLength).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "18,    10, false, as the IP header says",
        "8,      0, true,  surplus behind an empty datagram",
        "12,     4, true,  surplus",
        "19,    10, true,  more than the IP header leaves",
        "65535, 10, true,  far more",
        "0,     10, false, jumbogram or offload",
        "1,     10, true,  below the header",
        "7,     10, true,  below the header"
    })
    void shouldTakeUdpLengthWithinTheIpLength(
            int udpLength, int payload, boolean mismatch, String name) {
        DecodedFrame decoded = DecodedFrame.of(udp().udpLength(udpLength).build());

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.payloadLength).as(name).isEqualTo(payload);
        assertThat(decoded.view.capturedPayloadLength).isEqualTo(payload);
        assertThat(decoded.has(PacketAnomaly.UDP_LENGTH_MISMATCH)).as(name).isEqualTo(mismatch);
    }

    @Test
    void shouldTellPayloadFromPaddingWhenTheIpLengthIsZero() {
        DecodedFrame decoded = DecodedFrame.of(udp().ipLength(0).padding(8).build());

        assertThat(decoded.view.payloadLength).isEqualTo(10);
        assertThat(decoded.view.anomalies).isEqualTo(PacketAnomaly.IP_LENGTH_ZERO.bit());
    }

    @Test
    void shouldMarkFirstFragmentThatHoldsMoreThanTheDatagram() {
        DecodedFrame decoded =
                DecodedFrame.of(udp().udpLength(12).payload(24).fragment(0, true).build());

        assertThat(decoded.has(PacketAnomaly.UDP_LENGTH_MISMATCH)).isTrue();
        assertThat(decoded.view.payloadLength).isEqualTo(4);
    }
}
