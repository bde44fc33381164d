package io.gatewatch.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.agent.capture.LiveSource.Look;
import io.gatewatch.capture.file.CapturedFrame;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameMergeTest {
    private static final long HOLD_NS = FrameMerge.LONGEST_HOLD_NS;

    private final FakeStream first = new FakeStream();
    private final FakeStream second = new FakeStream();
    private final CapturedFrame frame = new CapturedFrame();
    private long wallNs;

    private final FrameMerge merge = new FrameMerge(List.of(first, second), () -> wallNs);

    @Test
    void shouldHandOutTheEarlierFrameFirst() throws IOException {
        first.arrives(30, 40);
        second.arrives(20, 50);

        assertNext(20, 1);
        assertNext(30, 0);
        assertNext(40, 0);
    }

    @Test
    void shouldKeepTheOrderOfInterfacesInATie() throws IOException {
        first.arrives(30);
        second.arrives(30);

        assertNext(30, 0);
    }

    @Test
    void shouldWaitForAnInterfaceThatMayHaveAnEarlierFrame() throws IOException {
        wallNs = 1000;
        first.arrives(1000);
        second.readUntilNs = 900;

        assertThat(merge.next(frame)).isEqualTo(Look.NOTHING);

        second.arrives(950);
        assertNext(950, 1);
    }

    @Test
    void shouldNotWaitForAnInterfaceThatIsKnownToHaveNone() throws IOException {
        first.arrives(1000);
        second.readUntilNs = 1000;

        assertNext(1000, 0);
    }

    @Test
    void shouldNotWaitLongForAnInterfaceOfUnknownProgress() throws IOException {
        first.arrives(1000);
        wallNs = 1000 + HOLD_NS - 1;
        assertThat(merge.next(frame)).isEqualTo(Look.NOTHING);

        wallNs = 1000 + HOLD_NS;

        assertNext(1000, 0);
    }

    @Test
    void shouldNotWaitForAnInterfaceThatHasEnded() throws IOException {
        first.arrives(1000);
        second.ended = true;

        assertNext(1000, 0);
    }

    @Test
    void shouldBeQuietUpToWhereAllInterfacesAre() throws IOException {
        first.readUntilNs = 500;
        second.readUntilNs = 400;

        assertThat(merge.next(frame)).isEqualTo(Look.QUIET);
        assertThat(merge.quietUntilNs()).isEqualTo(400);
    }

    @Test
    void shouldNotBeQuietWhileOneMayHaveMore() throws IOException {
        first.readUntilNs = 500;

        assertThat(merge.next(frame)).isEqualTo(Look.NOTHING);
    }

    @Test
    void shouldEndWhenAllHaveEndedAndAreRead() throws IOException {
        first.arrives(10);
        first.ended = true;
        second.ended = true;

        assertNext(10, 0);
        assertThat(merge.next(frame)).isEqualTo(Look.ENDED);
    }

    private void assertNext(long timeNs, int interfaceIndex) throws IOException {
        assertThat(merge.next(frame)).isEqualTo(Look.FRAME);
        assertThat(frame.timeNs).isEqualTo(timeNs);
        assertThat(frame.interfaceIndex).isEqualTo(interfaceIndex);
    }

    /** Hands out what the test says has arrived. */
    private static final class FakeStream implements FrameStream {
        private final ArrayDeque<Long> arrived = new ArrayDeque<>();
        private final CapturedFrame head = new CapturedFrame();
        private boolean hasHead;
        private boolean ended;
        private long readUntilNs = KernelProgress.UNKNOWN;

        private void arrives(long... timesNs) {
            for (long timeNs : timesNs) {
                arrived.add(timeNs);
            }
        }

        @Override
        public boolean poll() {
            if (!hasHead && !arrived.isEmpty()) {
                head.timeNs = arrived.remove();
                hasHead = true;
            }
            return hasHead;
        }

        @Override
        public CapturedFrame head() {
            return head;
        }

        @Override
        public boolean hasHead() {
            return hasHead;
        }

        @Override
        public void takeHead() {
            hasHead = false;
        }

        @Override
        public boolean isEnded() {
            return ended && !hasHead && arrived.isEmpty();
        }

        @Override
        public long readUntilNs() {
            return readUntilNs;
        }
    }
}
