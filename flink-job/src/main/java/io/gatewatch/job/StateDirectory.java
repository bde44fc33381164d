package io.gatewatch.job;

import io.gatewatch.settings.CommandFailure;
import io.gatewatch.settings.OutputFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the local job keeps its checkpoints and savepoints. A snapshot is a directory with a file
 * {@code _metadata}, which Flink writes last: one that a crash has interrupted has none. A
 * directory serves one job at a time: two would delete each other's checkpoints.
 */
final class StateDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateDirectory.class);
    private static final String METADATA = "_metadata";
    private static final String LOCK = "lock";
    private static final int DEPTH = 4;

    private final Path root;
    private final boolean kept;

    /** Holds the lock until it is closed or the process ends; null where nobody else comes. */
    private final FileChannel lock;

    private StateDirectory(Path root, boolean kept, FileChannel lock) {
        this.root = root;
        this.kept = kept;
        this.lock = lock;
    }

    /**
     * Makes the directory if it is not there.
     *
     * @param root null for one that lasts only as long as the process
     * @throws CommandFailure if it cannot be written to, or another job uses it
     */
    static StateDirectory create(Path root) throws IOException {
        if (root == null) {
            return new StateDirectory(Files.createTempDirectory("gatewatch-job"), false, null);
        }
        OutputFile.requireFolder("--state-dir", root);
        return new StateDirectory(root.toAbsolutePath(), true, lock(root));
    }

    private static FileChannel lock(Path root) throws IOException {
        FileChannel file =
                FileChannel.open(
                        root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            LOG.debug("locked by this process", e);
        } finally {
            if (!taken) {
                file.close();
            }
        }
        if (!taken) {
            throw CommandFailure.usage(
                    "--state-dir is " + root + ": another gatewatch job runs with it");
        }
        return file;
    }

    /** Whether it outlives the process. */
    boolean isKept() {
        return kept;
    }

    Path checkpoints() {
        return root.resolve("checkpoints");
    }

    Path savepoints() {
        return root.resolve("savepoints");
    }

    /** The newest snapshot that can be read, if there is one. */
    Optional<Path> newest() throws IOException {
        for (Path snapshot : newestFirst()) {
            if (isComplete(snapshot)) {
                return Optional.of(snapshot);
            }
            LOG.warn("snapshot left out, it cannot be read: path={}", snapshot);
        }
        return Optional.empty();
    }

    private List<Path> newestFirst() throws IOException {
        try (Stream<Path> files = Files.walk(root, DEPTH)) {
            return files.filter(file -> file.endsWith(METADATA))
                    .sorted(Comparator.comparing(StateDirectory::written).reversed())
                    .map(Path::getParent)
                    .toList();
        }
    }

    /** Time of writing, and for two within one tick of the clock the higher number. */
    private static Written written(Path metadata) {
        try {
            String name = metadata.getParent().getFileName().toString();
            String digits = name.startsWith("chk-") ? name.substring("chk-".length()) : "0";
            return new Written(
                    Files.getLastModifiedTime(metadata).toMillis(), Long.parseLong(digits));
        } catch (IOException | NumberFormatException e) {
            return new Written(Long.MIN_VALUE, 0);
        }
    }

    static boolean isComplete(Path snapshot) {
        Path metadata = snapshot.resolve(METADATA);
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(metadata)))) {
            Checkpoints.loadCheckpointMetadata(
                    in, StateDirectory.class.getClassLoader(), snapshot.toString());
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** Takes away what runs that are over have left of directories without a file in them. */
    void removeEmpty() throws IOException {
        if (!Files.isDirectory(checkpoints())) {
            return;
        }
        for (Path run : list(checkpoints())) {
            if (!holdsFiles(run)) {
                delete(run);
            }
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    private static boolean holdsFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(Files::isRegularFile);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Takes away a directory that is not kept. */
    @Override
    public void close() throws IOException {
        if (kept) {
            lock.close();
        } else {
            delete(root);
        }
    }

    private record Written(long timeMs, long number) implements Comparable<Written> {
        private static final Comparator<Written> ORDER =
                Comparator.comparingLong(Written::timeMs).thenComparingLong(Written::number);

        @Override
        public int compareTo(Written other) {
            return ORDER.compare(this, other);
        }
    }
}
