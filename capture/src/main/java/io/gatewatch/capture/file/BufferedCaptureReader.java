package io.gatewatch.capture.file;

import java.io.IOException;

/** What the readers of all formats share: the buffer that they read in place, and the warning. */
abstract class BufferedCaptureReader implements CaptureReader {
    final ReadBuffer buffer;

    /** What ended the capture early, or null. */
    String warning;

    BufferedCaptureReader(ReadBuffer buffer) {
        this.buffer = buffer;
    }

    @Override
    public final String warning() {
        return warning;
    }

    @Override
    public final long bytesRead() {
        return buffer.bytesRead();
    }

    @Override
    public final long size() {
        return buffer.size();
    }

    @Override
    public final void close() throws IOException {
        buffer.close();
    }
}
