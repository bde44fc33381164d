package io.gatewatch.packet.tunnel;

import static io.gatewatch.packet.tunnel.TunnelSample.ethernet;
import static io.gatewatch.packet.tunnel.TunnelSample.gre;
import static io.gatewatch.packet.tunnel.TunnelSample.inner;
import static io.gatewatch.packet.tunnel.TunnelSample.ipv4;
import static io.gatewatch.packet.tunnel.TunnelSample.ipv6;
import static io.gatewatch.packet.tunnel.TunnelSample.outcome;
import static io.gatewatch.packet.tunnel.TunnelSample.requireNone;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.DecodedFrame;
import io.gatewatch.packet.PacketTunnel;
import io.gatewatch.packet.PacketView;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.Hex;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GreHeaderTest {
    @ParameterizedTest
    @CsvSource({
        "0000 0800, -1",
        "8000 0800 abcd0000, -1",
        "2000 0800 fffffffe, 4294967294",
        "1000 0800 00000001, -1",
        "b000 0800 abcd0000 00000007 00000001, 7",
    })
    void shouldPassOverOptionalFields(String header, long key) {
        DecodedFrame packet = inner(gre(header, ipv4()), PacketTunnel.GRE, key);

        assertThat(packet.view.sourcePort).isEqualTo(1234);
        assertThat(packet.view.destinationPort).isEqualTo(80);
    }

    @Test
    void shouldCountTheOuterPacketAsOneOfItsOwn() {
        DecodedFrame outer = DecodedFrame.of(gre("0000 0800", ipv4()));

        assertThat(outer.view.protocol).isEqualTo(47);
        assertThat(outer.view.tunnel).isNull();
        assertThat(outer.view.payloadLength).isEqualTo(4 + ipv4().length);
    }

    @Test
    void shouldTakeMacAddressesOfABridgedFrame() {
        DecodedFrame packet = inner(gre("0000 6558", ethernet()), PacketTunnel.GRE, -1);

        assertThat(packet.view.sourceMac).isEqualTo(0x0200_0000_1111L);
    }

    @Test
    void shouldKeepVlansOfTheOuterFrameBeforeThoseOfTheInnerOne() {
        byte[] inside =
                FrameBuilder.ethernet()
                        .vlan(7)
                        .ipv4("192.0.2.7", "192.0.2.8")
                        .udp(1, 2)
                        .payload(5)
                        .build();
        byte[] frame =
                FrameBuilder.ethernet()
                        .vlan(42)
                        .ipv4("10.0.0.1", "10.0.0.2")
                        .protocol(47)
                        .payload(TunnelSample.join(new byte[] {0, 0, 0x65, 0x58}, inside))
                        .build();

        DecodedFrame packet = inner(frame, PacketTunnel.GRE, -1);

        assertThat(packet.view.vlanCount).isEqualTo(2);
        assertThat(packet.view.vlanTags).isEqualTo(42L << 16 | 7);
    }

    @Test
    void shouldDecodeIpv6() {
        assertThat(inner(gre("0000 86dd", ipv6()), PacketTunnel.GRE, -1).view.ipVersion)
                .isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({
        "3001 880b 0035 0007 00000001 0021, 7",
        "3081 880b 0035 ffff 00000001 00000002 ff03 0021, 65535",
        "3081 880b 0035 0007 00000001 00000002 21, 7",
    })
    void shouldDecodePptp(String header, long callId) {
        inner(gre(header, ipv4()), PacketTunnel.GRE, callId);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2081 880b 0000 0007 00000002", "2001 880b 0000 0007"})
    void shouldFindNothingInAnAcknowledgementOfPptp(String header) {
        requireNone(gre(header, new byte[0]));
    }

    @Test
    void shouldFindNothingInAKeepAlive() {
        requireNone(gre("0000 0000", new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000 883e", "0000 883e 00010203"})
    void shouldDecodeWebCacheRedirects(String header) {
        inner(gre(header, ipv4()), PacketTunnel.GRE, PacketView.NO_TUNNEL_ID);
    }

    @ParameterizedTest
    @CsvSource({
        "0002 0800, UNDECODABLE_GRE_VERSION",
        "0007 0800, UNDECODABLE_GRE_VERSION",
        "4000 0800 00000000 00000000, UNDECODABLE_GRE_ROUTING",
        "0000 0806 0001, IGNORED_NOT_IP",
        "0000 0800, UNDECODABLE_IPV4",
        "0000 0800 60, UNDECODABLE_IPV4",
        "0000 86dd, UNDECODABLE_IPV6",
        "0000 6558, UNDECODABLE_LINK",
        "0000 88be 00, UNDECODABLE_LINK",
        "1000 88be 00000001 100000, UNDECODABLE_ERSPAN",
        "1000 88be 00000001 0000000000000000, UNDECODABLE_ERSPAN_VERSION",
        "1000 22eb 00000001 2000000000000000000000, UNDECODABLE_ERSPAN",
        "1000 22eb 00000001 1000000000000000000000000000, UNDECODABLE_ERSPAN_VERSION",
        "1000 22eb 00000001 200000000000000000000400 4500, IGNORED_NOT_IP",
        "1000 22eb 00000001 200000000000000000000001 00000000, UNDECODABLE_ERSPAN",
        "0, UNDECODABLE_GRE",
        "b000 0800 00000000 00000000 000000, UNDECODABLE_GRE",
        "3081 880b 0000 0000 00000000 000000, UNDECODABLE_GRE",
        "0000 883e 00, UNDECODABLE_GRE",
    })
    void shouldNameWhatIsWrong(String payload, DecodeOutcome expected) {
        byte[] frame = gre("", Hex.bytes(payload.equals("0") ? "00" : payload));

        assertThat(outcome(frame)).isEqualTo(expected);
    }

    @Test
    void shouldTakeTheSessionOfAMirrorAsId() {
        inner(gre("1000 88be 00000001 1005 e3ff 00000001", ethernet()), PacketTunnel.ERSPAN, 0x3FF);
        inner(
                gre("1000 22eb 00000001 2005 0123 00000001 0000 0000", ethernet()),
                PacketTunnel.ERSPAN,
                0x123);
        inner(gre("0000 88be", ethernet()), PacketTunnel.ERSPAN, PacketView.NO_TUNNEL_ID);
    }

    @Test
    void shouldBlameTheSnapLengthForAHeaderThatItCut() {
        byte[] frame = gre("b000 0800 00000000 00000007 00000001", ipv4());
        int outerLength = 14 + 20;

        for (int captured = outerLength; captured < outerLength + 16; captured++) {
            DecodedFrame outer = DecodedFrame.of(Arrays.copyOf(frame, captured), frame.length);

            assertThat(outer.inner.outcome).isEqualTo(DecodeOutcome.UNDECODABLE_SNAPLEN);
        }
    }

    @Test
    void shouldNotLookDeeperThanFourTunnels() {
        byte[] packet = ipv4();
        for (int depth = 0; depth < 5; depth++) {
            packet =
                    FrameBuilder.withoutLink()
                            .ipv4("10.0.0.1", "10.0.0.2")
                            .protocol(4)
                            .payload(packet)
                            .build();
        }
        byte[] frame = gre("0000 0800", packet);

        DecodedFrame at = DecodedFrame.of(frame);
        for (int depth = 0; depth < 4; depth++) {
            at = at.inner;
            assertThat(at.outcome).isEqualTo(DecodeOutcome.DECODED);
        }
        assertThat(at.inner.outcome).isEqualTo(DecodeOutcome.UNDECODABLE_TUNNELS);
        assertThat(at.inner.inner).isNull();
    }
}
