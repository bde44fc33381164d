package io.gatewatch.agent.capture;

import io.gatewatch.agent.capture.LiveSource.Look;
import io.gatewatch.capture.file.CapturedFrame;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Merges live interfaces by time. A frame is handed out when every other interface has a later one,
 * or has nothing more up to the frame's time, or a quarter of a second has passed: after that an
 * interface whose progress cannot be told holds up nobody. Of one thread.
 */
final class FrameMerge {
    static final long LONGEST_HOLD_NS = 250_000_000;

    private final List<? extends FrameStream> streams;
    private final LongSupplier wallNs;
    private long quietUntilNs;

    /**
     * @param wallNs the wall clock, nanoseconds since 1970
     */
    FrameMerge(List<? extends FrameStream> streams, LongSupplier wallNs) {
        this.streams = streams;
        this.wallNs = wallNs;
    }

    /** As {@link LiveSource#next}; the interface index is the stream's place in the list. */
    Look next(CapturedFrame frame) throws IOException {
        int earliest = earliest();
        if (earliest < 0) {
            return allEnded() ? Look.ENDED : quietOrNothing();
        }
        FrameStream stream = streams.get(earliest);
        if (!isDue(stream.head().timeNs)) {
            return Look.NOTHING;
        }
        copy(stream.head(), earliest, frame);
        stream.takeHead();
        return Look.FRAME;
    }

    /** Index of the stream whose head comes first, ties in their order; below 0 without heads. */
    private int earliest() throws IOException {
        int earliest = -1;
        for (int i = 0; i < streams.size(); i++) {
            FrameStream each = streams.get(i);
            if (each.poll()
                    && (earliest < 0 || each.head().timeNs < streams.get(earliest).head().timeNs)) {
                earliest = i;
            }
        }
        return earliest;
    }

    private boolean allEnded() {
        for (int i = 0; i < streams.size(); i++) {
            if (!streams.get(i).isEnded()) {
                return false;
            }
        }
        return true;
    }

    private Look quietOrNothing() {
        long until = readUntilNs();
        if (until == KernelProgress.UNKNOWN) {
            return Look.NOTHING;
        }
        quietUntilNs = until;
        return Look.QUIET;
    }

    private boolean isDue(long timeNs) {
        return timeNs <= readUntilNs() || timeNs <= wallNs.getAsLong() - LONGEST_HOLD_NS;
    }

    /** Up to when the streams without a frame at hand have been read. */
    private long readUntilNs() {
        long until = Long.MAX_VALUE;
        for (int i = 0; i < streams.size(); i++) {
            FrameStream each = streams.get(i);
            if (!each.hasHead() && !each.isEnded()) {
                until = Math.min(until, each.readUntilNs());
            }
        }
        return until;
    }

    private static void copy(CapturedFrame from, int interfaceIndex, CapturedFrame to) {
        to.interfaceIndex = interfaceIndex;
        to.timeNs = from.timeNs;
        to.bytes = from.bytes;
        to.offset = from.offset;
        to.capturedLength = from.capturedLength;
        to.originalLength = from.originalLength;
    }

    /** See {@link LiveSource#quietUntilNs}. */
    long quietUntilNs() {
        return quietUntilNs;
    }
}
