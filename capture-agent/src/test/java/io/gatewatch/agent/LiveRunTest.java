package io.gatewatch.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.agent.capture.LiveSource;
import io.gatewatch.capture.file.CapturedFrame;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.wire.CaptureInterface;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LiveRunTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long START_NS = 1_767_225_600 * SECOND_NS;

    private final Batching batching = new Batching();
    private final FakeSource source = new FakeSource();
    private int packetsBeforeEnd = -1;

    @Test
    void shouldShipWhatIsCapturedAndAnEndMarker() throws IOException {
        source.frame(START_NS).nothing().frame(START_NS + 1);

        run();

        assertThat(batching.packetsSent()).isEqualTo(2);
        assertThat(batching.sentEnd()).isTrue();
        assertThat(batching.sentLastOfAll()).isFalse();
    }

    @Test
    void shouldPrepareForTheEndBeforeSendingWhatIsUnfinished() throws IOException {
        source.frame(START_NS);

        run();

        assertThat(packetsBeforeEnd).isZero();
        assertThat(batching.packetsSent()).isEqualTo(1);
    }

    @Test
    void shouldMoveTheClockOfAQuietLineToASecondBehindTheWallClock() throws IOException {
        source.frame(START_NS).quiet(START_NS + 10 * SECOND_NS);

        run();

        assertThat(batching.counters.clockNs()).isEqualTo(START_NS + 9 * SECOND_NS);
        assertThat(batching.clocksNs).contains(START_NS + 9 * SECOND_NS);
    }

    @Test
    void shouldNotMoveTheClockBack() throws IOException {
        source.frame(START_NS).quiet(START_NS - SECOND_NS).frame(START_NS + 5);

        run();

        assertThat(batching.counters.clockNs()).isEqualTo(START_NS + 5);
    }

    private void run() throws IOException {
        LiveRun run = new LiveRun(source, () -> packetsBeforeEnd = batching.packetsSent());
        run.run(batching.batcher);
        assertThat(run.interfaces()).containsExactly(new CaptureInterface("eth0", 1));
    }

    /** Plays what the test wrote down, then ends. */
    private static final class FakeSource implements LiveSource {
        private static final byte[] FRAME =
                FrameBuilder.ethernet()
                        .ipv4("10.0.0.1", "10.0.0.2")
                        .udp(1000, 2000)
                        .payload("x")
                        .build();

        private record Step(Look look, long timeNs) {}

        private final ArrayDeque<Step> script = new ArrayDeque<>();
        private long quietUntilNs;

        private FakeSource frame(long timeNs) {
            script.add(new Step(Look.FRAME, timeNs));
            return this;
        }

        private FakeSource quiet(long untilNs) {
            script.add(new Step(Look.QUIET, untilNs));
            return this;
        }

        private FakeSource nothing() {
            script.add(new Step(Look.NOTHING, 0));
            return this;
        }

        @Override
        public List<CaptureInterface> interfaces() {
            return List.of(new CaptureInterface("eth0", 1));
        }

        @Override
        public Look next(CapturedFrame frame) {
            Step step = script.poll();
            if (step == null) {
                return Look.ENDED;
            }
            quietUntilNs = step.timeNs;
            frame.timeNs = step.timeNs;
            frame.bytes = FRAME;
            frame.capturedLength = FRAME.length;
            frame.originalLength = FRAME.length;
            return step.look;
        }

        @Override
        public long quietUntilNs() {
            return quietUntilNs;
        }
    }
}
