package io.gatewatch.job.sink.lines;

import io.gatewatch.traffic.session.SessionRow;
import java.io.IOException;

/** Turns rows into lines of text, in UTF-8, each with its line feed. Not thread safe. */
interface SessionLineWriter {
    /** The lines that stand before the first row; none for most forms. */
    byte[] heading();

    /** The row as one line. */
    byte[] line(SessionRow row) throws IOException;
}
