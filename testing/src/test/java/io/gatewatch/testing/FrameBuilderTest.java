package io.gatewatch.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.assertj.core.data.Index;
import org.junit.jupiter.api.Test;

/** Frames against bytes put down by hand from the RFCs; the checksums by an independent program. */
class FrameBuilderTest {
    @Test
    void shouldBuildTcpOverIpv4() {
        byte[] frame =
                FrameBuilder.ethernet()
                        .ipv4("192.0.2.1", "198.51.100.2")
                        .identification(0x1234)
                        .tcp(40000, 80)
                        .flags("PA")
                        .sequence(0xFFFFFFFFL)
                        .acknowledgement(2)
                        .window(512)
                        .payload("GET")
                        .build();

        assertThat(Hex.text(frame))
                .isEqualTo(
                        hex(
                                """
                                02 00 00 00 00 fe  02 00 00 00 00 01  08 00
                                45 00 00 2b 12 34 00 00  40 06 7c 62
                                c0 00 02 01  c6 33 64 02
                                9c 40 00 50  ff ff ff ff  00 00 00 02
                                50 18 02 00  89 ba 00 00
                                47 45 54
                                """));
    }

    @Test
    void shouldBuildSynWithOptionsAndAllFlags() {
        byte[] frame =
                FrameBuilder.withoutLink()
                        .ipv4("192.0.2.1", "198.51.100.2")
                        .tcp(1, 2)
                        .flags("FSRPAUECN")
                        .tcpOptions(Hex.bytes("02 04 05 b4 01"))
                        .checksum(0)
                        .build();

        assertThat(Hex.text(frame))
                .isEqualTo(
                        hex(
                                """
                                45 00 00 30 00 00 00 00  40 06 8e 91
                                c0 00 02 01  c6 33 64 02
                                00 01 00 02  00 00 00 00  00 00 00 00
                                71 ff fa f0  00 00 00 00
                                02 04 05 b4  01 00 00 00
                                """));
    }

    @Test
    void shouldBuildUdpOverIpv6BehindTwoTagsAndExtensions() {
        byte[] frame =
                FrameBuilder.ethernet("02:00:00:00:00:aa", "02:00:00:00:00:bb")
                        .vlan(0x88A8, 0x6001)
                        .vlan(0x002A)
                        .ipv6("2001:db8::1", "2001:db8::2")
                        .ttl(1)
                        .extension(0, Hex.bytes("05 02 00 00"))
                        .identification(7)
                        .fragment(8, true)
                        .authenticationHeader()
                        .udp(53, 5353)
                        .payload(Hex.bytes("de ad be ef"))
                        .build();

        assertThat(Hex.text(frame))
                .isEqualTo(
                        hex(
                                """
                                02 00 00 00 00 bb  02 00 00 00 00 aa
                                88 a8 60 01  81 00 00 2a  86 dd
                                60 00 00 00  00 34 00 01
                                20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01
                                20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 02
                                2c 00 05 02 00 00 00 00              # hop by hop
                                33 00 00 09 00 00 00 07              # fragment at 8, more
                                11 04 00 00 00 00 00 00 00 00 00 00
                                00 00 00 00 00 00 00 00 00 00 00 00  # authentication
                                00 35 14 e9 00 0c f1 a5
                                de ad be ef
                                """));
    }

    @Test
    void shouldBuildEchoRequestsOfBothVersions() {
        byte[] icmp =
                FrameBuilder.withoutLink()
                        .ipv4("192.0.2.1", "192.0.2.2")
                        .icmp(8, 0)
                        .icmpRest(0x00010002)
                        .payload(1)
                        .build();
        byte[] icmpv6 =
                FrameBuilder.withoutLink()
                        .ip("fe80::1", "ff02::1")
                        .icmpv6(128, 0)
                        .icmpRest(0x00010002)
                        .payload(1)
                        .build();

        assertThat(Hex.text(icmp))
                .isEqualTo(
                        hex(
                                """
                                45 00 00 1d 00 00 00 00 40 01 f6 dc
                                c0 00 02 01 c0 00 02 02
                                08 00 f7 fc 00 01 00 02 00
                                """));
        assertThat(Hex.text(icmpv6))
                .isEqualTo(
                        hex(
                                """
                                60 00 00 00 00 09 3a 40
                                fe 80 00 00 00 00 00 00 00 00 00 00 00 00 00 01
                                ff 02 00 00 00 00 00 00 00 00 00 00 00 00 00 01
                                80 00 82 33 00 01 00 02 00
                                """));
    }

    @Test
    void shouldStateLengthsThatAreWrongOnRequest() {
        byte[] frame =
                FrameBuilder.withoutLink()
                        .ipv4("192.0.2.1", "192.0.2.2")
                        .ipHeaderWords(15)
                        .ipLength(9)
                        .ttl(0)
                        .udp(1, 2)
                        .udpLength(3)
                        .checksum(0x1111)
                        .build();

        assertThat(frame).hasSize(28).startsWith(0x4f, 0, 0, 9).endsWith(0, 3, 0x11, 0x11);
        assertThat(tcp().dataOffsetWords(15).build()[20 + 12]).isEqualTo((byte) 0xF0);
    }

    @Test
    void shouldFragmentPadAndCut() {
        byte[] fragment = tcp().fragment(1480, true).build();
        byte[] options = tcp().ipOptions(Hex.bytes("94 04 00 00")).build();
        byte[] minimal = FrameBuilder.ethernet().ipv4("1.2.3.4", "5.6.7.8").padToMinimum().build();

        assertThat(fragment[6]).isEqualTo((byte) 0x20);
        assertThat(fragment[7]).isEqualTo((byte) 185);
        assertThat(options).startsWith(0x46, 0, 0, 44).hasSize(44);
        assertThat(minimal).hasSize(60);
        assertThat(tcp().padding(5).build()).hasSize(45).startsWith(0x45, 0, 0, 40);
        assertThat(tcp().buildCut(33)).isEqualTo(Arrays.copyOf(tcp().build(), 33));
    }

    @Test
    void shouldCarryAnyPayloadUnderAnyEtherTypeOrProtocol() {
        byte[] arp = FrameBuilder.ethernet().etherType(0x0806).payload(28).build();
        byte[] gre =
                FrameBuilder.withoutLink()
                        .ipv4("1.2.3.4", "5.6.7.8")
                        .protocol(47)
                        .payload(tcp().build())
                        .build();

        assertThat(arp)
                .hasSize(42)
                .contains(0x08, Index.atIndex(12))
                .contains(0x06, Index.atIndex(13));
        assertThat(gre).hasSize(60);
        assertThat(gre[9]).isEqualTo((byte) 47);
    }

    @Test
    void shouldRefuseNamesAndUnknownFlags() {
        FrameBuilder frame = FrameBuilder.ethernet();

        assertThatThrownBy(() -> frame.ipv4("localhost", "1.2.3.4"))
                .hasMessageContaining("localhost");
        assertThatThrownBy(() -> frame.ipv4("::1", "::2")).hasMessageContaining("::1");
        assertThatThrownBy(() -> frame.flags("SX")).hasMessageContaining("SX");
    }

    private static FrameBuilder tcp() {
        return FrameBuilder.withoutLink().ipv4("1.2.3.4", "5.6.7.8").tcp(1, 2);
    }

    private static String hex(String text) {
        return Hex.text(Hex.bytes(text));
    }
}
