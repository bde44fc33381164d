package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** A capture file that an agent reads from a named pipe, as fast as the test writes it. */
final class CapturePipe implements AutoCloseable {
    private final Path path;
    private final byte[] bytes;
    private final RandomAccessFile pipe;
    private int written;

    private CapturePipe(Path path, byte[] bytes, RandomAccessFile pipe) {
        this.path = path;
        this.bytes = bytes;
        this.pipe = pipe;
    }

    /** A pipe beside the file. */
    static CapturePipe of(Path capture) throws IOException, InterruptedException {
        Path path = capture.resolveSibling(capture.getFileName() + ".pipe");
        int exitCode = new ProcessBuilder("mkfifo", path.toString()).start().waitFor();
        assertThat(exitCode).as("mkfifo %s", path).isZero();
        // Opened for reading too, this does not wait for the agent.
        RandomAccessFile pipe = new RandomAccessFile(path.toFile(), "rw");
        return new CapturePipe(path, Files.readAllBytes(capture), pipe);
    }

    Path path() {
        return path;
    }

    /** Writes on until the agent can have this part of the capture. */
    void writeUpTo(double part) throws IOException {
        int end = (int) (bytes.length * part);
        pipe.write(bytes, written, end - written);
        written = end;
    }

    /** Writes the rest; the agent reaches the end of its file. */
    void finish() throws IOException {
        writeUpTo(1);
        pipe.close();
    }

    @Override
    public void close() throws IOException {
        pipe.close();
    }
}
