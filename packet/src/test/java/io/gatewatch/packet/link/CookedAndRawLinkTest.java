package io.gatewatch.packet.link;

import static io.gatewatch.packet.link.LinkSample.concat;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.DecodedFrame;
import io.gatewatch.packet.PacketView;
import io.gatewatch.testing.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Links that give less than their own header: cooked, loopback, and none at all. */
class CookedAndRawLinkTest {
    private static final String ADDRESS = " 02 00 00 00 00 01 00 00 ";

    private static byte[] cooked(String device, String addressLength, String protocol) {
        return Hex.bytes("00 04 " + device + addressLength + ADDRESS + protocol);
    }

    private static byte[] cooked2(String device, String addressLength, String protocol) {
        return Hex.bytes(
                protocol + " 00 00 00 00 00 03 " + device + " 04" + addressLength + ADDRESS);
    }

    @Test
    void shouldKeepTheSendersAddressAndNoOther() {
        byte[] frame = concat(cooked(" 00 01", " 00 06", "86 dd"), LinkSample.IPV6);
        byte[] frame2 = concat(cooked2(" 00 01", " 06", "86 dd"), LinkSample.IPV6);

        for (PacketView view :
                new PacketView[] {
                    DecodedFrame.of(LinkTypes.LINUX_SLL, frame).view,
                    DecodedFrame.of(LinkTypes.LINUX_SLL2, frame2).view
                }) {
            assertThat(view.sourceMac).isEqualTo(0x020000000001L);
            assertThat(view.destinationMac).isEqualTo(PacketView.NO_MAC);
            assertThat(view.ipVersion).isEqualTo(6);
        }
    }

    @Test
    void shouldKeepNoAddressOfAnotherLength() {
        byte[] frame = concat(cooked(" 03 04", " 00 00", "08 00"), LinkSample.IPV4);
        byte[] frame2 = concat(cooked2(" 03 04", " 04", "08 00"), LinkSample.IPV4);

        assertThat(DecodedFrame.of(LinkTypes.LINUX_SLL, frame).view.sourceMac)
                .isEqualTo(PacketView.NO_MAC);
        assertThat(DecodedFrame.of(LinkTypes.LINUX_SLL2, frame2).view.sourceMac)
                .isEqualTo(PacketView.NO_MAC);
    }

    @ParameterizedTest
    @CsvSource({
        "00 01, 00 01, IGNORED_NOT_IP, IPX over 802.3",
        "00 01, 08 06, IGNORED_NOT_IP, ARP",
        "03 38, 00 00, IGNORED_NOT_IP, netlink message",
        "03 38, 08 00, IGNORED_NOT_IP, netlink message of a family like an EtherType"
    })
    void shouldIgnoreWhatIsNotIp(
            String device, String protocol, DecodeOutcome expected, String name) {
        byte[] frame = concat(cooked(" " + device, " 00 06", protocol), LinkSample.IPV4);
        byte[] frame2 = concat(cooked2(" " + device, " 06", protocol), LinkSample.IPV4);

        assertThat(DecodedFrame.of(LinkTypes.LINUX_SLL, frame).outcome)
                .as(name)
                .isEqualTo(expected);
        assertThat(DecodedFrame.of(LinkTypes.LINUX_SLL2, frame2).outcome)
                .as(name)
                .isEqualTo(expected);
    }

    @Test
    void shouldReadVlanTagsLlcAndPppoeUnderTheCookedHeader() {
        byte[] tagged = Hex.bytes("00 2a 08 00");
        byte[] snap = Hex.bytes("aa aa 03 00 00 00 08 00");
        byte[] session = Hex.bytes("11 00 00 01 00 20 00 21");

        for (byte[] frame :
                new byte[][] {
                    concat(cooked(" 00 01", " 00 06", "81 00"), tagged, LinkSample.IPV4),
                    concat(cooked(" 00 01", " 00 06", "00 04"), snap, LinkSample.IPV4),
                    concat(cooked(" 00 01", " 00 06", "88 64"), session, LinkSample.IPV4)
                }) {
            assertThat(DecodedFrame.of(LinkTypes.LINUX_SLL, frame).outcome)
                    .isEqualTo(DecodeOutcome.DECODED);
        }
    }

