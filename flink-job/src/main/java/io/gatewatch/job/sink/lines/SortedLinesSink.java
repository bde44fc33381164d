package io.gatewatch.job.sink.lines;

import io.gatewatch.settings.FileProblem;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes all lines in order once the input has ended: bounded runs, parallelism 1. A file appears
 * whole or not at all.
 */
public final class SortedLinesSink implements Sink<SortedLine> {
    private static final long serialVersionUID = 1L;
    private static final long MOST_MEMORY_BYTES = 256L << 20;
    private static final int SHARE_OF_HEAP = 8;
    private static final int OUTPUT_BUFFER_BYTES = 1 << 16;

    private final byte[] heading;
    private final String file;

    private SortedLinesSink(byte[] heading, Path file) {
        this.heading = heading;
        this.file = file == null ? null : file.toString();
    }

    /**
     * A sink of sessions.
     *
     * @param file where the lines go; null for standard output
     */
    public static SortedLinesSink sessions(LineFormat format, Path file) {
        return new SortedLinesSink(format.sessionWriter().heading(), file);
    }

    /** A sink of the DNS log into a file. */
    public static SortedLinesSink dnsLog(LineFormat format, Path file) {
        return new SortedLinesSink(format.dnsWriter().heading(), file);
    }

    @Override
    public SinkWriter<SortedLine> createWriter(WriterInitContext context) {
        return new Writer(heading, file == null ? null : Path.of(file));
    }

    private static final class Writer implements SinkWriter<SortedLine> {
        private final byte[] heading;
        private final Path file;
        private final Path folder;
        private final LineSorter sorter;

        Writer(byte[] heading, Path file) {
            this.heading = heading;
            this.file = file;
            folder =
                    file == null
                            ? Path.of(System.getProperty("java.io.tmpdir"))
                            : file.toAbsolutePath().getParent();
            this.sorter = new LineSorter(folder, memoryLimitBytes());
        }

        @Override
        public void write(SortedLine line, Context context) throws IOException {
            try {
                sorter.add(line);
            } catch (IOException e) {
                throw failure("temporary file in " + folder, e);
            }
        }

        @Override
        public void flush(boolean endOfInput) throws IOException {
            if (!endOfInput) {
                return;
            }
            if (file == null) {
                writeToStandardOutput();
                return;
            }
            try {
                writeFile();
            } catch (IOException e) {
                throw failure(file.toString(), e);
            }
        }

        /** Without the cause: the innermost message is what the user is told. */
        private static IOException failure(String what, IOException cause) {
            return new IOException(what + ": cannot be written: " + FileProblem.reason(cause));
        }

        /** It is the process's: flushed, never closed. */
        private void writeToStandardOutput() throws IOException {
            writeLines(buffered(System.out));
            if (System.out.checkError()) {
                throw new IOException("standard output cannot be written to");
            }
        }

        private void writeFile() throws IOException {
            Path unfinished = file.resolveSibling("." + file.getFileName() + ".unfinished");
            unfinished.toFile().deleteOnExit();
            try (OutputStream out = buffered(Files.newOutputStream(unfinished))) {
                writeLines(out);
            } catch (IOException e) {
                Files.deleteIfExists(unfinished);
                throw e;
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        }

        private static long memoryLimitBytes() {
            return Math.min(MOST_MEMORY_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
        }

        private void writeLines(OutputStream out) throws IOException {
            out.write(heading);
            sorter.writeTo(out);
            out.flush();
        }

        private static OutputStream buffered(OutputStream out) {
            return new BufferedOutputStream(out, OUTPUT_BUFFER_BYTES);
        }

        @Override
        public void close() throws IOException {
            sorter.close();
        }
    }
}
