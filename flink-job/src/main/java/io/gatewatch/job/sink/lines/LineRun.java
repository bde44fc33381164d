package io.gatewatch.job.sink.lines;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;

/** Lines in order, from memory or a spilled file, and the one that is next. */
final class LineRun implements Comparable<LineRun>, Closeable {
    private final Iterator<SortedLine> memory;
    private final Path file;
    private final DataInputStream in;
    private SortedLine line;

    LineRun(Iterator<SortedLine> memory) {
        this(memory, null, null);
    }

    private LineRun(Iterator<SortedLine> memory, Path file, DataInputStream in) {
        this.memory = memory;
        this.file = file;
        this.in = in;
    }

    static LineRun open(Path file, DataInputStream in) {
        return new LineRun(Collections.emptyIterator(), file, in);
    }

    /** The line that {@link #advance} moved to. */
    SortedLine line() {
        return line;
    }

    /**
     * @return false behind the last line
     */
    boolean advance() throws IOException {
        if (in == null) {
            line = memory.hasNext() ? memory.next() : null;
            return line != null;
        }
        try {
            line = SortedLineSerializer.read(in);
            return true;
        } catch (EOFException e) {
            line = null;
            return false;
        }
    }

    @Override
    public int compareTo(LineRun other) {
        return line.compareTo(other.line);
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
        }
    }

    @Override
    public String toString() {
        return in == null ? "lines in memory" : file.toString();
    }
}
