package io.gatewatch.packet.tunnel;

import static io.gatewatch.packet.tunnel.TunnelSample.ethernet;
import static io.gatewatch.packet.tunnel.TunnelSample.inner;
import static io.gatewatch.packet.tunnel.TunnelSample.ipv4;
import static io.gatewatch.packet.tunnel.TunnelSample.ipv6;
import static io.gatewatch.packet.tunnel.TunnelSample.outcome;
import static io.gatewatch.packet.tunnel.TunnelSample.outer;
import static io.gatewatch.packet.tunnel.TunnelSample.requireNone;
import static io.gatewatch.packet.tunnel.TunnelSample.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.DecodedFrame;
import io.gatewatch.packet.PacketTunnel;
import io.gatewatch.packet.PacketView;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.Hex;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tunnels behind UDP ports: entered where the header is one of theirs, left alone otherwise. */
class UdpTunnelsTest {
    @ParameterizedTest
    @CsvSource({
        "4789, 08000000 ffffff00, 16777215",
        "8472, 08000000 00002a00, 42",
        "4789, 08123456 00002a78, 42", // reserved fields mean nothing
        "4789, 88000007 00002a00, 42", // group policy
    })
    void shouldEnterVxlan(int port, String header, long network) {
        DecodedFrame packet = inner(udp(port, header, ethernet()), PacketTunnel.VXLAN, network);

        assertThat(packet.view.sourceMac).isEqualTo(0x0200_0000_1111L);
        assertThat(packet.view.sourcePort).isEqualTo(1234);
    }

    @ParameterizedTest
    @CsvSource({
        "4789, 00000000 00002a00", // no network
        "4789, 0c000003 00002a00", // VXLAN-GPE
        "4789, 48000000 00002a00",
        "4790, 08000000 00002a00",
        "4789, 08000000 00002a",
    })
    void shouldLeaveWhatIsNotVxlan(int port, String header) {
        byte[] packet = header.length() < 17 ? new byte[0] : ethernet();

        requireNone(udp(port, header, packet));
    }

    @Test
    void shouldNotTakeTheSourcePortForThatOfVxlan() {
        byte[] payload = TunnelSample.join(Hex.bytes("08000000 00002a00"), ethernet());

        requireNone(outer().udp(4789, 50_000).payload(payload).build());
    }

