package io.gatewatch.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.Hex;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotedPacketTest {
    private final QuotedPacket quoted = new QuotedPacket();

    private static byte[] udp() {
        return FrameBuilder.withoutLink()
                .ipv4("192.0.2.1", "198.51.100.2")
                .udp(40_000, 53)
                .payload(1000)
                .build();
    }

    private static byte[] udp6() {
        return FrameBuilder.withoutLink()
                .ipv6("2001:db8::1", "2001:db8::2")
                .extension(0, new byte[6])
                .udp(40_000, 53)
                .payload(1000)
                .build();
    }

    /** An error from a router, with so much of the packet. */
    private static FrameBuilder icmp(int type, int code, byte[] packet, int length) {
        return FrameBuilder.ethernet()
                .vlan(42)
                .ipv4("203.0.113.9", "192.0.2.1")
                .icmp(type, code)
                .payload(Arrays.copyOf(packet, length));
    }

    private static FrameBuilder icmpv6(int type, byte[] packet, int length) {
        return FrameBuilder.ethernet()
                .ipv6("2001:db8::9", "2001:db8::1")
                .icmpv6(type, 0)
                .payload(Arrays.copyOf(packet, length));
    }

    private long read(FrameBuilder frame) {
        return read(frame.build());
    }

    private long read(byte[] frame) {
        DecodedFrame error = DecodedFrame.of(frame);
        assertThat(error.outcome).isEqualTo(DecodeOutcome.DECODED);
        return quoted.read(error.view);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 0, ICMP_UNREACHABLE",
        "3, 3, ICMP_UNREACHABLE",
        "3, 4, ICMP_TOO_BIG",
        "4, 0, ICMP_SOURCE_QUENCH",
        "5, 1, ICMP_REDIRECT",
        "11, 0, ICMP_TIME_EXCEEDED",
        "11, 1, ICMP_TIME_EXCEEDED",
        "12, 0, ICMP_PARAMETER_PROBLEM",
    })
    void shouldSayWhatIcmpMeans(int type, int code, PacketAnomaly meaning) {
        assertThat(read(icmp(type, code, udp(), 28))).isEqualTo(meaning.bit());
        assertThat(quoted.view().protocol).isEqualTo(17);
        assertThat(quoted.view().sourceLow).isEqualTo(0xC000_0201L);
        assertThat(quoted.view().destinationLow).isEqualTo(0xC633_6402L);
        assertThat(quoted.view().sourcePort).isEqualTo(40_000);
        assertThat(quoted.view().destinationPort).isEqualTo(53);
        assertThat(quoted.view().vlanTags).isEqualTo(42);
    }

    @ParameterizedTest
    @CsvSource({
        "1, ICMP_UNREACHABLE",
        "2, ICMP_TOO_BIG",
        "3, ICMP_TIME_EXCEEDED",
        "4, ICMP_PARAMETER_PROBLEM",
    })
    void shouldSayWhatIcmpv6Means(int type, PacketAnomaly meaning) {
        assertThat(read(icmpv6(type, udp6(), 56))).isEqualTo(meaning.bit());
        assertThat(quoted.view().protocol).isEqualTo(17);
        assertThat(quoted.view().sourceLow).isEqualTo(1);
        assertThat(quoted.view().destinationPort).isEqualTo(53);
    }

    @Test
    void shouldReadTheOptionThatQuotesInARedirectOfIcmpv6() {
        byte[] target = Hex.bytes("00".repeat(32), "02 01 020000000001", "04 0e 000000000000");
        byte[] payload = Arrays.copyOf(target, target.length + 56);
        System.arraycopy(udp6(), 0, payload, target.length, 56);

        assertThat(read(icmpv6(137, payload, payload.length)))
                .isEqualTo(PacketAnomaly.ICMP_REDIRECT.bit());
        assertThat(quoted.view().sourcePort).isEqualTo(40_000);
        assertThat(read(icmpv6(137, payload, 40))).isZero();
        payload[33] = 0; // an option without a length
        assertThat(read(icmpv6(137, payload, payload.length))).isZero();
    }

    @ParameterizedTest
    @CsvSource({"8, 0", "0, 0", "9, 0", "13, 0", "40, 0"})
    void shouldTakeOnlyErrors(int type, int code) {
        assertThat(read(icmp(type, code, udp(), 28))).isZero();
    }

    @Test
    void shouldTakeOnlyErrorsOfIcmpv6() {
        for (int type : new int[] {128, 129, 133, 135, 143, 200}) {
            assertThat(read(icmpv6(type, udp6(), 56))).isZero();
        }
        assertThat(read(FrameBuilder.ethernet().ipv4("192.0.2.1", "192.0.2.2").udp(3, 3))).isZero();
    }

    @Test
    void shouldNeedThePorts() {
        for (int length = 0; length < 24; length++) {
            assertThat(read(icmp(3, 1, udp(), length))).as("%d bytes", length).isZero();
        }
        assertThat(read(icmp(3, 1, udp(), 24))).isNotZero();
        for (int length = 0; length < 52; length++) {
            assertThat(read(icmpv6(1, udp6(), length))).as("%d bytes", length).isZero();
        }
        assertThat(read(icmpv6(1, udp6(), 52))).isNotZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x14, 0x500, 0xFFFF})
    void shouldNotBelieveTheLengthOfTheQuotedPacket(int length) {
        byte[] packet = udp();
        packet[2] = (byte) (length >>> 8);
        packet[3] = (byte) length;

        // 0x14 is a packet of 20 bytes, which ends before its ports
        assertThat(read(icmp(3, 1, packet, 28)) != 0).isEqualTo(length != 0x14);
    }

    @Test
    void shouldReadIcmpThatIcmpQuotes() {
        byte[] echo =
                FrameBuilder.withoutLink()
                        .ipv4("192.0.2.1", "198.51.100.2")
                        .icmp(8, 0)
                        .payload(56)
                        .build();

        assertThat(read(icmp(11, 0, echo, 28))).isEqualTo(PacketAnomaly.ICMP_TIME_EXCEEDED.bit());
        assertThat(quoted.view().protocol).isEqualTo(1);
        assertThat(quoted.view().sourcePort).isEqualTo(8);
        assertThat(quoted.view().destinationPort).isZero();
        assertThat(quoted.view().oneWay).isFalse();
    }

    @Test
    void shouldReadProtocolsWithoutPorts() {
        byte[] gre =
                FrameBuilder.withoutLink()
                        .ipv4("192.0.2.1", "198.51.100.2")
                        .protocol(47)
                        .payload(8)
                        .build();

        assertThat(read(icmp(3, 2, gre, 28))).isEqualTo(PacketAnomaly.ICMP_UNREACHABLE.bit());
        assertThat(quoted.view().protocol).isEqualTo(47);
        assertThat(quoted.view().sourcePort | quoted.view().destinationPort).isZero();
    }

    @Test
    void shouldNotReadPortsFromALaterFragment() {
        byte[] fragment =
                FrameBuilder.withoutLink()
                        .ipv4("192.0.2.1", "198.51.100.2")
                        .udp(1, 2)
                        .payload(20)
                        .fragment(8, false)
                        .build();

        assertThat(read(icmp(11, 1, fragment, 28))).isZero();
    }

    @Test
    void shouldRefuseWhatIsNotAPacket() {
        byte[] packet = udp();
        packet[0] = 0x65;
        assertThat(read(icmp(3, 1, packet, 28))).isZero();
        packet[0] = 0x44;
        assertThat(read(icmp(3, 1, packet, 28))).isZero();
    }
}
