package io.gatewatch.packet.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.DecodedFrame;
import io.gatewatch.packet.PacketDecoder;
import io.gatewatch.testing.LinkFrame;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinkTypesTest {
    /** They have no header of their own, so nothing to sample. */
    private static final Set<Integer> WITHOUT_HEADER = Set.of(12, 14, 101, 228, 229);

    static List<LinkFrame> samples() {
        return LinkFrame.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldFindThePacketBehindItsHeaders(LinkFrame sample) {
        DecodedFrame decoded = DecodedFrame.of(sample.linkType(), sample.around(LinkSample.IPV4));

        assertThat(decoded.outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(decoded.view.sourceLow).isEqualTo(0xC0000201L);
        assertThat(decoded.view.destinationPort).isEqualTo(53);
        assertThat(decoded.payload()).containsExactly(0, 1);
        assertThat(decoded.view.anomalies).isZero();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldNameTheHeaderInsideOfWhichTheFrameEnds(LinkFrame sample) {
        byte[] whole = sample.around(LinkSample.IPV4);
        for (int length = 0; length < sample.headerLength(); length++) {
            DecodedFrame decoded = DecodedFrame.of(sample.linkType(), Arrays.copyOf(whole, length));

            assertThat(decoded.outcome)
                    .as("%s cut to %s bytes", sample, length)
                    .isEqualTo(whenEndingInside(sample.partAt(length)));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldBlameTheSnapLengthForHeadersThatWereOnTheWire(LinkFrame sample) {
        byte[] whole = sample.around(LinkSample.IPV4);
        for (int length = 0; length < sample.headerLength(); length++) {
            DecodedFrame decoded =
                    DecodedFrame.of(sample.linkType(), Arrays.copyOf(whole, length), whole.length);

            assertThat(decoded.outcome)
                    .as("%s cut to %s bytes", sample, length)
                    .isEqualTo(DecodeOutcome.UNDECODABLE_SNAPLEN);
        }
    }

    private static DecodeOutcome whenEndingInside(LinkFrame.Part part) {
        return switch (part) {
            case LINK -> DecodeOutcome.UNDECODABLE_LINK;
            case LLC -> DecodeOutcome.UNDECODABLE_LLC;
            case VLAN -> DecodeOutcome.UNDECODABLE_VLAN;
            case TAG -> DecodeOutcome.UNDECODABLE_TAG;
            case PPP -> DecodeOutcome.UNDECODABLE_PPP;
            case PPPOE -> DecodeOutcome.UNDECODABLE_PPPOE;
            case MPLS -> DecodeOutcome.UNDECODABLE_MPLS;
            case PSEUDOWIRE -> DecodeOutcome.IGNORED_MPLS; // too little to tell
        };
    }

    @Test
    void shouldSupportWhatItDecodesAndNothingElse() {
        Set<Integer> supported = new TreeSet<>();
        for (int linkType = -1; linkType <= 0x1_0000; linkType++) {
            DecodeOutcome outcome = DecodedFrame.of(linkType, LinkSample.IPV4).outcome;
            assertThat(PacketDecoder.supports(linkType))
                    .as("link type %s", linkType)
                    .isEqualTo(outcome != DecodeOutcome.IGNORED_LINK_TYPE);
            if (PacketDecoder.supports(linkType)) {
                supported.add(linkType);
            }
        }
        Set<Integer> sampled = new TreeSet<>(WITHOUT_HEADER);
        samples().forEach(sample -> sampled.add(sample.linkType()));
        assertThat(supported).as("every link type is sampled").isEqualTo(sampled);
    }
}
