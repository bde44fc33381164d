package io.gatewatch.job.sink.lines;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Sorts lines in bounded memory: when what is held grows beyond the limit it is written to a
 * temporary file as a sorted run; at the end the runs are merged. Not thread safe.
 */
final class LineSorter implements Closeable {
    /** Objects and arrays around the bytes of a line, roughly. */
    private static final int LINE_OVERHEAD_BYTES = 96;

    private static final int STREAM_BUFFER_BYTES = 1 << 16;

    /** More runs than this are first merged into one, so that few files are open at once. */
    private static final int MAX_RUNS = 64;

    private final Path folder;
    private final long memoryLimitBytes;
    private final List<SortedLine> held = new ArrayList<>();
    private final List<Path> runs = new ArrayList<>();
    private long heldBytes;

    /**
     * @param folder where runs are spilled; nothing is left there
     * @param memoryLimitBytes what may be held before a run is spilled
     */
    LineSorter(Path folder, long memoryLimitBytes) {
        this.folder = folder;
        this.memoryLimitBytes = memoryLimitBytes;
    }

    void add(SortedLine line) throws IOException {
        held.add(line);
        heldBytes += line.bytes().length + line.id().length + LINE_OVERHEAD_BYTES;
        if (heldBytes >= memoryLimitBytes) {
            spill();
        }
    }

    /** Writes all lines in order; the sorter is empty afterwards. */
    void writeTo(OutputStream out) throws IOException {
        Collections.sort(held);
        List<LineRun> sources = new ArrayList<>();
        try {
            openRuns(sources);
            sources.add(new LineRun(held.iterator()));
            merge(sources, line -> out.write(line.bytes()));
        } finally {
            closeAll(sources);
        }
        close();
    }

    int runs() {
        return runs.size();
    }

    private void spill() throws IOException {
        Collections.sort(held);
        Path run = newRun();
        try (DataOutputStream out = output(run)) {
            for (SortedLine line : held) {
                SortedLineSerializer.write(line, out);
            }
        }
        held.clear();
        heldBytes = 0;
        if (runs.size() == MAX_RUNS) {
            mergeRuns();
        }
    }

    private void mergeRuns() throws IOException {
        List<Path> merged = List.copyOf(runs);
        List<LineRun> sources = new ArrayList<>();
        Path run = newRun();
        try (DataOutputStream out = output(run)) {
            for (Path path : merged) {
                sources.add(LineRun.open(path, input(path)));
            }
            merge(sources, line -> SortedLineSerializer.write(line, out));
        } finally {
            closeAll(sources);
        }
        for (Path path : merged) {
            Files.deleteIfExists(path);
        }
        runs.removeAll(merged);
    }

    private void openRuns(List<LineRun> sources) throws IOException {
        for (Path run : runs) {
            sources.add(LineRun.open(run, input(run)));
        }
    }

    private static void merge(List<LineRun> sources, LineReceiver receiver) throws IOException {
        PriorityQueue<LineRun> queue = new PriorityQueue<>();
        for (LineRun source : sources) {
            if (source.advance()) {
                queue.add(source);
            }
        }
        while (!queue.isEmpty()) {
            LineRun first = queue.poll();
            receiver.accept(first.line());
            if (first.advance()) {
                queue.add(first);
            }
        }
    }

    private Path newRun() throws IOException {
        Path run = Files.createTempFile(folder, ".gatewatch-sort", ".run");
        run.toFile().deleteOnExit();
        runs.add(run);
        return run;
    }

    private static DataOutputStream output(Path run) throws IOException {
        return new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(run), STREAM_BUFFER_BYTES));
    }

    private static DataInputStream input(Path run) throws IOException {
        return new DataInputStream(
                new BufferedInputStream(Files.newInputStream(run), STREAM_BUFFER_BYTES));
    }

    private static void closeAll(List<LineRun> sources) throws IOException {
        for (LineRun source : sources) {
            source.close();
        }
    }

    /** Drops everything held and spilled. */
    @Override
    public void close() throws IOException {
        held.clear();
        heldBytes = 0;
        for (Path run : runs) {
            Files.deleteIfExists(run);
        }
        runs.clear();
    }

    /** Takes lines in order. */
    private interface LineReceiver {
        void accept(SortedLine line) throws IOException;
    }
}