    @ParameterizedTest
    @CsvSource({
        "0000 6558 ffffff00, true, 16777215",
        "0200 6558 00002a00 0102800101020304, true, 42",
        "3f40 0800 00002a00, false, 42",
    })
    void shouldEnterGeneve(String header, boolean bridged, long network) {
        String options = header.startsWith("3f") ? "00".repeat(63 * 4) : "";
        byte[] packet = bridged ? ethernet() : ipv4();

        inner(udp(6081, header + options, packet), PacketTunnel.GENEVE, network);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4000 6558 00002a00", // version 1
                "0080 6558 00002a00", // control message
                "0001 6558 00002a00", // reserved flags
                "3f00 6558 00002a00", // more options than there are bytes
                "0000 6558 00002a",
            })
    void shouldLeaveWhatIsNotGeneve(String header) {
        requireNone(udp(6081, header, new byte[0]));
    }

    @Test
    void shouldIgnoreGeneveWithoutIp() {
        assertThat(outcome(udp(6081, "0000 0806 00002a00", new byte[28])))
                .isEqualTo(DecodeOutcome.IGNORED_NOT_IP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "30ff 002d ffffffff",
                "32ff 0031 ffffffff 0001 00 00", // sequence number
                "31ff 0031 ffffffff 0000 07 00", // N-PDU number
                "32ff 0031 ffffffff 0000 00 85", // extension type without its flag
                "34ff 0035 ffffffff 0000 00 85 01 1000 00",
                "34ff 003d ffffffff 0000 00 85 01 1000 40 02 10001000 1000 00",
                "38ff 002d ffffffff", // reserved bit
            })
    void shouldEnterGtp(String header) {
        String stated = String.format("%04x", Hex.bytes(header).length - 8 + ipv4().length);
        String fitting = header.replaceFirst(" [0-9a-f]{4} ", " " + stated + " ");

        inner(udp(2152, fitting, ipv4()), PacketTunnel.GTP_U, 0xFFFF_FFFFL);
    }

    @Test
    void shouldEnterGtpFromItsPort() {
        byte[] payload = TunnelSample.join(Hex.bytes("30ff 0035 0000002a"), ipv6());

        inner(outer().udp(2152, 50_000).payload(payload).build(), PacketTunnel.GTP_U, 42);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10ff 002d 0000002a", // version 0
                "20ff 002d 0000002a", // GTP'
                "50ff 002d 0000002a", // version 2
                "3001 002d 0000002a", // echo request
                "30ff 002e 0000002a", // longer than the datagram
                "34ff 0031 0000002a 0000 00 85", // extension of length 0: the packet's first byte
                "34ff 002d 0000002a 0000 00 85 ff", // beyond the datagram
                "32ff 0003 0000002a 0000 00 00", // header longer than the message
            })
    void shouldLeaveWhatIsNotGtp(String header) {
        byte[] packet = ipv4();
        packet[0] = header.contains("85") && !header.endsWith("ff") ? 0 : packet[0];

        requireNone(udp(2152, header, packet));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "70", "ff"})
    void shouldLeaveGtpWithoutIp(String first) {
        byte[] packet = ipv4();
        packet[0] = Hex.bytes(first)[0];

        requireNone(udp(2152, "30ff 002d 0000002a", packet));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0000 1234 c0000201",
                "0001 0000 0102030405060708 00",
                "0001 0103 aa bbbbbb 0102030405060708 01",
                "0001 0101 aa bb 0102030405060708 00 0000 1234 c0000201",
            })
    void shouldEnterTeredo(String header) {
        DecodedFrame packet =
                inner(udp(3544, header, ipv6()), PacketTunnel.TEREDO, PacketView.NO_TUNNEL_ID);

        assertThat(packet.view.destinationPort).isEqualTo(53);
        byte[] payload = TunnelSample.join(Hex.bytes(header), ipv6());
        inner(
                outer().udp(3544, 50_000).payload(payload).build(),
                PacketTunnel.TEREDO,
                PacketView.NO_TUNNEL_ID);
    }

    @Test
    void shouldTakeATeredoBubbleAsAPacketOfNoProtocol() {
        byte[] bubble =
                FrameBuilder.withoutLink()
                        .ipv6("fe80::1", "2001:0:1::2")
                        .protocol(59)
                        .payload(0)
                        .build();

        DecodedFrame packet = DecodedFrame.of(udp(3544, "", bubble)).inner;

        assertThat(packet.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(packet.view.protocol).isEqualTo(59);
        assertThat(packet.view.payloadLength).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0002 0000 0102030405060708 00",
                "0001 ff00 0102030405060708 00",
                "0000 1234 c00002",
                "00",
            })
    void shouldLeaveWhatIsNotTeredo(String header) {
        requireNone(udp(3544, header, ipv6()));
    }

    @Test
    void shouldLeaveTeredoWhoseLengthsDoNotAgree() {
        byte[] longer = Arrays.copyOf(ipv6(), ipv6().length + 1);
        byte[] shorter = Arrays.copyOf(ipv6(), ipv6().length - 1);
        byte[] otherVersion = ipv6();
        otherVersion[0] = 0x50;

        for (byte[] packet : List.of(longer, shorter, otherVersion)) {
            requireNone(udp(3544, "", packet));
        }
    }

    @Test
    void shouldEnterTheFirstFragmentOfATunnelAndBelieveTheInnerLengths() {
        byte[] whole = outer().udp(50_000, 4789).payload(vxlan(2000)).build();
        byte[] first =
                outer().udp(50_000, 4789)
                        .payload(Arrays.copyOf(vxlan(2000), 1472))
                        .udpLength(whole.length - 34)
                        .fragment(0, true)
                        .build();

        DecodedFrame packet = DecodedFrame.of(first).inner;

        assertThat(packet.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(packet.view.payloadLength).isEqualTo(2000);
        assertThat(packet.view.anomalies).isZero();
        assertThat(packet.view.isFragment()).isFalse();
    }

    private static byte[] vxlan(int payloadLength) {
        byte[] frame =
                FrameBuilder.ethernet()
                        .ipv4("192.0.2.7", "192.0.2.8")
                        .udp(1234, 9)
                        .payload(payloadLength)
                        .build();
        return TunnelSample.join(Hex.bytes("08000000 00002a00"), frame);
    }

    @Test
    void shouldNotEnterLaterFragments() {
        requireNone(outer().udp(50_000, 4789).payload(vxlan(20)).fragment(8, false).build());
    }

    @Test
    void shouldFindNothingWhereTheCaptureWasCut() {
        byte[] frame = udp(4789, "08000000 00002a00", ethernet());

        for (int captured = 14 + 20 + 4; captured < 14 + 20 + 8 + 8; captured++) {
            assertThat(DecodedFrame.of(Arrays.copyOf(frame, captured), frame.length).inner)
                    .isNull();
        }
        int inEthernet = 14 + 20 + 8 + 8 + 3;
        assertThat(DecodedFrame.of(Arrays.copyOf(frame, inEthernet), frame.length).inner.outcome)
                .isEqualTo(DecodeOutcome.UNDECODABLE_SNAPLEN);
    }
}
