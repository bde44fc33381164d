package io.gatewatch.packet.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.DecodedFrame;
import io.gatewatch.packet.PacketDecoder;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.Hex;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EthernetLinkTest {
    private static final byte[] UDP_IN_ETHERNET =
            Hex.bytes(
                    "02 00 00 00 00 fe  02 00 00 00 00 01  08 00 # Ethernet to, from, IPv4",
                    "45 00 00 20 12 34 40 00 40 11 00 00  c0 00 02 01  c6 33 64 02 # IPv4",
                    "9c 40 00 35 00 0c be ef # UDP 40000 to 53, 12 bytes",
                    "01 02 03 04 # payload",
                    "00 00 00 00 00 00 00 00 00 00 00 00 00 00 # padding");

    @Test
    void shouldReadAddressesAndGoOnBehindTheHeader() {
        DecodedFrame decoded = DecodedFrame.of(UDP_IN_ETHERNET);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.destinationMac).isEqualTo(0x0200000000FEL);
        assertThat(decoded.view.sourceMac).isEqualTo(0x020000000001L);
        assertThat(decoded.view.vlanCount).isZero();
        assertThat(decoded.view.sourceLow).isEqualTo(0xC0000201L);
        assertThat(decoded.payload()).containsExactly(1, 2, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 12, 13})
    void shouldRefuseFrameThatEndsInsideTheHeader(int length) {
        DecodedFrame decoded = DecodedFrame.of(Arrays.copyOf(UDP_IN_ETHERNET, length));

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.UNDECODABLE_LINK);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 12, 13})
    void shouldBlameTheSnapLengthForHeaderThatWasOnTheWire(int length) {
        byte[] captured = Arrays.copyOf(UDP_IN_ETHERNET, length);

        DecodedFrame decoded = DecodedFrame.of(captured, UDP_IN_ETHERNET.length);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.UNDECODABLE_SNAPLEN);
    }

    @ParameterizedTest
    @CsvSource({"0x0806, ARP", "0x88cc, LLDP", "0x05dd, undefined", "0xffff, reserved"})
    void shouldIgnoreWhatIsNotIp(String etherType, String name) {
        byte[] frame =
                FrameBuilder.ethernet().etherType(Integer.decode(etherType)).payload(46).build();

        assertThat(DecodedFrame.of(frame).outcome).as(name).isEqualTo(DecodeOutcome.IGNORED_NOT_IP);
    }

    @Test
    void shouldIgnoreLinkTypeThatIsNotRegistered() {
        int usb = 189;

        DecodedFrame decoded = DecodedFrame.of(usb, UDP_IN_ETHERNET, UDP_IN_ETHERNET.length);

        assertThat(PacketDecoder.supports(usb)).isFalse();
        assertThat(PacketDecoder.supports(LinkTypes.ETHERNET)).isTrue();
        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.IGNORED_LINK_TYPE);
    }
}
