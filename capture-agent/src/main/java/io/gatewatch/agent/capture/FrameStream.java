package io.gatewatch.agent.capture;

import io.gatewatch.capture.file.CapturedFrame;
import java.io.IOException;

/** Frames of one interface in the order of their capture, as they arrive. Of one thread. */
interface FrameStream {
    /** Whether {@link #head} is there; reads it if it has arrived. Never waits. */
    boolean poll() throws IOException;

    /** The next frame; only after {@link #poll} or {@link #hasHead} said that it is there. */
    CapturedFrame head();

    boolean hasHead();

    /** Marks the head as handed out: it is valid until the next {@link #poll}. */
    void takeHead();

    /** Whether there will be no more frames. */
    boolean isEnded();

    /** As {@link KernelProgress#readUntilNs}; only when there is no head. */
    long readUntilNs();
}
