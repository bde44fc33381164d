package io.gatewatch.capture.file;

import java.io.Closeable;
import java.io.IOException;

/**
 * Where a reader gets the bytes of a capture from. Like an input stream, but says how far it is.
 * Not thread safe.
 */
interface ByteSource extends Closeable {
    int END = -1;

    /**
     * Reads some bytes, waiting for the first one only.
     *
     * @return how many, at least 1; {@link #END} at the end
     */
    int read(byte[] into, int offset, int length) throws IOException;

    /** Whether {@link #read} would return at once. */
    boolean ready() throws IOException;

    /** Bytes taken from the input so far, before unpacking. */
    long bytesTaken();

    /** Bytes of the whole input before unpacking, or {@link CaptureReader#UNKNOWN_SIZE}. */
    long size();
}
