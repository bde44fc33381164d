package io.gatewatch.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.tunnel.TunnelSample;
import io.gatewatch.testing.EthernetFrames;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.FuzzBytes;
import io.gatewatch.testing.LinkFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Damaged frames: refused or decoded, but never read outside of, never an exception. */
class PacketDecoderFuzzTest {
    private static final int ROUNDS = 30_000;
    private static final int ETHERNET = 1;
    private static final List<Seed> SEEDS = seeds();

    /** A frame to damage. */
    private static final class Seed {
        final int linkType;
        final byte[] frame;

        Seed(int linkType, byte[] frame) {
            this.linkType = linkType;
            this.frame = frame;
        }
    }

    private static List<Seed> seeds() {
        List<Seed> seeds = new ArrayList<>();
        EthernetFrames.all().forEach(frame -> seeds.add(new Seed(ETHERNET, frame)));
        byte[] packet =
                FrameBuilder.withoutLink().ipv4("192.0.2.1", "198.51.100.2").udp(1, 2).build();
        LinkFrame.all().forEach(l -> seeds.add(new Seed(l.linkType(), l.around(packet))));
        TunnelSample.all().forEach(frame -> seeds.add(new Seed(ETHERNET, frame)));
        return seeds;
    }

    @Test
    void shouldSurviveDamagedFrames() {
        FuzzBytes fuzz = FuzzBytes.forTest(PacketDecoderFuzzTest.class);
        Set<DecodeOutcome> met = EnumSet.noneOf(DecodeOutcome.class);
        for (int round = 0; round < ROUNDS; round++) {
            Seed seed = SEEDS.get(fuzz.random().nextInt(SEEDS.size()));
            byte[] frame = fuzz.mutate(seed.frame);

            DecodedFrame decoded =
                    DecodedFrame.of(seed.linkType, frame, originalLength(frame, fuzz.random()));

            for (DecodedFrame at = decoded; at != null; at = at.inner) {
                met.add(at.outcome);
                if (at.outcome == DecodeOutcome.DECODED) {
                    assertInBounds(at, frame);
                }
            }
        }
        assertThat(met)
                .as("the damage reaches every layer")
                .contains(
                        DecodeOutcome.DECODED,
                        DecodeOutcome.IGNORED_NOT_IP,
                        DecodeOutcome.UNDECODABLE_SNAPLEN,
                        DecodeOutcome.UNDECODABLE_LINK,
                        DecodeOutcome.UNDECODABLE_LINK_LENGTH,
                        DecodeOutcome.UNDECODABLE_LLC,
                        DecodeOutcome.UNDECODABLE_TAG,
                        DecodeOutcome.UNDECODABLE_PPP,
                        DecodeOutcome.UNDECODABLE_PPPOE,
                        DecodeOutcome.UNDECODABLE_MPLS,
                        DecodeOutcome.UNDECODABLE_IPV4,
                        DecodeOutcome.UNDECODABLE_IPV6,
                        DecodeOutcome.UNDECODABLE_EXTENSION,
                        DecodeOutcome.UNDECODABLE_TCP,
                        DecodeOutcome.UNDECODABLE_GRE,
                        DecodeOutcome.UNDECODABLE_GRE_VERSION,
                        DecodeOutcome.UNDECODABLE_ERSPAN_VERSION);
    }

    @Test
    void shouldSurviveEveryCutOfEveryFrame() {
        for (Seed seed : SEEDS) {
            byte[] whole = seed.frame;
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);

                DecodedFrame ended = DecodedFrame.of(seed.linkType, cut);
                DecodedFrame snapped = DecodedFrame.of(seed.linkType, cut, whole.length);

                assertThat(ended.outcome).isNotEqualTo(DecodeOutcome.UNDECODABLE_SNAPLEN);
                assertThat(snapped.outcome)
                        .isIn(DecodeOutcome.DECODED, DecodeOutcome.UNDECODABLE_SNAPLEN);
                if (snapped.outcome == DecodeOutcome.DECODED) {
                    assertInBounds(snapped, cut);
                }
            }
        }
    }

    private static int originalLength(byte[] frame, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> frame.length + random.nextInt(2000);
            case 1 -> random.nextInt(Integer.MAX_VALUE);
            default -> frame.length;
        };
    }

    private static void assertInBounds(DecodedFrame decoded, byte[] frame) {
        PacketView view = decoded.view;
        int start = (view.bytes.length - frame.length) / 2;
        int end = start + frame.length;
        assertThat(view.payloadLength).isNotNegative();
        assertThat(view.ipLength).isGreaterThanOrEqualTo(view.payloadLength);
        assertThat(view.capturedPayloadLength).isBetween(0, view.payloadLength);
        assertThat(view.payloadOffset).isBetween(start, end);
        assertThat(view.payloadOffset + view.capturedPayloadLength).isLessThanOrEqualTo(end);
        assertThat(view.optionsLength).isBetween(0, 40);
        assertThat(view.optionsOffset + view.optionsLength).isLessThanOrEqualTo(end);
        assertThat(view.sourcePort).isBetween(0, 0xFFFF);
        assertThat(view.destinationPort).isBetween(0, 0xFFFF);
        assertThat(view.vlanCount).isBetween(0, 4);
        if (view.isFragment()) {
            assertThat(view.fragmentPosition).isBetween(start, end);
            assertThat(view.fragmentCapturedLength).isBetween(0, view.fragmentLength);
            assertThat(view.fragmentPosition + view.fragmentCapturedLength)
                    .isLessThanOrEqualTo(end);
        }
    }
}
