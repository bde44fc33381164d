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

class IcmpHeaderTest {
    private static final int HEADERS = 34;

    private static final byte[] ECHO =
            Hex.bytes(
                    "02 00 00 00 00 fe  02 00 00 00 00 01  08 00 # Ethernet",
                    "45 00 00 20 00 00 00 00 40 01 00 00  c0 00 02 01  c6 33 64 02 # IPv4",
                    "08 00 be ef 00 01 00 02 # echo request",
                    "01 02 03 04 # its data");

    private static FrameBuilder icmp(int type, int code) {
        return FrameBuilder.ethernet().ipv4("192.0.2.1", "198.51.100.2").icmp(type, code);
    }

    private static FrameBuilder icmpv6(int type, int code) {
        return FrameBuilder.ethernet().ipv6("2001:db8::1", "2001:db8::2").icmpv6(type, code);
    }

    @Test
    void shouldReadAllFields() {
        DecodedFrame decoded = DecodedFrame.of(ECHO);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.protocol).isEqualTo(1);
        assertThat(decoded.view.sourcePort).isEqualTo(8);
        assertThat(decoded.view.destinationPort).isZero();
        assertThat(decoded.view.oneWay).isFalse();
        assertThat(decoded.view.transportChecksum).isEqualTo(0xBEEF);
        assertThat(decoded.view.transportHeaderLength).isEqualTo(8);
        assertThat(decoded.view.payloadLength).isEqualTo(4);
        assertThat(decoded.payload()).containsExactly(1, 2, 3, 4);
        assertThat(decoded.view.anomalies).isZero();
    }

    @ParameterizedTest
    @CsvSource({"8, 0", "13, 14", "15, 16", "10, 9", "17, 18"})
    void shouldPairIcmpRequestsWithTheirReplies(int request, int reply) {
        DecodedFrame asked = DecodedFrame.of(icmp(request, 0).build());
        DecodedFrame answered = DecodedFrame.of(icmp(reply, 0).build());

        assertThat(asked.view.sourcePort).isEqualTo(request);
        assertThat(asked.view.destinationPort).isEqualTo(reply);
        assertThat(asked.view.oneWay).isFalse();
        assertThat(answered.view.sourcePort).isEqualTo(reply);
        assertThat(answered.view.destinationPort).isEqualTo(request);
        assertThat(answered.view.oneWay).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"128, 129", "130, 131", "133, 134", "135, 136", "139, 140", "144, 145"})
    void shouldPairIcmpv6RequestsWithTheirReplies(int request, int reply) {
        DecodedFrame asked = DecodedFrame.of(icmpv6(request, 0).build());
        DecodedFrame answered = DecodedFrame.of(icmpv6(reply, 0).build());

        assertThat(asked.view.sourcePort).isEqualTo(request);
        assertThat(asked.view.destinationPort).isEqualTo(reply);
        assertThat(asked.view.oneWay).isFalse();
        assertThat(answered.view.sourcePort).isEqualTo(reply);
        assertThat(answered.view.destinationPort).isEqualTo(request);
        assertThat(answered.view.oneWay).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"3, 1", "3, 3", "5, 1", "11, 0", "12, 2", "128, 0", "255, 255"})
    void shouldKeepTypeAndCodeOfOtherIcmpMessages(int type, int code) {
        DecodedFrame decoded = DecodedFrame.of(icmp(type, code).payload(28).build());

        assertThat(decoded.view.sourcePort).isEqualTo(type);
        assertThat(decoded.view.destinationPort).isEqualTo(code);
        assertThat(decoded.view.oneWay).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "2, 0", "3, 1", "4, 2", "8, 0", "137, 0", "143, 0"})
    void shouldKeepTypeAndCodeOfOtherIcmpv6Messages(int type, int code) {
        DecodedFrame decoded = DecodedFrame.of(icmpv6(type, code).payload(40).build());

        assertThat(decoded.view.sourcePort).isEqualTo(type);
        assertThat(decoded.view.destinationPort).isEqualTo(code);
        assertThat(decoded.view.oneWay).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void shouldRefusePacketThatEndsBeforeTheChecksumDoes(int length) {
        byte[] frame = icmp(8, 0).ipLength(20 + length).build();

        assertThat(DecodedFrame.of(frame).outcome).isEqualTo(DecodeOutcome.UNDECODABLE_ICMP);
    }

    @ParameterizedTest
    @CsvSource({"4, 4, 0", "7, 7, 0", "8, 8, 0", "9, 8, 1"})
    void shouldCountAtMostEightBytesAsHeader(int length, int header, int payload) {
        DecodedFrame decoded = DecodedFrame.of(icmp(8, 0).payload(9).ipLength(20 + length).build());

        assertThat(decoded.view.transportHeaderLength).isEqualTo(header);
        assertThat(decoded.view.payloadLength).isEqualTo(payload);
        assertThat(decoded.view.anomalies).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldBlameTheSnapLengthForTypeAndCodeThatWereOnTheWire(int length) {
        byte[] captured = Arrays.copyOf(ECHO, HEADERS + length);

        assertThat(DecodedFrame.of(captured, ECHO.length).outcome)
                .isEqualTo(DecodeOutcome.UNDECODABLE_SNAPLEN);
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "3, 0", "4, 0xBEEF", "7, 0xBEEF"})
    void shouldDecodeHeaderThatTheSnapLengthCut(int length, String checksum) {
        byte[] captured = Arrays.copyOf(ECHO, HEADERS + length);

        DecodedFrame decoded = DecodedFrame.of(captured, ECHO.length);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.anomalies).isEqualTo(PacketAnomaly.SNAPPED_HEADER.bit());
        assertThat(decoded.view.sourcePort).isEqualTo(8);
        assertThat(decoded.view.transportChecksum).isEqualTo(Integer.decode(checksum));
        assertThat(decoded.view.payloadLength).isEqualTo(4);
        assertThat(decoded.view.capturedPayloadLength).isZero();
    }
}
