package io.gatewatch.capture;

import io.gatewatch.capture.batch.FlowBatcher;
import io.gatewatch.capture.file.CaptureReader;
import io.gatewatch.capture.file.CapturedFrame;
import java.io.IOException;

/**
 * Reads a capture through a {@link FlowBatcher}, frame by frame. {@link #stop} may be called by any
 * thread, everything else by one.
 */
public final class CaptureRun {
    /** Frames between two looks at progress. */
    private static final int FRAMES_PER_STEP = 4096;

    private final CaptureReader reader;
    private final FlowBatcher batcher;
    private final CapturedFrame frame = new CapturedFrame();
    private int knownInterfaces;
    private long frames;
    private volatile boolean stopped;

    /** Told from time to time how far a run has come. */
    @FunctionalInterface
    public interface Progress {
        /**
         * @param frames frames read so far
         * @param bytes bytes of the input read so far, see {@link CaptureReader#bytesRead}
         */
        void report(long frames, long bytes);
    }

    /** How a run ended. */
    public enum Ending {
        /** Everything was read, and the end of the capture was sent. */
        COMPLETE,
        /** {@link #stop} was called: neither unfinished batches nor end markers were sent. */
        STOPPED
    }

    public CaptureRun(CaptureReader reader, FlowBatcher batcher) {
        this.reader = reader;
        this.batcher = batcher;
    }

    /**
     * Reads to the end, unless it is stopped.
     *
     * @param lastOfAll nothing follows from any gateway, see {@link FlowBatcher#endOfCapture}
     */
    public Ending run(boolean lastOfAll, Progress progress) throws IOException {
        boolean more = true;
        while (more && !stopped) {
            more = advance(FRAMES_PER_STEP);
            progress.report(frames, reader.bytesRead());
        }
        if (more) {
            batcher.discard();
            return Ending.STOPPED;
        }
        batcher.endOfCapture(lastOfAll);
        return Ending.COMPLETE;
    }

    /**
     * Reads at most {@code most} frames, fewer when it is stopped meanwhile: for callers with a
     * loop of their own, which also call {@link FlowBatcher#endOfCapture}.
     *
     * @return false at the end of the capture
     */
    public boolean advance(int most) throws IOException {
        CapturedFrame f = frame;
        for (int i = 0; i < most && !stopped; i++) {
            if (!reader.next(f)) {
                updateInterfaces(); // those without frames too
                return false;
            }
            if (f.interfaceIndex >= knownInterfaces) {
                updateInterfaces();
            }
            frames++;
            batcher.frame(
                    f.interfaceIndex,
                    f.timeNs,
                    f.bytes,
                    f.offset,
                    f.capturedLength,
                    f.originalLength);
        }
        return true;
    }

    private void updateInterfaces() {
        if (reader.interfaces().size() != knownInterfaces) {
            knownInterfaces = reader.interfaces().size();
            batcher.interfaces(reader.interfaces());
        }
    }

    /** Frames read so far. */
    public long frames() {
        return frames;
    }

    /** Ends {@link #run} behind the frame at hand. */
    public void stop() {
        stopped = true;
    }

    public boolean isStopped() {
        return stopped;
    }
}
