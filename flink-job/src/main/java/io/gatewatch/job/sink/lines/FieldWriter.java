package io.gatewatch.job.sink.lines;

import java.io.IOException;

/** Takes the fields of a row one after another. */
interface FieldWriter {
    /** Text, or null where there is no value. */
    void text(String name, String value) throws IOException;

    void number(String name, long value) throws IOException;

    void nothing(String name) throws IOException;

    /**
     * A list of names.
     *
     * @param values in order; those beyond {@code count} are not part of it
     */
    void names(String name, String[] values, int count) throws IOException;

    /** A value that is JSON already. */
    void json(String name, String value) throws IOException;
}
