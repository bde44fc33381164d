package io.gatewatch.packet.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.DecodedFrame;
import io.gatewatch.packet.PacketAnomaly;
import io.gatewatch.testing.FrameBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtensionHeadersTest {
    @ParameterizedTest
    @CsvSource({
        "0 60 43 60, false",
        "60 60, false",
        "135, false",
        "60 60 60, true",
        "0 0, true",
        "43 43, true",
        "43 60 43, true",
        "135 135, true",
        "139 139, true",
        "140 140, true",
    })
    void shouldMarkHeadersThatOccurTooOften(String numbers, boolean repeated) {
        FrameBuilder frame = FrameBuilder.ethernet().ipv6("2001:db8::1", "2001:db8::2");
        for (String number : numbers.split(" ", -1)) {
            frame.extension(Integer.parseInt(number), new byte[6]);
        }

        DecodedFrame decoded = DecodedFrame.of(frame.udp(1, 2).build());

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.has(PacketAnomaly.EXTENSION_HEADERS_REPEATED)).isEqualTo(repeated);
    }
}
