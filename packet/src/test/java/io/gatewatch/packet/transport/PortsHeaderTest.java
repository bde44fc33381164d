package io.gatewatch.packet.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.DecodedFrame;
import io.gatewatch.packet.PacketAnomaly;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.Hex;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortsHeaderTest {
    private static FrameBuilder packet(int protocol, String payload) {
        return FrameBuilder.ethernet()
                .ipv4("192.0.2.1", "198.51.100.2")
                .protocol(protocol)
                .payload(Hex.bytes(payload));
    }

    @ParameterizedTest
    @CsvSource({
        "132, 9c40 0050 11223344 00000000 00 03 0010 0102030405060708 090a0b0c, 12, 16", // SCTP
        "136, 9c40 0050 0008 0000 0102, 8, 2", // UDP-Lite
        "33, 9c40 0050 04 00 0000 00 000000 0000 0000 0102, 16, 2", // DCCP, four words
        "33, 9c40 0050 00 00 0000 00 000000 0102, 12, 2", // DCCP, an offset that cannot be
        "33, 9c40 0050 ff 00 0000 00 000000 0102, 12, 2",
    })
    void shouldReadPorts(int protocol, String payload, int headerLength, int payloadLength) {
        DecodedFrame decoded = DecodedFrame.of(packet(protocol, payload).build());

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.protocol).isEqualTo(protocol);
        assertThat(decoded.view.sourcePort).isEqualTo(40_000);
        assertThat(decoded.view.destinationPort).isEqualTo(80);
        assertThat(decoded.view.transportHeaderLength).isEqualTo(headerLength);
        assertThat(decoded.view.payloadLength).isEqualTo(payloadLength);
    }

    @ParameterizedTest
    @CsvSource({"132, 12", "33, 12", "136, 8"})
    void shouldNeedTheWholeHeaderOnTheWireAndThePortsInTheCapture(int protocol, int length) {
        byte[] whole = packet(protocol, "9c400050" + "00".repeat(length)).build();
        int header = 14 + 20;
        for (int present = 0; present < length; present++) {
            byte[] cut = packet(protocol, "9c400050" + "00".repeat(length)).build();
            cut = Arrays.copyOf(cut, header + present);

            assertThat(DecodedFrame.of(ended(protocol, present)).outcome)
                    .isEqualTo(DecodeOutcome.UNDECODABLE_TRANSPORT);
            DecodedFrame snapped = DecodedFrame.of(cut, whole.length);
            assertThat(snapped.outcome)
                    .isEqualTo(
                            present < 4
                                    ? DecodeOutcome.UNDECODABLE_SNAPLEN
                                    : DecodeOutcome.DECODED);
            assertThat(present < 4 || snapped.has(PacketAnomaly.SNAPPED_HEADER)).isTrue();
        }
    }

    private static byte[] ended(int protocol, int length) {
        return FrameBuilder.ethernet()
                .ipv4("192.0.2.1", "198.51.100.2")
                .protocol(protocol)
                .payload(length)
                .build();
    }
}
