package io.gatewatch.testing;

/**
 * A frame and when it was captured.
 *
 * @param timeNs nanoseconds since 1970-01-01 UTC
 * @param bytes the frame as captured
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; a test reads its parts
public record TimedFrame(long timeNs, byte[] bytes) {}
