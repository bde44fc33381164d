package io.gatewatch.packet.link;

import static io.gatewatch.packet.link.LinkSample.concat;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.DecodedFrame;
import io.gatewatch.packet.PacketAnomaly;
import io.gatewatch.packet.PacketView;
import io.gatewatch.testing.Hex;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NflogLinkTest {
    private static final byte[] LITTLE_ENDIAN =
            Hex.bytes(
                    "02 00 00 2a # IPv4, version 0, group 42",
                    "08 00 01 00  08 00 03 00 # packet header: IPv4, hook 3",
                    "05 00 0a 00  00 00 00 00 # prefix, one byte, filled up",
                    "10 00 08 00  00 06 00 00  02 00 00 00 00 01 00 00 # link address",
                    "22 00 09 00 # payload");
    private static final byte[] BIG_ENDIAN =
            Hex.bytes(
                    "02 00 00 2a",
                    "00 08 00 01  08 00 03 00",
                    "00 05 00 0a  00 00 00 00",
                    "00 10 00 08  00 06 00 00  02 00 00 00 00 01 00 00",
                    "00 22 00 09");

    private static DecodedFrame decode(byte[]... parts) {
        return DecodedFrame.of(LinkTypes.NFLOG, concat(parts));
    }

    @Test
    void shouldReadAttributesInEitherByteOrder() {
        for (byte[] header : new byte[][] {LITTLE_ENDIAN, BIG_ENDIAN}) {
            DecodedFrame decoded = decode(header, LinkSample.IPV4, new byte[2]);

            assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
            assertThat(decoded.view.sourceMac).isEqualTo(0x020000000001L);
            assertThat(decoded.view.destinationMac).isEqualTo(PacketView.NO_MAC);
            assertThat(decoded.view.destinationPort).isEqualTo(53);
        }
    }

    @Test
    void shouldNameEveryCutOfTheAttributes() {
        byte[] frame = concat(LITTLE_ENDIAN, LinkSample.IPV4);
        for (int length = 0; length < LITTLE_ENDIAN.length; length++) {
            byte[] cut = Arrays.copyOf(frame, length);

            assertThat(decode(cut).outcome).isEqualTo(DecodeOutcome.UNDECODABLE_LINK);
            assertThat(DecodedFrame.of(LinkTypes.NFLOG, cut, frame.length).outcome)
                    .isEqualTo(DecodeOutcome.UNDECODABLE_SNAPLEN);
        }
    }

    @Test
    void shouldBelieveThePacketOfWhichOnlyAPartWasLogged() {
        byte[] header = Hex.bytes("02 00 00 00  20 00 09 00");

        DecodedFrame decoded = decode(header, Arrays.copyOf(LinkSample.IPV4, 28));

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.payloadLength).isEqualTo(2);
        assertThat(decoded.has(PacketAnomaly.IP_LENGTH_EXCEEDS_FRAME)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "00 00 09 00, UNDECODABLE_LINK_LENGTH, payload shorter than its own header",
        "03 00 0a 00, UNDECODABLE_LINK_LENGTH, attribute shorter than its own header",
        "00 01 0a 00, UNDECODABLE_LINK, attribute longer than the frame",
        "04 00 09 00, UNDECODABLE_IPV4, payload of no bytes",
        "17 00 09 00, UNDECODABLE_IPV4, payload within the IP header",
        "ff ff 09 00, DECODED, payload longer than the frame"
    })
    void shouldSurviveALengthThatLies(String attribute, DecodeOutcome expected, String name) {
        DecodedFrame decoded =
                decode(Hex.bytes("02 00 00 00 " + attribute), LinkSample.IPV4, new byte[40]);

        assertThat(decoded.outcome).as(name).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0a, 86 dd, 6, DECODED, IPv6",
        "07, 86 dd, 6, DECODED, bridge that names IPv6",
        "07, 08 00, 4, DECODED, bridge that names IPv4",
        "07, 08 06, 4, IGNORED_NOT_IP, bridge that names ARP",
        "03, 00 00, 4, IGNORED_NOT_IP, ARP"
    })
    void shouldGoByFamilyAndElseByProtocol(
            String family, String protocol, int version, DecodeOutcome expected, String name) {
        byte[] header =
                Hex.bytes(family + " 00 00 00  08 00 01 00 " + protocol + " 03 00  40 00 09 00");
        byte[] packet = version == 6 ? LinkSample.IPV6 : LinkSample.IPV4;

        assertThat(decode(header, packet).outcome).as(name).isEqualTo(expected);
    }
}
