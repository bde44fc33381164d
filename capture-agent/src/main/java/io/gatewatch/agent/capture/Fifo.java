package io.gatewatch.agent.capture;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A named pipe in a folder of its own that only this user can enter. Both ends can be opened
 * without waiting for the other, in any order, until it is closed; then its name is gone and only
 * the ends are left.
 */
final class Fifo implements Closeable {
    private static final int OWNER_ONLY = 0600;
    private static final int O_RDWR = 2;
    private static final int F_SETPIPE_SZ = 1031;
    private static final int CAPACITY_BYTES = 1 << 20;

    /** The C library. */
    private interface CLibrary extends Library {
        CLibrary INSTANCE = Native.load("c", CLibrary.class);

        int mkfifo(String path, int mode) throws LastErrorException;

        int open(String path, int flags, Object... mode) throws LastErrorException;

        int fcntl(int descriptor, int command, Object... argument) throws LastErrorException;

        int close(int descriptor) throws LastErrorException;
    }

    private final Path folder;
    private final Path path;
    private final int keeper;

    private Fifo(Path folder, Path path, int keeper) {
        this.folder = folder;
        this.path = path;
        this.keeper = keeper;
    }

    static Fifo create() throws IOException {
        Path folder = Files.createTempDirectory("gatewatch-agent");
        Path path = folder.resolve("packets");
        try {
            CLibrary.INSTANCE.mkfifo(path.toString(), OWNER_ONLY);
            // Open for both, which on Linux and macOS never waits: so neither end waits either.
            int keeper = CLibrary.INSTANCE.open(path.toString(), O_RDWR);
            enlarge(keeper);
            return new Fifo(folder, path, keeper);
        } catch (LastErrorException e) {
            Files.deleteIfExists(path);
            Files.deleteIfExists(folder);
            throw new IOException("cannot make a FIFO in " + folder + ": " + e.getMessage(), e);
        }
    }

    /** The more it holds the longer the reader may be away; what it has by default works too. */
    private static void enlarge(int descriptor) {
        if (Platform.isLinux()) {
            try {
                CLibrary.INSTANCE.fcntl(descriptor, F_SETPIPE_SZ, CAPACITY_BYTES);
            } catch (LastErrorException e) {
                return; // more than /proc/sys/fs/pipe-max-size
            }
        }
    }

    String path() {
        return path.toString();
    }

    InputStream openForReading() throws IOException {
        return new FileInputStream(path.toFile());
    }

    /** Removes the name; ends that were opened stay open. */
    @Override
    public void close() throws IOException {
        CLibrary.INSTANCE.close(keeper);
        Files.deleteIfExists(path);
        Files.deleteIfExists(folder);
    }
}
