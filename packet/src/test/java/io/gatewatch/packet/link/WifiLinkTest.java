package io.gatewatch.packet.link;

import static io.gatewatch.packet.link.LinkSample.concat;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.DecodedFrame;
import io.gatewatch.packet.PacketDecoder;
import io.gatewatch.packet.PacketView;
import io.gatewatch.testing.Hex;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WifiLinkTest {
    private static final String ADDRESSES =
            " 00 00  02 00 00 00 00 01  02 00 00 00 00 02  02 00 00 00 00 03 ";
    private static final byte[] SNAP = Hex.bytes("aa aa 03 00 00 00 08 00");

    private static byte[] data(String typeAndFlags, String rest) {
        return concat(Hex.bytes(typeAndFlags + ADDRESSES + rest), SNAP, LinkSample.IPV4);
    }

    private static DecodedFrame decode(byte[] frame) {
        return DecodedFrame.of(LinkTypes.IEEE802_11, frame);
    }

    @ParameterizedTest
    @CsvSource({
        "08 00, 10 00, 1, 2, between stations",
        "08 02, 10 00, 1, 3, from the access point",
        "08 01, 10 00, 3, 2, to the access point",
        "08 03, 10 00 02 00 00 00 00 04, 3, 4, between access points",
        "88 01, 10 00 07 00, 3, 2, with quality of service",
        "88 03, 10 00 02 00 00 00 00 04 07 00, 3, 4, between access points with QoS",
        "88 81, 10 00 07 00 aa bb cc dd, 3, 2, with HT control",
        "88 83, 10 00 02 00 00 00 00 04 07 00 aa bb cc dd, 3, 4, everything",
        "08 81, 10 00, 3, 2, strictly ordered service: no HT control without QoS",
        "18 01, 10 00, 3, 2, data with an acknowledgement"
    })
    void shouldReadEveryFormOfTheHeader(
            String typeAndFlags, String rest, long destination, long source, String name) {
        DecodedFrame decoded = decode(data(typeAndFlags, rest));

        assertThat(decoded.outcome).as(name).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.destinationMac).as(name).isEqualTo(0x020000000000L + destination);
        assertThat(decoded.view.sourceMac).as(name).isEqualTo(0x020000000000L + source);
    }

    @ParameterizedTest
    @CsvSource({
        "80 00, 10 00, IGNORED_WIFI, beacon",
        "d4 00, 10 00, IGNORED_WIFI, acknowledgement",
        "48 01, 10 00, IGNORED_WIFI, null",
        "c8 01, 10 00 00 00, IGNORED_WIFI, null with QoS",
        "0c 00, 10 00, IGNORED_WIFI, extension",
        "09 00, 10 00, IGNORED_WIFI, another version",
        "08 41, 10 00, IGNORED_WIFI_PROTECTED, encrypted",
        "08 05, 11 00, IGNORED_WIFI_FRAGMENT, second fragment",
        "08 01, 1f 00, IGNORED_WIFI_FRAGMENT, last fragment",
        "08 05, 10 00, DECODED, first fragment"
    })
    void shouldIgnoreByReason(
            String typeAndFlags, String rest, DecodeOutcome expected, String name) {
        assertThat(decode(data(typeAndFlags, rest)).outcome).as(name).isEqualTo(expected);
    }

    @Test
    void shouldTellAShortControlFrameFromATruncatedOne() {
        assertThat(decode(Hex.bytes("d4 00 00 00 02 00 00 00 00 01")).outcome)
                .isEqualTo(DecodeOutcome.IGNORED_WIFI);
        assertThat(decode(Hex.bytes("08 00 00 00 02 00 00 00 00 01")).outcome)
                .isEqualTo(DecodeOutcome.UNDECODABLE_LINK);
    }

    @Test
    void shouldNameEveryCutOfTheLongestHeader() {
        byte[] frame = data("88 83", "10 00 02 00 00 00 00 04 07 00 aa bb cc dd");
        int headerLength = 36;
        for (int length = 0; length < headerLength; length++) {
            byte[] cut = Arrays.copyOf(frame, length);

            assertThat(decode(cut).outcome).isEqualTo(DecodeOutcome.UNDECODABLE_LINK);
            assertThat(DecodedFrame.of(LinkTypes.IEEE802_11, cut, frame.length).outcome)
                    .isEqualTo(DecodeOutcome.UNDECODABLE_SNAPLEN);
        }
    }

    @Test
    void shouldReadEveryFrameOfAnAggregate() {
        byte[] arp = Hex.bytes("aa aa 03 00 00 00 08 06  00 01 08  00 00 00 # filled up");
        byte[] frame =
                concat(
                        aggregated("02 00 00 00 00 0a  02 00 00 00 00 0b  00 26"),
                        concat(SNAP, LinkSample.IPV4),
                        Hex.bytes("02 00 00 00 00 0a  02 00 00 00 00 0c  00 0b"),
                        arp,
                        Hex.bytes("02 00 00 00 00 0a  02 00 00 00 00 0d  00 3a"),
                        Hex.bytes("aa aa 03 00 00 00 86 dd"),
                        LinkSample.IPV6);
        PacketDecoder decoder = new PacketDecoder();
        PacketView view = new PacketView();

        assertThat(decoder.decode(105, frame, 0, frame.length, frame.length, view))
                .isEqualTo(DecodeOutcome.DECODED);
        assertThat(view.sourceMac).isEqualTo(0x02000000000BL);
        assertThat(view.ipVersion).isEqualTo(4);
        assertThat(decoder.hasNext()).isTrue();
        assertThat(decoder.decodeNext(view)).isEqualTo(DecodeOutcome.IGNORED_NOT_IP);
        assertThat(decoder.hasNext()).isTrue();
        assertThat(decoder.decodeNext(view)).isEqualTo(DecodeOutcome.DECODED);
        assertThat(view.sourceMac).isEqualTo(0x02000000000DL);
        assertThat(view.ipVersion).isEqualTo(6);
        assertThat(view.capturedPayloadLength).isEqualTo(2);
        assertThat(decoder.hasNext()).isFalse();
    }

    @Test
    void shouldEndAnAggregateAtEveryCut() {
        byte[] one =
                concat(
                        Hex.bytes("02 00 00 00 00 0a  02 00 00 00 00 0b  00 26"),
                        SNAP,
                        LinkSample.IPV4);
        byte[] frame = concat(aggregated(""), one, one, one);
        PacketDecoder decoder = new PacketDecoder();
        PacketView view = new PacketView();
        for (int length = 0; length <= frame.length; length++) {
            byte[] cut = Arrays.copyOf(frame, length);
            for (int originalLength : new int[] {length, frame.length}) {
                int decoded =
                        decoder.decode(105, cut, 0, length, originalLength, view)
                                        == DecodeOutcome.DECODED
                                ? 1
                                : 0;
                while (decoder.hasNext()) {
                    decoded += decoder.decodeNext(view) == DecodeOutcome.DECODED ? 1 : 0;
                }
                int whole = Math.max(0, (length - 28) / one.length);
                assertThat(decoded).isBetween(whole, whole + 1);
            }
        }
        byte[] plain = data("08 01", "10 00");
        decoder.decode(105, frame, 0, frame.length, frame.length, view);
        decoder.decode(105, plain, 0, plain.length, plain.length, view);
        assertThat(decoder.hasNext()).as("forgotten with its frame").isFalse();
    }

    @Test
    void shouldBlameTheSnapLengthForTheRestOfAnAggregate() {
        byte[] first =
                concat(
                        aggregated("02 00 00 00 00 0a  02 00 00 00 00 0b  00 26"),
                        SNAP,
                        LinkSample.IPV4);
        PacketDecoder decoder = new PacketDecoder();
        PacketView view = new PacketView();

        decoder.decode(105, first, 0, first.length, first.length + 200, view);

        assertThat(decoder.hasNext()).isTrue();
        assertThat(decoder.decodeNext(view)).isEqualTo(DecodeOutcome.UNDECODABLE_SNAPLEN);
        assertThat(decoder.hasNext()).isFalse();
    }

    private static byte[] aggregated(String firstHeader) {
        return Hex.bytes("88 01" + ADDRESSES + "10 00 80 00" + firstHeader);
    }

    @ParameterizedTest
    @CsvSource({
        "00 00, UNDECODABLE_LLC",
        "00 07, UNDECODABLE_LLC",
        "00 1b, UNDECODABLE_IPV4",
        "ff ff, DECODED"
    })
    void shouldSurviveALengthInAnAggregateThatLies(String length, DecodeOutcome expected) {
        byte[] headers = aggregated("02 00 00 00 00 0a  02 00 00 00 00 0b " + length);

        assertThat(decode(concat(headers, SNAP, LinkSample.IPV4)).outcome).isEqualTo(expected);
    }

    @Test
    void shouldNameEveryCutOfAnAggregatesFrame() {
        byte[] frame = aggregated("02 00 00 00 00 0a  02 00 00 00 00 0b  00 26");
        for (int length = 28; length < frame.length; length++) {
            assertThat(decode(Arrays.copyOf(frame, length)).outcome)
                    .isEqualTo(DecodeOutcome.UNDECODABLE_LINK);
        }
    }

    /** Radiotap: what is before the flags, and the flags. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "00 00 0a 00  02 00 00 00  10 00", // flags alone
                "00 00 12 00  03 00 00 00  01 02 03 04 05 06 07 08  10 00", // time before
                "00 00 12 00  02 00 00 a0  00 00 00 a0  00 00 00 00  10 00", // more words
                "00 00 1a 00  03 00 00 80  00 00 00 00  00 00 00 00  01 02 03 04 05 06 07 08 10 00"
            })
    void shouldTakeTheChecksumFromTheEndThatRadiotapTellsOf(String radiotap) {
        assertThat(ipLengthBehind(LinkTypes.IEEE802_11_RADIOTAP, Hex.bytes(radiotap)))
                .isEqualTo(LinkSample.IPV4.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00 00 08 00  00 00 00 00", // no fields
                "00 00 0a 00  04 00 00 00  10 00", // a rate, no flags
                "00 00 0a 00  02 00 00 00  00 00", // flags that say no
                "00 00 08 00  02 00 00 00", // flags announced, but no room
                "00 00 08 00  02 00 00 80", // another word announced, but no room
                "00 00 0a 00  03 00 00 00  10 10" // time announced, but no room
            })
    void shouldTakeNothingFromTheEndOtherwise(String radiotap) {
        assertThat(ipLengthBehind(LinkTypes.IEEE802_11_RADIOTAP, Hex.bytes(radiotap)))
                .isEqualTo(LinkSample.IPV4.length + 4);
    }

    @ParameterizedTest
    @CsvSource({
        "00 00 20 00  69 00 00 00  02 00 14 00 00 00 00 00 00 00 00 00 01 00 00 00 00 00 00 00 00 00 00 00, 4",
        "00 00 20 00  69 00 00 00  02 00 14 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00, 0",
        "00 01 28 00  69 00 00 00  05 00 02 00 aa bb 00 00 "
                + " 02 00 14 00 00 00 00 00 00 00 00 00 01 00 00 00 00 00 00 00 00 00 00 00, 4",
        "00 00 26 00  69 00 00 00  05 00 02 00 aa bb "
                + " 02 00 14 00 00 00 00 00 00 00 00 00 01 00 00 00 00 00 00 00 00 00 00 00, 4",
        "00 00 0c 00  69 00 00 00  02 00 14 00, 0"
    })
    void shouldTakeTheChecksumFromTheEndThatPpiTellsOf(String ppi, int checksumLength) {
        assertThat(ipLengthBehind(LinkTypes.PPI, Hex.bytes(ppi)))
                .isEqualTo(LinkSample.IPV4.length + 4 - checksumLength);
    }

    /** With a total length of 0 the packet takes what is left of the frame. */
    private static int ipLengthBehind(int linkType, byte[] pseudoHeader) {
        byte[] wifi = data("08 01", "10 00");
        int ip = wifi.length - LinkSample.IPV4.length;
        wifi[ip + 2] = 0;
        wifi[ip + 3] = 0;
        byte[] checksum = new byte[4];

        DecodedFrame decoded = DecodedFrame.of(linkType, concat(pseudoHeader, wifi, checksum));

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        return decoded.view.ipLength;
    }

    @Test
    void shouldRefuseFramesReceivedWithErrors() {
        byte[] radiotap = Hex.bytes("00 00 0a 00  02 00 00 00  50 00");
        byte[] ppi =
                Hex.bytes(
                        "00 00 20 00  69 00 00 00",
                        "02 00 14 00 00 00 00 00 00 00 00 00 05 00 00 00 00 00 00 00 00 00 00 00");
        byte[] wifi = data("08 01", "10 00");

        assertThat(DecodedFrame.of(LinkTypes.IEEE802_11_RADIOTAP, concat(radiotap, wifi)).outcome)
                .isEqualTo(DecodeOutcome.UNDECODABLE_WIFI_CHECKSUM);
        assertThat(DecodedFrame.of(LinkTypes.PPI, concat(ppi, wifi)).outcome)
                .isEqualTo(DecodeOutcome.UNDECODABLE_WIFI_CHECKSUM);
    }

    @Test
    void shouldStepOverTheFillingOfAHeader() {
        byte[] radiotap = Hex.bytes("00 00 0a 00  02 00 00 00  20 00");
        byte[] header = Hex.bytes("88 01" + ADDRESSES + "10 00 07 00  00 00"); // 26, filled to 28

        DecodedFrame decoded =
                DecodedFrame.of(
                        LinkTypes.IEEE802_11_RADIOTAP,
                        concat(radiotap, header, SNAP, LinkSample.IPV4));

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00 00", "07 00"})
    void shouldRefuseAPseudoHeaderShorterThanItself(String length) {
        byte[] rest = concat(Hex.bytes("69 00 00 00"), data("08 01", "10 00"));
        byte[] frame = concat(Hex.bytes("00 00 " + length), rest);

        assertThat(DecodedFrame.of(LinkTypes.IEEE802_11_RADIOTAP, frame).outcome)
                .isEqualTo(DecodeOutcome.UNDECODABLE_LINK_LENGTH);
        assertThat(DecodedFrame.of(LinkTypes.PPI, frame).outcome)
                .isEqualTo(DecodeOutcome.UNDECODABLE_LINK_LENGTH);
    }

    @Test
    void shouldRefuseAPseudoHeaderLongerThanTheFrame() {
        byte[] frame = Hex.bytes("00 00 ff ff  69 00 00 00  00 00 00 00");

        assertThat(DecodedFrame.of(LinkTypes.IEEE802_11_RADIOTAP, frame).outcome)
                .isEqualTo(DecodeOutcome.UNDECODABLE_LINK);
        assertThat(DecodedFrame.of(LinkTypes.PPI, frame).outcome)
                .isEqualTo(DecodeOutcome.UNDECODABLE_LINK);
    }

    @ParameterizedTest
    @CsvSource({
        "01 00 00 00, IGNORED_NOT_IP, Ethernet: what follows has no known EtherType",
        "bd 00 00 00, IGNORED_LINK_TYPE, USB",
        "69 00 01 00, IGNORED_LINK_TYPE, more than 16 bits"
    })
    void shouldGoOnWithTheLinkTypeThatPpiNames(
            String linkType, DecodeOutcome expected, String name) {
        byte[] frame =
                concat(Hex.bytes("00 00 08 00 " + linkType), new byte[12], new byte[] {-1, -1});

        assertThat(DecodedFrame.of(LinkTypes.PPI, frame).outcome).as(name).isEqualTo(expected);
    }

    @Test
    void shouldRefusePpiWithinPpiWithoutEnd() {
        byte[] nested = Hex.bytes("00 00 08 00 c0 00 00 00");
        byte[] frame = {};
        for (int i = 0; i < 100; i++) {
            frame = concat(frame, nested);
        }

        assertThat(DecodedFrame.of(LinkTypes.PPI, frame).outcome)
                .isEqualTo(DecodeOutcome.UNDECODABLE_HEADERS);
    }
}
