package io.gatewatch.packet.link;

import static io.gatewatch.packet.link.LinkSample.concat;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.DecodedFrame;
import io.gatewatch.testing.Hex;
import org.junit.jupiter.api.Test;

class SwitchTagTest {
    private static final String MACS = "02 aa 00 00 00 02  02 aa 00 00 00 01 ";

    @Test
    void shouldKeepVlanTagsBesideOtherTags() {
        byte[] tags = Hex.bytes(MACS + "81 00 00 07  89 26 00 00 00 00  81 00 00 2a  08 00");

        DecodedFrame decoded = DecodedFrame.of(concat(tags, LinkSample.IPV4));

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.vlanTags).isEqualTo(0x0007_002AL);
    }

    @Test
    void shouldKeepTheCustomersAddressesOfABackboneFrame() {
        byte[] headers =
                Hex.bytes(
                        MACS + "88 e7  00 00 00 64 # I-tag",
                        "02 00 00 00 00 fe  02 00 00 00 00 01  81 00 00 2a  08 00");

        DecodedFrame decoded = DecodedFrame.of(concat(headers, LinkSample.IPV4));

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.sourceMac).isEqualTo(0x020000000001L);
        assertThat(decoded.view.destinationMac).isEqualTo(0x0200000000FEL);
        assertThat(decoded.view.vlanTags).isEqualTo(42);
    }

    @Test
    void shouldIgnoreMacsecByReason() {
        byte[] frame = Hex.bytes(MACS + "88 e5  2c 00 00 00 00 01");

        assertThat(DecodedFrame.of(frame).outcome).isEqualTo(DecodeOutcome.IGNORED_MACSEC);
    }

    @Test
    void shouldRefuseTagsWithoutEnd() {
        byte[] frame = Hex.bytes(MACS + "89 26");
        for (int i = 0; i < 40; i++) {
            frame = concat(frame, Hex.bytes("00 00 00 00 89 26"));
        }

        assertThat(DecodedFrame.of(frame).outcome).isEqualTo(DecodeOutcome.UNDECODABLE_HEADERS);
    }
}
