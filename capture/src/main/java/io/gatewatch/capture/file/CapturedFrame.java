package io.gatewatch.capture.file;

/**
 * One captured frame. Filled by {@link CaptureReader#next}, valid until the next call. Not thread
 * safe.
 */
public final class CapturedFrame {
    /** Index into {@link CaptureReader#interfaces}. */
    public int interfaceIndex;

    /** Nanoseconds since 1970-01-01 UTC; {@link #BAD_TIME} where the file's time does not fit. */
    public long timeNs;

    public byte[] bytes = new byte[0];
    public int offset;
    public int capturedLength;
    public int originalLength;

    public static final long BAD_TIME = Long.MIN_VALUE;
}
