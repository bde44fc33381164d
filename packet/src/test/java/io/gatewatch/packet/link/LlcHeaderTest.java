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

class LlcHeaderTest {
    private static final byte[] MACS = Hex.bytes("02 00 00 00 00 fe  02 00 00 00 00 01");

    private static byte[] with8023Length(int length, byte[] llc) {
        byte[] field = {(byte) (length >>> 8), (byte) length};
        return concat(MACS, field, llc);
    }

    @ParameterizedTest
    @CsvSource({
        "42 42 03 00 00 00 00 00, spanning tree",
        "fe fe 03 83 1b 01 00 00, IS-IS",
        "f0 f0 7f 00 00 00 00 00, NetBIOS",
        "ff ff 00 28 00 01 00 00, IPX without LLC",
        "aa aa 03 00 00 0c 20 00, CDP under the code of its maker",
        "aa aa 03 00 00 00 00 26, SNAP with what is no EtherType",
        "aa aa f3 00 00 00 08 00, SNAP that is not unnumbered information",
        "06 06 00 00 45 00 00 00, SAP of IP with numbered frames"
    })
    void shouldIgnoreOtherLlc(String llc, String name) {
        DecodedFrame decoded = DecodedFrame.of(with8023Length(8, Hex.bytes(llc)));

        assertThat(decoded.outcome).as(name).isEqualTo(DecodeOutcome.IGNORED_LLC);
    }

    @Test
    void shouldIgnoreArpInSnapAsInEthernet() {
        byte[] arp = Hex.bytes("aa aa 03 00 00 00 08 06  00 01 08 00");

        assertThat(DecodedFrame.of(with8023Length(12, arp)).outcome)
                .isEqualTo(DecodeOutcome.IGNORED_NOT_IP);
    }

    @Test
    void shouldReadSnapBehindAVlanTag() {
        byte[] tag = Hex.bytes("81 00 00 2a 00 26");
        byte[] snap = Hex.bytes("aa aa 03 00 00 00 08 00");

        DecodedFrame decoded = DecodedFrame.of(concat(MACS, tag, snap, LinkSample.IPV4));

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.vlanTags).isEqualTo(42);
        assertThat(decoded.view.sourceMac).isEqualTo(0x020000000001L);
    }

    @Test
    void shouldEndThePacketWhereTheLengthSays() {
        byte[] snap = Hex.bytes("aa aa 03 00 00 00 08 00");
        byte[] packet = LinkSample.IPV4.clone();
        packet[2] = 0; // total length 0: what the frame holds counts
        packet[3] = 0;
        byte[] llc = concat(snap, packet, new byte[10]);

        DecodedFrame decoded = DecodedFrame.of(with8023Length(8 + packet.length, llc));

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.ipLength).isEqualTo(packet.length);
    }

    @Test
    void shouldTakeTheFramesEndForALengthBeyondIt() {
        byte[] snap = Hex.bytes("aa aa 03 00 00 00 08 00");

        DecodedFrame decoded = DecodedFrame.of(with8023Length(1500, concat(snap, LinkSample.IPV4)));

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.anomalies).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0, UNDECODABLE_LLC",
        "2, UNDECODABLE_LLC",
        "7, UNDECODABLE_LLC",
        "8, UNDECODABLE_IPV4",
        "27, UNDECODABLE_IPV4"
    })
    void shouldRefuseHeadersBehindTheStatedLength(int length, DecodeOutcome expected) {
        byte[] snap = Hex.bytes("aa aa 03 00 00 00 08 00");
        byte[] frame = with8023Length(length, concat(snap, LinkSample.IPV4));

        assertThat(DecodedFrame.of(frame).outcome).isEqualTo(expected);
    }

    @Test
    void shouldMarkAPacketThatClaimsMoreThanTheStatedLength() {
        byte[] snap = Hex.bytes("aa aa 03 00 00 00 08 00");
        byte[] frame = with8023Length(8 + 28, concat(snap, LinkSample.IPV4));

        DecodedFrame decoded = DecodedFrame.of(frame);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.has(PacketAnomaly.IP_LENGTH_EXCEEDS_FRAME)).isTrue();
    }
}
