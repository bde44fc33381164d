package io.gatewatch.agent.capture;

import io.gatewatch.capture.file.CapturedFrame;
import io.gatewatch.wire.CaptureInterface;
import java.io.IOException;
import java.util.List;

/**
 * Frames of live interfaces in the order of their capture. Read by one thread, which never waits.
 */
public interface LiveSource {
    /** What {@link #next} found. */
    enum Look {
        /** The frame was filled. */
        FRAME,
        /** Nothing to hand out now; some may be on its way. */
        NOTHING,
        /** Everything captured up to {@link #quietUntilNs} has been handed out. */
        QUIET,
        /** Capture has stopped and everything has been handed out. */
        ENDED
    }

    List<CaptureInterface> interfaces();

    /** Looks for the next frame; the one before is no longer valid. */
    Look next(CapturedFrame frame) throws IOException;

    /** Set by {@link Look#QUIET}: nanoseconds since 1970 by the wall clock. */
    long quietUntilNs();
}
