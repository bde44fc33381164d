package io.gatewatch.capture.file;

/**
 * One captured frame. Filled by {@link CaptureReader#next}, valid until the reader is called again:
 * {@link #bytes} is the reader's own buffer. Not thread safe.
 */
public final class CapturedFrame {
    /** Index into {@link CaptureReader#interfaces}. */
    public int interfaceIndex;

    /** Nanoseconds since 1970-01-01 UTC; {@link #BAD_TIME} where the file's time does not fit. */
    public long timeNs;

    public byte[] bytes = new byte[0];
    public int offset;

    /** Bytes of the frame that are there. */
    public int capturedLength;

    /**
     * Bytes of the frame on the wire; at most 2^31 - 1, may be below the captured ones in a lie.
     */
    public int originalLength;

    public static final long BAD_TIME = Long.MIN_VALUE;
}
