package io.gatewatch.capture.file;

import io.gatewatch.wire.CaptureInterface;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a capture in order. The format is taken from the content, never from the name. Not thread
 * safe.
 */
public interface CaptureReader extends Closeable {
    /** The {@link #size} of a stream. */
    long UNKNOWN_SIZE = -1;

    /**
     * Opens a capture file; gzip is unpacked. A path that is no regular file (a FIFO, a device) is
     * read as a stream.
     *
     * @throws CaptureFormatException if it is empty, not a capture, or cut inside its global header
     */
    static CaptureReader open(Path file) throws IOException {
        return CaptureFormat.open(file);
    }

    /**
     * As {@link #open(Path)}, from a stream (a pipe, standard input); closed with the reader. Waits
     * for the global header.
     */
    static CaptureReader open(InputStream in) throws IOException {
        return CaptureFormat.open(new StreamSource(in));
    }

    /**
     * Reads the next frame.
     *
     * @return false at the end; a cut or impossible record ends the capture too, see {@link
     *     #warning}
     */
    boolean next(CapturedFrame frame) throws IOException;

    /**
     * Whether {@link #next} would return without waiting, because the next frame or the end is
     * there; takes in what has arrived meanwhile, so the frame before is no longer valid. The end
     * of a stream shows in {@link #next} alone: a live reader whose writer has stopped calls that
     * until it returns false.
     */
    boolean frameBuffered() throws IOException;

    /** Interfaces seen so far; grows while a pcapng is read. */
    List<CaptureInterface> interfaces();

    /** One line about what ended the capture early, or null if it is whole. */
    String warning();

    /** Bytes of the input consumed so far, before unpacking, for progress. */
    long bytesRead();

    /** Bytes of the whole input before unpacking, or {@link #UNKNOWN_SIZE}. */
    long size();
}
