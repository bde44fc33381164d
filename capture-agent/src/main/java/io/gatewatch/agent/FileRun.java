package io.gatewatch.agent;

import io.gatewatch.agent.config.Speed;
import io.gatewatch.capture.CaptureFeed;
import io.gatewatch.capture.batch.FlowBatcher;
import io.gatewatch.capture.file.CaptureReader;
import io.gatewatch.wire.CaptureInterface;
import java.io.IOException;
import java.util.List;

/**
 * Plays capture files into the batcher. A run that is stopped sends no unfinished batch and no end
 * marker, so that a later one over the same files makes the same batches.
 */
final class FileRun implements CaptureRun {
    private final CaptureReader input;
    private final Pace pace;
    private final boolean closeAtEnd;
    private final StopRequest stop;
    private volatile CaptureFeed feed;
    private volatile long bytesRead;

    FileRun(CaptureReader input, Speed speed, boolean closeAtEnd, StopRequest stop) {
        this.input = input;
        this.pace = new Pace(speed);
        this.closeAtEnd = closeAtEnd;
        this.stop = stop;
    }

    @Override
    public void run(FlowBatcher batcher, MinuteReports minutes)
            throws IOException, InterruptedException {
        CaptureFeed frames = new CaptureFeed(input, batcher);
        feed = frames;
        while (!stop.isRequested() && frames.read()) {
            long delayNs = pace.delayNs(frames.timeNs(), System.nanoTime());
            if (delayNs > 0 && stop.await(delayNs)) {
                break;
            }
            frames.ship();
            minutes.look();
            bytesRead = input.bytesRead();
        }
        if (stop.isRequested()) {
            batcher.discard();
        } else {
            batcher.endOfCapture(closeAtEnd);
            minutes.end();
        }
    }

    @Override
    public List<CaptureInterface> interfaces() {
        CaptureFeed frames = feed;
        return frames == null ? List.of() : frames.interfaces();
    }

    /** Bytes of the files read so far, from any thread. */
    long bytesRead() {
        return bytesRead;
    }
}
