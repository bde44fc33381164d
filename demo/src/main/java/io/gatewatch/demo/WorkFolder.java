package io.gatewatch.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where the demo keeps its data: a folder that the user named and that stays, or a temporary one
 * that goes at the end unless it is kept for its logs.
 */
final class WorkFolder implements AutoCloseable {
    private final Path path;
    private boolean kept;

    private WorkFolder(Path path, boolean kept) {
        this.path = path;
        this.kept = kept;
    }

    /** The named folder, or a temporary one if that is null. */
    static WorkFolder open(Path named) throws IOException {
        if (named == null) {
            return new WorkFolder(Files.createTempDirectory("gatewatch-demo"), false);
        }
        return new WorkFolder(Files.createDirectories(named).toAbsolutePath(), true);
    }

    Path path() {
        return path;
    }

    Path logs() {
        return path.resolve("logs");
    }

    /** Leaves everything where it is. */
    void keep() {
        kept = true;
    }

    @Override
    public void close() throws IOException {
        if (kept) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder()).forEach(WorkFolder::delete);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
