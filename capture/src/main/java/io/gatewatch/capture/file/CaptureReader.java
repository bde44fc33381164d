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
    /**
     * Opens a capture file; gzip is unpacked.
     *
     * @throws CaptureFormatException if it is empty, not a capture, or cut inside its global header
     */
    static CaptureReader open(Path file) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** As {@link #open(Path)}, from a stream (a pipe, standard input); closed with the reader. */
    static CaptureReader open(InputStream in) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Reads the next frame.
     *
     * @return false at the end; a cut or impossible record ends the capture too, see {@link
     *     #warning}
     */
    boolean next(CapturedFrame frame) throws IOException;

    /** Interfaces seen so far; grows while a pcapng is read. */
    List<CaptureInterface> interfaces();

    /** One line about what ended the capture early, or null if it is whole. */
    String warning();

    /** Bytes of the input consumed so far, before unpacking, for progress. */
    long bytesRead();
}
