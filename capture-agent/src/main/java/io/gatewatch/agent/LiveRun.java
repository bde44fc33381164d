package io.gatewatch.agent;

import io.gatewatch.agent.capture.LiveSource;
import io.gatewatch.capture.batch.FlowBatcher;
import io.gatewatch.capture.file.CapturedFrame;
import io.gatewatch.wire.CaptureInterface;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Brings live frames into the batcher until the source has been stopped and read to its end. */
final class LiveRun implements CaptureRun {
    /** The clock of a quiet line stays this far behind the wall clock. */
    private static final long QUIET_MARGIN_NS = 1_000_000_000L;

    private static final long SHORTEST_PAUSE_NS = 500_000;
    private static final long LONGEST_PAUSE_NS = 10_000_000;

    private final LiveSource source;
    private final List<CaptureInterface> interfaces;
    private final Runnable atEnd;
    private long pauseNs = SHORTEST_PAUSE_NS;

    /**
     * @param atEnd run when all packets have been taken, before the end markers are sent
     */
    LiveRun(LiveSource source, Runnable atEnd) {
        this.source = source;
        this.interfaces = source.interfaces();
        this.atEnd = atEnd;
    }

    @Override
    public void run(FlowBatcher batcher) throws IOException {
        batcher.interfaces(interfaces);
        CapturedFrame frame = new CapturedFrame();
        while (true) {
            switch (source.next(frame)) {
                case FRAME -> take(batcher, frame);
                case QUIET -> {
                    batcher.idle(source.quietUntilNs() - QUIET_MARGIN_NS);
                    pause();
                }
                case NOTHING -> pause();
                case ENDED -> {
                    atEnd.run();
                    batcher.endOfCapture(false);
                    return;
                }
            }
        }
    }

    private void take(FlowBatcher batcher, CapturedFrame frame) {
        pauseNs = SHORTEST_PAUSE_NS;
        batcher.frame(
                frame.interfaceIndex,
                frame.timeNs,
                frame.bytes,
                frame.offset,
                frame.capturedLength,
                frame.originalLength);
    }

    /** The longer nothing comes the longer; what comes meanwhile waits in FIFO and kernel. */
    private void pause() {
        LockSupport.parkNanos(pauseNs);
        pauseNs = Math.min(LONGEST_PAUSE_NS, pauseNs + pauseNs / 4);
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return interfaces;
    }
}
