package io.gatewatch.capture;

import io.gatewatch.capture.batch.FlowBatcher;
import io.gatewatch.capture.file.CaptureReader;
import io.gatewatch.capture.file.CapturedFrame;
import io.gatewatch.wire.CaptureInterface;
import java.io.IOException;
import java.util.List;

/**
 * Brings the frames of a capture into a {@link FlowBatcher}, one at a time, and its interfaces
 * before the first frame that refers to them. The loop is its caller's, who may wait between frames
 * or stop, and who ends the capture: by {@link FlowBatcher#endOfCapture} when {@link #read}
 * returned false, by {@link FlowBatcher#discard} when it stopped before. One thread, but for {@link
 * #interfaces}.
 */
public final class CaptureFeed {
    private final CaptureReader reader;
    private final FlowBatcher batcher;
    private final CapturedFrame frame = new CapturedFrame();
    private volatile List<CaptureInterface> interfaces = List.of();
    private int interfaceCount;
    private long frames;

    public CaptureFeed(CaptureReader reader, FlowBatcher batcher) {
        this.reader = reader;
        this.batcher = batcher;
    }

    /**
     * Reads the next frame, which {@link #ship} then brings into the batcher.
     *
     * @return false at the end of the capture
     */
    public boolean read() throws IOException {
        if (reader.next(frame)) {
            frames++;
            if (frame.interfaceIndex >= interfaceCount) {
                takeInterfaces();
            }
            return true;
        }
        takeInterfaces(); // those without frames too
        return false;
    }

    private void takeInterfaces() {
        interfaces = List.copyOf(reader.interfaces());
        interfaceCount = interfaces.size();
        batcher.interfaces(interfaces);
    }

    /** Capture time of the frame read last, as in {@link CapturedFrame#timeNs}. */
    public long timeNs() {
        return frame.timeNs;
    }

    /** Brings the frame read last into the batcher. */
    public void ship() {
        CapturedFrame f = frame;
        batcher.frame(
                f.interfaceIndex, f.timeNs, f.bytes, f.offset, f.capturedLength, f.originalLength);
    }

    /** Frames read so far. */
    public long frames() {
        return frames;
    }

    /** Interfaces known so far; may be asked by any thread. */
    public List<CaptureInterface> interfaces() {
        return interfaces;
    }
}
