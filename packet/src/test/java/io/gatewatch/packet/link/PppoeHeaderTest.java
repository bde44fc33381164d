package io.gatewatch.packet.link;

import static io.gatewatch.packet.link.LinkSample.concat;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.DecodedFrame;
import io.gatewatch.packet.PacketAnomaly;
import io.gatewatch.testing.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PppoeHeaderTest {
    private static final String MACS = "02 00 00 00 00 fe  02 00 00 00 00 01 ";

    private static DecodedFrame session(String header, byte[] packet) {
        return DecodedFrame.of(concat(Hex.bytes(MACS + "88 64 " + header), packet));
    }

    @Test
    void shouldLookThroughASessionAndKeepTheAddresses() {
        DecodedFrame decoded = session("11 00 00 07 00 34  00 57", LinkSample.IPV6);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.ipVersion).isEqualTo(6);
        assertThat(decoded.view.sourceMac).isEqualTo(0x020000000001L);
    }

    @Test
    void shouldIgnoreDiscovery() {
        byte[] padi = Hex.bytes(MACS + "88 63  11 09 00 00 00 04  01 01 00 00");

        assertThat(DecodedFrame.of(padi).outcome).isEqualTo(DecodeOutcome.IGNORED_PPPOE_DISCOVERY);
    }

    @Test
    void shouldIgnoreNegotiation() {
        assertThat(session("11 00 00 07 00 06  c0 21 01 01 00 04", new byte[0]).outcome)
                .isEqualTo(DecodeOutcome.IGNORED_PPP_CONTROL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"21 00", "12 00", "00 00", "11 09"})
    void shouldRefuseOtherVersionsTypesAndCodes(String versionTypeCode) {
        assertThat(session(versionTypeCode + " 00 07 00 20  00 21", LinkSample.IPV4).outcome)
                .isEqualTo(DecodeOutcome.UNDECODABLE_PPPOE_VERSION);
    }

    @ParameterizedTest
    @CsvSource({
        "00 00, UNDECODABLE_PPP",
        "00 01, UNDECODABLE_PPP",
        "00 02, UNDECODABLE_IPV4",
        "00 15, UNDECODABLE_IPV4",
        "ff ff, DECODED"
    })
    void shouldSurviveALengthThatLies(String length, DecodeOutcome expected) {
        DecodedFrame decoded = session("11 00 00 07 " + length + " 00 21", LinkSample.IPV4);

        assertThat(decoded.outcome).isEqualTo(expected);
    }

    @Test
    void shouldMarkAPacketThatClaimsMoreThanTheLength() {
        DecodedFrame decoded = session("11 00 00 07 00 1f 00 21", LinkSample.IPV4);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.has(PacketAnomaly.IP_LENGTH_EXCEEDS_FRAME)).isTrue();
    }
}
