package io.gatewatch.job.sink.lines;

import java.io.IOException;

/** The fields of a kind of rows, as text outputs show them. Not thread safe. */
interface RowFields<T> {
    /** Tells all fields in order, always the same ones. */
    void write(T row, FieldWriter out) throws IOException;

    /** A row without content, to learn the names of the fields from. */
    T empty();
}
