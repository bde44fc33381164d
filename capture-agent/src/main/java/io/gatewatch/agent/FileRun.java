package io.gatewatch.agent;

import io.gatewatch.agent.config.Speed;
import io.gatewatch.capture.CaptureFeed;
import io.gatewatch.capture.batch.FlowBatcher;
import io.gatewatch.capture.file.CaptureReader;
import io.gatewatch.settings.ProgressLine;
import io.gatewatch.wire.CaptureInterface;
import java.io.IOException;
import java.util.List;

/**
 * Plays capture files into the batcher. A run that is stopped sends no unfinished batch and no end
 * marker, so that a later one over the same files makes the same batches.
 */
final class FileRun implements CaptureRun, ProgressLine.Reading {
    /** Progress is noted every so many frames. */
    private static final int PROGRESS_MASK = (1 << 8) - 1;

    private final CaptureReader input;
    private final Pace pace;
    private final boolean closeAtEnd;
    private final StopRequest stop;
    private volatile CaptureFeed feed;
    private final long sizeBytes;
    private volatile long packets;
    private volatile long bytesRead;

    FileRun(CaptureReader input, Speed speed, boolean closeAtEnd, StopRequest stop) {
        this.input = input;
        this.pace = new Pace(speed);
        this.closeAtEnd = closeAtEnd;
        this.stop = stop;
        sizeBytes = input.size();
    }

    @Override
    public void run(FlowBatcher batcher) throws IOException, InterruptedException {
        CaptureFeed frames = new CaptureFeed(input, batcher);
        feed = frames;
        while (!stop.isRequested() && frames.read()) {
            long delayNs = pace.delayNs(frames.timeNs(), System.nanoTime());
            if (delayNs > 0 && stop.await(delayNs)) {
                break;
            }
            frames.ship();
            if ((frames.frames() & PROGRESS_MASK) == 0) {
                packets = frames.frames();
                bytesRead = input.bytesRead();
            }
        }
        if (stop.isRequested()) {
            batcher.discard();
        } else {
            batcher.endOfCapture(closeAtEnd);
        }
    }

    @Override
    public List<CaptureInterface> interfaces() {
        CaptureFeed frames = feed;
        return frames == null ? List.of() : frames.interfaces();
    }

    @Override
    public long packets() {
        return packets;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public long bytesRead() {
        return bytesRead;
    }
}
