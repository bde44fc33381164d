package io.gatewatch.capture.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of a regular file. */
final class FileSource implements ByteSource {
    private final FileChannel channel;
    private final long size;
    private ByteBuffer window = ByteBuffer.allocate(0);
    private long taken;

    FileSource(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
        size = channel.size();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (window.array() != into) {
            window = ByteBuffer.wrap(into);
        }
        int read = channel.read(window.limit(offset + length).position(offset));
        taken += Math.max(0, read);
        return read;
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public long bytesTaken() {
        return taken;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
