package io.gatewatch.capture.file;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * Several captures as one stream, merged by time; ties in the order given. Within one file the
 * file's order stands, even where its times go backward. The interface tables are put one behind
 * the other.
 */
public final class CaptureInput implements CaptureReader, Closeable {
    public CaptureInput(List<CaptureReader> readers) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean next(CapturedFrame frame) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<io.gatewatch.wire.CaptureInterface> interfaces() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String warning() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long bytesRead() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() throws IOException {
        throw new UnsupportedOperationException();
    }
}
