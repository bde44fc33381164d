package io.gatewatch.job.sink.lines;

import java.io.IOException;

/** Turns rows into lines of text, in UTF-8, each with its line feed. Not thread safe. */
interface LineWriter<T> {
    /** The lines that stand before the first row; none for most forms. */
    byte[] heading();

    /** The row as one line. */
    byte[] line(T row) throws IOException;
}
