package io.gatewatch.capture.batch;

import io.gatewatch.packet.DecodeOutcome;

/**
 * What one boot of an agent has seen, cumulative. Written by the capturing thread alone; read by
 * others at any time, each counter by itself.
 */
public final class CaptureCounters {
    // Filled in with the batcher: captured, decapsulated, shipped packets and bytes, kernel and
    // queue
    // drops, own traffic, bad timestamps, and one counter for each DecodeOutcome.

    /** Frames with this outcome. */
    public long count(DecodeOutcome outcome) {
        throw new UnsupportedOperationException();
    }
}
