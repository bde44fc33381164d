package io.gatewatch.capture.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.PacketAnomaly;
import io.gatewatch.wire.Anomaly;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The decoder does not know the wire format, yet its anomaly bits go onto the wire unchanged. */
class AnomalyBitsTest {
    @ParameterizedTest
    @EnumSource
    void shouldBeTheBitOfTheWireAnomalyOfThisName(PacketAnomaly anomaly) {
        assertThat(anomaly.bit()).isEqualTo(Anomaly.valueOf(anomaly.name()).bit());
    }
}
