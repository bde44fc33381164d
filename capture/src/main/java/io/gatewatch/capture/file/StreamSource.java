package io.gatewatch.capture.file;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a stream: standard input, a FIFO that a live capture writes to. */
final class StreamSource implements ByteSource {
    /**
     * A pipe holds no more by default, and the JDK takes native memory for what is asked for, not
     * for what comes.
     */
    private static final int MAX_READ = 64 * 1024;

    private final InputStream in;
    private long taken;

    StreamSource(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = in.read(into, offset, Math.min(length, MAX_READ));
        taken += Math.max(0, read);
        return read;
    }

    @Override
    public boolean ready() throws IOException {
        return in.available() > 0;
    }

    @Override
    public long bytesTaken() {
        return taken;
    }

    @Override
    public long size() {
        return CaptureReader.UNKNOWN_SIZE;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
