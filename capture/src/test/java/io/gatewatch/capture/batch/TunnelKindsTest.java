package io.gatewatch.capture.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.PacketTunnel;
import io.gatewatch.wire.TunnelKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The decoder does not know the wire format, yet its numbers of tunnels go onto the wire. */
class TunnelKindsTest {
    @ParameterizedTest
    @EnumSource
    void shouldBeTheNumberOfTheWireKindOfThisName(PacketTunnel tunnel) {
        assertThat(tunnel.code()).isEqualTo(TunnelKind.valueOf(tunnel.name()).code());
    }
}
