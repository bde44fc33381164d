package io.gatewatch.packet.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.DecodedFrame;
import io.gatewatch.packet.PacketTunnel;
import io.gatewatch.packet.PacketView;
import io.gatewatch.testing.FrameBuilder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TunnelsTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.2, 4, IP_IN_IP",
        "10.0.0.1, 10.0.0.2, 41, SIX_IN_FOUR",
        "2001:db8:1::1, 2001:db8:1::2, 4, FOUR_IN_SIX",
        "2001:db8:1::1, 2001:db8:1::2, 41, SIX_IN_SIX",
    })
    void shouldEnterIpInIp(String from, String to, int protocol, PacketTunnel kind) {
        byte[] packet = protocol == 4 ? TunnelSample.ipv4() : TunnelSample.ipv6();
        byte[] frame =
                FrameBuilder.ethernet().ip(from, to).protocol(protocol).payload(packet).build();

        DecodedFrame inner = TunnelSample.inner(frame, kind, PacketView.NO_TUNNEL_ID);

        assertThat(inner.view.sourceMac).isEqualTo(0x0200_0000_0001L);
        assertThat(inner.view.sourcePort).isEqualTo(1234);
    }

    @ParameterizedTest
    @CsvSource({
        "4, UNDECODABLE_IPV4_VERSION",
        "41, UNDECODABLE_IPV6_VERSION",
    })
    void shouldNameWhatIsWrongWithAPacketInIp(int protocol, DecodeOutcome expected) {
        byte[] packet = protocol == 4 ? TunnelSample.ipv6() : TunnelSample.ipv4();

        assertThat(
                        TunnelSample.outcome(
                                TunnelSample.outer().protocol(protocol).payload(packet).build()))
                .isEqualTo(expected);
    }

    @Test
    void shouldDecodeEveryFormAndEndInOrderWhereverItIsCut() {
        Set<PacketTunnel> met = EnumSet.noneOf(PacketTunnel.class);
        for (byte[] frame : TunnelSample.all()) {
            DecodedFrame whole = DecodedFrame.of(frame);
            assertThat(whole.inner).as(whole.facts()).isNotNull();
            assertThat(whole.inner.outcome).as(whole.facts()).isEqualTo(DecodeOutcome.DECODED);
            assertThat(whole.inner.view.anomalies).isZero();
            met.add(whole.inner.view.tunnel);
            for (int length = 0; length < frame.length; length++) {
                byte[] cut = Arrays.copyOf(frame, length);
                requireOrderlyEnd(DecodedFrame.of(cut, frame.length), true);
                requireOrderlyEnd(DecodedFrame.of(cut), false);
            }
        }
        assertThat(met).containsExactlyInAnyOrder(PacketTunnel.values());
    }

    private static void requireOrderlyEnd(DecodedFrame outer, boolean snapped) {
        if (outer.inner != null && outer.inner.outcome != DecodeOutcome.DECODED) {
            assertThat(outer.inner.outcome.kind()).isEqualTo(DecodeOutcome.Kind.UNDECODABLE);
            assertThat(outer.inner.outcome == DecodeOutcome.UNDECODABLE_SNAPLEN).isEqualTo(snapped);
        }
    }
}