    @Test
    void shouldReadTheLinksOwnHeaderOfAWifiMonitor() {
        byte[] wifi =
                Hex.bytes(
                        "08 00 00 00  02 00 00 00 00 fe  02 00 00 00 00 01  02 00 00 00 00 aa 10 00",
                        "aa aa 03 00 00 00 08 00");
        byte[] radiotap = Hex.bytes("00 00 08 00  00 00 00 00");
        byte[] plain = concat(cooked(" 03 21", " 00 06", "00 04"), wifi, LinkSample.IPV4);
        byte[] tapped =
                concat(cooked(" 03 23", " 00 06", "00 04"), radiotap, wifi, LinkSample.IPV4);

        assertThat(DecodedFrame.of(LinkTypes.LINUX_SLL, plain).view.destinationMac)
                .isEqualTo(0x0200000000FEL);
        assertThat(DecodedFrame.of(LinkTypes.LINUX_SLL, tapped).view.destinationMac)
                .isEqualTo(0x0200000000FEL);
    }

    @ParameterizedTest
    @ValueSource(ints = {LinkTypes.RAW_DLT, LinkTypes.RAW_DLT_OPENBSD, LinkTypes.RAW})
    void shouldTellTheVersionOfRawIp(int linkType) {
        byte[] other = LinkSample.IPV4.clone();
        other[0] = 0x55;

        assertThat(DecodedFrame.of(linkType, LinkSample.IPV4).view.ipVersion).isEqualTo(4);
        assertThat(DecodedFrame.of(linkType, LinkSample.IPV6).view.ipVersion).isEqualTo(6);
        assertThat(DecodedFrame.of(linkType, other).outcome)
                .isEqualTo(DecodeOutcome.UNDECODABLE_IP_VERSION);
        assertThat(DecodedFrame.of(linkType, new byte[0]).outcome)
                .isEqualTo(DecodeOutcome.UNDECODABLE_LINK);
        assertThat(DecodedFrame.of(linkType, new byte[0], 40).outcome)
                .isEqualTo(DecodeOutcome.UNDECODABLE_SNAPLEN);
    }

    @Test
    void shouldHoldRawIpOfOneVersionToIt() {
        assertThat(DecodedFrame.of(LinkTypes.IPV4, LinkSample.IPV4).outcome)
                .isEqualTo(DecodeOutcome.DECODED);
        assertThat(DecodedFrame.of(LinkTypes.IPV6, LinkSample.IPV6).outcome)
                .isEqualTo(DecodeOutcome.DECODED);
        assertThat(DecodedFrame.of(LinkTypes.IPV4, LinkSample.IPV6).outcome)
                .isEqualTo(DecodeOutcome.UNDECODABLE_IPV4_VERSION);
        byte[] padded = concat(LinkSample.IPV4, new byte[10]);
        assertThat(DecodedFrame.of(LinkTypes.IPV6, padded).outcome)
                .isEqualTo(DecodeOutcome.UNDECODABLE_IPV6_VERSION);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 23, 24, 26, 28, 30})
    void shouldKnowTheIpv6FamilyOfEverySystemInEitherByteOrder(int family) {
        byte[] bigEndian = {0, 0, 0, (byte) family};
        byte[] littleEndian = {(byte) family, 0, 0, 0};

        for (int linkType : new int[] {LinkTypes.NULL, LinkTypes.LOOP}) {
            for (byte[] header : new byte[][] {bigEndian, littleEndian}) {
                assertThat(DecodedFrame.of(linkType, concat(header, LinkSample.IPV6)).outcome)
                        .isEqualTo(DecodeOutcome.DECODED);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00 00 00 00", "07 00 00 00", "00 00 00 07", "ff ff ff ff"})
    void shouldIgnoreOtherFamilies(String family) {
        assertThat(
                        DecodedFrame.of(LinkTypes.NULL, concat(Hex.bytes(family), LinkSample.IPV4))
                                .outcome)
                .isEqualTo(DecodeOutcome.IGNORED_NOT_IP);
    }
}
