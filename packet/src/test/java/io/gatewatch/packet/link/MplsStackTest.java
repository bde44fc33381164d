package io.gatewatch.packet.link;

import static io.gatewatch.packet.link.LinkSample.concat;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.DecodedFrame;
import io.gatewatch.testing.Hex;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MplsStackTest {
    private static final byte[] LINK =
            Hex.bytes("02 aa 00 00 00 02  02 aa 00 00 00 01  88 47 # Ethernet");
    private static final byte[] LAST_LABEL = Hex.bytes("00 06 41 40 # label 100, last, TTL 64");

    private static DecodedFrame behindLabel(byte[]... parts) {
        return DecodedFrame.of(concat(LINK, LAST_LABEL, concat(parts)));
    }

    private static byte[] ethernet(String destination, byte[] packet) {
        String type = packet == LinkSample.IPV6 ? " 86 dd" : " 08 00";
        return concat(Hex.bytes(destination + " 02 00 00 00 00 01" + type), packet);
    }

    @Test
    void shouldTellIpByItsFirstBits() {
        assertThat(behindLabel(LinkSample.IPV4).view.ipVersion).isEqualTo(4);
        assertThat(behindLabel(LinkSample.IPV6).view.ipVersion).isEqualTo(6);
    }

    @Test
    void shouldBelieveAnExplicitNull() {
        byte[] explicitNull6 = Hex.bytes("00 00 21 40");
        byte[] refused = concat(LINK, explicitNull6, LinkSample.IPV4, new byte[10]);
        byte[] taken = concat(LINK, explicitNull6, LinkSample.IPV6);

        assertThat(DecodedFrame.of(refused).outcome)
                .isEqualTo(DecodeOutcome.UNDECODABLE_IPV6_VERSION);
        assertThat(DecodedFrame.of(taken).outcome).isEqualTo(DecodeOutcome.DECODED);
    }

    @ParameterizedTest
    @CsvSource({"15, DECODED", "16, UNDECODABLE_MPLS_STACK", "40, UNDECODABLE_MPLS_STACK"})
    void shouldReadSixteenLabels(int labelsBeforeTheLast, DecodeOutcome expected) {
        byte[] labels = new byte[4 * labelsBeforeTheLast];
        byte[] frame = concat(LINK, labels, LAST_LABEL, LinkSample.IPV4);

        assertThat(DecodedFrame.of(frame).outcome).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00 00 00 00 00 fe",
                "01 00 5e 00 00 01",
                "02 00 00 00 00 fe",
                "10 00 00 00 00 fe",
                "40 00 00 00 00 fe",
                "45 00 00 10 00 fe",
                "60 00 00 00 ff fe",
                "f0 00 00 00 00 fe"
            })
    void shouldFindAnEthernetPseudowireWithAndWithoutControlWord(String destination) {
        long mac = Long.parseLong(destination.replace(" ", ""), 16);
        for (byte[] packet : new byte[][] {LinkSample.IPV4, LinkSample.IPV6}) {
            byte[] frame = ethernet(destination, packet);

            DecodedFrame without = behindLabel(frame);
            DecodedFrame with = behindLabel(Hex.bytes("00 00 00 07"), frame);

            assertThat(without.outcome).isEqualTo(DecodeOutcome.DECODED);
            assertThat(without.view.destinationMac).isEqualTo(mac);
            assertThat(without.view.sourceMac).isEqualTo(0x020000000001L);
            assertThat(with.outcome).isEqualTo(DecodeOutcome.DECODED);
            assertThat(with.view.destinationMac).isEqualTo(mac);
        }
    }

    @Test
    void shouldKeepTheVlanTagsInsideOfAPseudowire() {
        byte[] tagged =
                Hex.bytes("02 00 00 00 00 fe  02 00 00 00 00 01  81 00 00 2a 08 00 # VLAN 42");

        DecodedFrame decoded = behindLabel(Hex.bytes("00 00 00 00"), tagged, LinkSample.IPV4);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.vlanTags).isEqualTo(42);
    }

    @ParameterizedTest
    @CsvSource({
        "02 00 00 00 00 fe 02 00 00 00 00 01 08 06 00 01 08 00, IGNORED_NOT_IP, ARP",
        "02 00 00 00 00 fe 02 00 00 00 00 01 88 cc 02 07 04 00, IGNORED_NOT_IP, LLDP",
        "01 80 c2 00 00 00 02 00 00 00 00 01 00 04 42 42 03 00, IGNORED_LLC, spanning tree",
        "01 80 c2 00 00 00 02 00 00 00 00 01 00 40 42 42 03 00, IGNORED_MPLS, length too large",
        "02 00 00 00 00 fe 02 00 00 00 00 01 88 63 11 09 00 00, IGNORED_PPPOE_DISCOVERY, PPPoE"
    })
    void shouldIgnoreByReasonInsideOfAPseudowire(String hex, DecodeOutcome expected, String name) {
        assertThat(behindLabel(Hex.bytes(hex), new byte[8]).outcome).as(name).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00 00 00 00", "10 00 00 07", "20 00 00 00", "f0 00 00 00"})
    void shouldIgnoreWhatIsNeitherIpNorEthernet(String begin) {
        assertThat(behindLabel(Hex.bytes(begin), new byte[40]).outcome)
                .isEqualTo(DecodeOutcome.IGNORED_MPLS);
    }

    @Test
    void shouldTakeIpWithABadLengthForIp() {
        byte[] packet = LinkSample.IPV4.clone();
        packet[2] = 0x40;

        assertThat(behindLabel(packet).outcome).isEqualTo(DecodeOutcome.DECODED);
    }

    @Test
    void shouldBlameTheSnapLengthWhereTooLittleIsLeftToTell() {
        byte[] frame =
                concat(
                        LINK,
                        LAST_LABEL,
                        Hex.bytes("00 00 00 00"),
                        ethernet("02 00 00 00 00 fe", LinkSample.IPV4));
        int evidence = LINK.length + LAST_LABEL.length + 4 + 17;
        for (int length = LINK.length; length < evidence; length++) {
            DecodedFrame decoded = DecodedFrame.of(Arrays.copyOf(frame, length), frame.length);

            assertThat(decoded.outcome)
                    .as("%s bytes", length)
                    .isEqualTo(DecodeOutcome.UNDECODABLE_SNAPLEN);
        }
    }
}
