package io.gatewatch.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.PacketDecoder;
import io.gatewatch.packet.PacketView;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PacketsTest {
    private static final int ETHERNET = 1;

    private static int[] placed(Packets.Order order) {
        return IntStream.range(0, Slices.PACKETS)
                .map(place -> Packets.placed(place, order))
                .toArray();
    }

    @Test
    void shouldBringEveryPacketOnceWhereTheyAreReordered() {
        int[] inOrder = placed(Packets.Order.IN_ORDER);
        int[] reordered = placed(Packets.Order.REORDERED);

        assertThat(reordered).isNotEqualTo(inOrder);
        assertThat(IntStream.of(reordered).sorted().toArray()).isEqualTo(inOrder);
    }

    @Test
    void shouldBringSomePacketsAgainWhereTheyAreRetransmitted() {
        long different = IntStream.of(placed(Packets.Order.RETRANSMITTED)).distinct().count();

        assertThat(different).isBetween(Slices.PACKETS * 7L / 10, Slices.PACKETS * 8L / 10);
    }

    @ParameterizedTest
    @EnumSource(
            value = Frames.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CUT"})
    void shouldBuildFramesThatAreDecodedToTheirEnd(Frames frame) {
        byte[] bytes = frame.build(1);
        PacketDecoder decoder = new PacketDecoder();
        PacketView view = new PacketView();

        DecodeOutcome outcome =
                decoder.decode(ETHERNET, bytes, 0, bytes.length, bytes.length, view);
        int tunnels = 0;
        while (decoder.enterTunnel(view)) {
            tunnels++;
            outcome = decoder.decodeInner(view);
        }

        assertThat(outcome).isEqualTo(DecodeOutcome.DECODED);
        assertThat(tunnels).isEqualTo(frame == Frames.VXLAN || frame == Frames.GRE ? 1 : 0);
    }
}
