package io.gatewatch.packet.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.DecodedFrame;
import io.gatewatch.packet.PacketDecoder;
import io.gatewatch.packet.PacketView;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.Hex;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VlanTagTest {
    private static final byte[] TWO_TAGS =
            Hex.bytes(
                    "02 00 00 00 00 fe  02 00 00 00 00 01  88 a8 # Ethernet, 802.1ad follows",
                    "20 64  81 00 # priority 1, VLAN 100, 802.1Q follows",
                    "00 2a  08 00 # VLAN 42, IPv4 follows",
                    "45 00 00 1c 00 00 00 00 40 11 00 00  c0 00 02 01  c6 33 64 02 # IPv4",
                    "9c 40 00 35 00 08 00 00 # UDP without payload");

    private static FrameBuilder tagged(int count) {
        FrameBuilder builder = FrameBuilder.ethernet();
        for (int tag = 1; tag <= count; tag++) {
            builder.vlan(tag);
        }
        return builder.ipv4("192.0.2.1", "198.51.100.2").udp(40000, 53);
    }

    @Test
    void shouldKeepControlWordsOutermostHighest() {
        DecodedFrame decoded = DecodedFrame.of(TWO_TAGS);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.vlanCount).isEqualTo(2);
        assertThat(decoded.view.vlanTags).isEqualTo(0x2064_002AL);
        assertThat(decoded.view.destinationPort).isEqualTo(53);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x8100, 0x88A8, 0x9100})
    void shouldReadEveryKindOfTag(int tagType) {
        byte[] frame =
                FrameBuilder.ethernet()
                        .vlan(tagType, 7)
                        .ipv6("2001:db8::1", "2001:db8::2")
                        .udp(1, 2)
                        .build();

        DecodedFrame decoded = DecodedFrame.of(frame);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.vlanTags).isEqualTo(7);
    }

    @Test
    void shouldReadFourTags() {
        DecodedFrame decoded = DecodedFrame.of(tagged(4).build());

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.vlanCount).isEqualTo(4);
        assertThat(decoded.view.vlanTags).isEqualTo(0x0001_0002_0003_0004L);
    }

    @Test
    void shouldRefuseFifthTag() {
        DecodedFrame decoded = DecodedFrame.of(tagged(5).build());

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.UNDECODABLE_VLAN_STACK);
    }

    @Test
    void shouldForgetTagsOfTheFrameBefore() {
        PacketDecoder decoder = new PacketDecoder();
        PacketView view = new PacketView();
        byte[] plain = tagged(0).build();

        decoder.decode(1, TWO_TAGS, 0, TWO_TAGS.length, TWO_TAGS.length, view);
        decoder.decode(1, plain, 0, plain.length, plain.length, view);

        assertThat(view.vlanCount).isZero();
        assertThat(view.vlanTags).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 17, 18, 21})
    void shouldRefuseFrameThatEndsInsideATag(int length) {
        DecodedFrame decoded = DecodedFrame.of(Arrays.copyOf(TWO_TAGS, length));

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.UNDECODABLE_VLAN);
    }

    @Test
    void shouldBlameTheSnapLengthForTagThatWasOnTheWire() {
        DecodedFrame decoded = DecodedFrame.of(Arrays.copyOf(TWO_TAGS, 17), TWO_TAGS.length);

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.UNDECODABLE_SNAPLEN);
    }
}
