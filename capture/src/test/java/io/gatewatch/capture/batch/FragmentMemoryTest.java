package io.gatewatch.capture.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.testing.FrameBuilder;
import org.junit.jupiter.api.Test;

/** What fragments hold is counted as what it is, so that nothing is forgotten for room unneeded. */
class FragmentMemoryTest {
    private static final int SNAP_LENGTH = 96;

    private final BatcherHarness h = new BatcherHarness();

    @Test
    void shouldTakeNoRoomForFragmentsThatTheSnapLengthCut() {
        int datagrams = (4 << 20) / 60_000 + 10;
        for (int i = 0; i < datagrams; i++) {
            byte[] frame = fragment(i, 60_000, false);
            h.batcher.frame(0, BatcherHarness.START_NS, frame, 0, SNAP_LENGTH, frame.length);
        }
        h.at(1, fragment(1_000, 1_400, false)).at(2, fragment(1_001, 1_400, false));
        h.at(3, fragment(1_000, 0, true));

        assertThat(h.counters.evictedDatagrams()).isZero();
        assertThat(h.counters.fragmentWithoutFirst()).isZero();
        h.end();
        assertThat(h.counters.shippedPackets()).as("fragments of the first whole one").isEqualTo(2);
    }

    private static byte[] fragment(int identification, int offset, boolean more) {
        return FrameBuilder.ethernet()
                .ipv4("192.0.2.1", "198.51.100.1")
                .identification(identification)
                .fragment(offset, more)
                .udp(40_000, 9)
                .payload(1_400 - 8)
                .build();
    }
}
