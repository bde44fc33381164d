package io.gatewatch.agent;

import io.gatewatch.agent.config.Speed;
import io.gatewatch.capture.file.CapturedFrame;

/**
 * When the frames of a capture file are due, so that they come as far apart as they were captured,
 * divided by the speed. One thread.
 */
final class Pace {
    private static final long NOT_STARTED = Long.MIN_VALUE;

    private final double factor;
    private long firstFrameNs = NOT_STARTED;
    private long startNs;

    Pace(Speed speed) {
        factor = speed.factor();
    }

    /**
     * How long to wait before this frame.
     *
     * @param nowNs a clock that never goes back, of any origin
     * @return 0 or less if it is due
     */
    long delayNs(long frameTimeNs, long nowNs) {
        if (Double.isInfinite(factor) || frameTimeNs == CapturedFrame.BAD_TIME) {
            return 0;
        }
        if (firstFrameNs == NOT_STARTED) {
            firstFrameNs = frameTimeNs;
            startNs = nowNs;
        }
        return startNs + (long) ((frameTimeNs - firstFrameNs) / factor) - nowNs;
    }
}
