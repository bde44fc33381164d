package io.gatewatch.capture.batch;

import io.gatewatch.wire.CaptureInterface;
import java.util.List;

/**
 * Decodes frames, groups them by flow and cuts batches. One thread. A batch is cut when its
 * interval of capture time is over, when it is full, and at minute boundaries.
 */
public final class FlowBatcher {
    public FlowBatcher(BatchSettings settings, CaptureCounters counters, BatchOutput output) {
        throw new UnsupportedOperationException();
    }

    /** Sets the interface table; frames refer to it by index. It may grow while capturing. */
    public void interfaces(List<CaptureInterface> interfaces) {
        throw new UnsupportedOperationException();
    }

    /** Takes the next captured frame; parameters as in {@code PacketDecoder.decode}. */
    public void frame(
            int interfaceIndex,
            long timeNs,
            byte[] bytes,
            int offset,
            int capturedLength,
            int originalLength) {
        throw new UnsupportedOperationException();
    }

    /**
     * Live only, when all that was captured has been read: moves the clock to {@code clockNs} and
     * sends what is due.
     */
    public void idle(long clockNs) {
        throw new UnsupportedOperationException();
    }

    /**
     * Ends the capture: sends what is unfinished and an end marker to every partition of both
     * topics.
     *
     * @param lastOfAll nothing follows from any gateway, see {@code BatchHead.FLAG_LAST_OF_ALL}
     */
    public void endOfCapture(boolean lastOfAll) {
        throw new UnsupportedOperationException();
    }
}
