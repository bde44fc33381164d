package io.gatewatch.packet.link;

import static io.gatewatch.packet.link.LinkSample.concat;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.DecodedFrame;
import io.gatewatch.testing.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PppHeaderTest {
    private static DecodedFrame decode(int linkType, String header, byte[] packet) {
        return DecodedFrame.of(linkType, concat(Hex.bytes(header), packet));
    }

    @ParameterizedTest
    @CsvSource({
        "ff 03 00 57, whole header",
        "ff 03 57, protocol compressed",
        "00 57, address and control left out",
        "57, both"
    })
    void shouldReadEveryFormOfTheHeader(String header, String name) {
        DecodedFrame decoded = decode(LinkTypes.PPP, header, LinkSample.IPV6);

        assertThat(decoded.outcome).as(name).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.ipVersion).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({"ff 03 02 81", "ff 03 02 83"})
    void shouldReadMplsInPpp(String header) {
        byte[] labelled = concat(Hex.bytes("00 06 41 40"), LinkSample.IPV4);

        assertThat(decode(LinkTypes.PPP, header, labelled).outcome)
                .isEqualTo(DecodeOutcome.DECODED);
    }

    @ParameterizedTest
    @CsvSource({
        "ff 03 c0 21, IGNORED_PPP_CONTROL, LCP",
        "ff 03 80 21, IGNORED_PPP_CONTROL, IPCP",
        "ff 03 c0 23, IGNORED_PPP_CONTROL, PAP",
        "ff 03 00 2d, IGNORED_PPP_COMPRESSED, TCP header compressed",
        "ff 03 00 2f, IGNORED_PPP_COMPRESSED, TCP header with a connection number in it",
        "ff 03 00 53, IGNORED_PPP_COMPRESSED, encrypted",
        "ff 03 00 fd, IGNORED_PPP_COMPRESSED, compressed datagram",
        "ff 03 00 03, IGNORED_PPP_COMPRESSED, ROHC",
        "ff 03 00 61, IGNORED_PPP_COMPRESSED, full header of IP header compression",
        "ff 03 00 65, IGNORED_PPP_COMPRESSED, compressed TCP",
        "ff 03 00 69, IGNORED_PPP_COMPRESSED, compressed UDP",
        "ff 03 00 3d, IGNORED_PPP_MULTILINK, multilink fragment",
        "ff 03 00 2b, IGNORED_NOT_IP, IPX",
        "ff 03 00 6b, IGNORED_NOT_IP, nothing of IP header compression any more",
        "ff 03 7f ff, IGNORED_NOT_IP, the last that is no control protocol"
    })
    void shouldIgnoreByReason(String header, DecodeOutcome expected, String name) {
        assertThat(decode(LinkTypes.PPP, header, LinkSample.IPV4).outcome)
                .as(name)
                .isEqualTo(expected);
    }

    @Test
    void shouldReadPppOverHdlcWithoutAddressAndControl() {
        assertThat(decode(LinkTypes.PPP_HDLC, "00 57", LinkSample.IPV6).outcome)
                .isEqualTo(DecodeOutcome.DECODED);
    }

    @ParameterizedTest
    @CsvSource({
        "0f 00 86 dd, DECODED",
        "8f 00 86 dd, DECODED",
        "8f 00 80 35, IGNORED_NOT_IP",
        "8f 00 20 00, IGNORED_NOT_IP",
        "8f 00 00 04, IGNORED_NOT_IP"
    })
    void shouldReadCiscosFraming(String header, DecodeOutcome expected) {
        assertThat(decode(LinkTypes.C_HDLC, header, LinkSample.IPV6).outcome).isEqualTo(expected);
        assertThat(decode(LinkTypes.PPP_HDLC, header, LinkSample.IPV6).outcome).isEqualTo(expected);
    }
}
