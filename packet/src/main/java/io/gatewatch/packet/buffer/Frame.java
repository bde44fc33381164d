package io.gatewatch.packet.buffer;

/**
 * The part of a captured frame that is still to be decoded. Every header decoder keeps to one
 * contract: it asks {@link #captured} once for all the bytes it needs, then reads them freely at
 * {@link #position}, then moves {@link #position} behind its header. Two ends are kept apart:
 *
 * <pre>
 * offset       position            capturedEnd            wireEnd
 *   |  decoded    |   can be read      |  cut by the snaplen |
 * </pre>
 *
 * <ul>
 *   <li>{@code capturedEnd}: nothing at or behind it is ever read;
 *   <li>{@code wireEnd}: where the packet ended on the wire, as the innermost length field that was
 *       trusted says it; payload lengths are taken from it.
 * </ul>
 *
 * Reused for every frame; not thread safe.
 */
public final class Frame {
    /**
     * Twice what segmentation offload hands over at most (512 KiB in Linux). Without it a capture
     * could make one packet count for gigabytes.
     */
    public static final int MAX_WIRE_LENGTH = 1024 * 1024;

    public byte[] bytes = new byte[0];
    public int position;
    public int capturedEnd;
    public int wireEnd;

    /** The capture kept less of the frame than was on the wire. */
    public boolean snapped;

    private static final int NONE = -1;

    private int nextAt = NONE;
    private int nextCapturedEnd;
    private int nextWireEnd;

    /**
     * Begins a frame. An original length below the captured one is a lie of the capture: what is
     * there was on the wire. So is one above {@link #MAX_WIRE_LENGTH}.
     */
    public void wrap(byte[] frame, int offset, int capturedLength, int originalLength) {
        bytes = frame;
        position = offset;
        capturedEnd = offset + capturedLength;
        snapped = originalLength > capturedLength;
        wireEnd = offset + Math.max(capturedLength, Math.min(originalLength, MAX_WIRE_LENGTH));
        nextAt = NONE;
    }

    /** Whether {@code length} bytes from the position on can be read. */
    public boolean captured(int length) {
        return capturedEnd - position >= length;
    }

    /** Bytes from the position on that can be read. */
    public int capturedRemaining() {
        return capturedEnd - position;
    }

    /** Bytes from the position on that were on the wire, captured or not. */
    public int wireRemaining() {
        return wireEnd - position;
    }

    /**
     * Ends the frame {@code length} bytes behind the position, if it had that much: what follows is
     * a checksum, padding, or another frame that was sent along.
     */
    public void limit(int length) {
        wireEnd = Math.min(wireEnd, position + length);
        capturedEnd = Math.min(capturedEnd, wireEnd);
    }

    /** Keeps a place in the frame, with its ends as they are now, for {@link #goToNext}. */
    public void keepNext(int at) {
        nextAt = at;
        nextCapturedEnd = capturedEnd;
        nextWireEnd = wireEnd;
    }

    /** Whether {@link #keepNext} was called since the frame began or {@link #goToNext}. */
    public boolean hasNext() {
        return nextAt != NONE;
    }

    /** Goes to the place that was kept; nothing can be read where it was not captured. */
    public void goToNext() {
        position = nextAt;
        capturedEnd = Math.max(nextAt, nextCapturedEnd);
        wireEnd = nextWireEnd;
        nextAt = NONE;
    }

    /**
     * Ends the packet {@code length} bytes behind the position, as its header says: what follows is
     * padding or a trailer. The header may also claim more than the frame had on the wire.
     */
    public void endAfter(int length) {
        wireEnd = position + length;
        capturedEnd = Math.min(capturedEnd, wireEnd);
    }
}
