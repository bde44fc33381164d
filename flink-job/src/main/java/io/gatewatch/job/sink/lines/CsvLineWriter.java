package io.gatewatch.job.sink.lines;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A row as one line of CSV (RFC 4180, but lines end in a line feed): a heading with the names of
 * the fields, empty fields where there is no value, lists joined by a bar.
 */
final class CsvLineWriter<T> implements LineWriter<T>, FieldWriter {
    private final RowFields<T> fields;
    private final StringBuilder line = new StringBuilder(1024);

    CsvLineWriter(RowFields<T> fields) {
        this.fields = fields;
    }

    @Override
    public byte[] heading() {
        return new Heading().line(fields);
    }

    @Override
    public byte[] line(T row) throws IOException {
        line.setLength(0);
        fields.write(row, this);
        line.setCharAt(line.length() - 1, '\n');
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void text(String name, String value) {
        if (value != null) {
            appendQuoted(value);
        }
        line.append(',');
    }

    private void appendQuoted(String value) {
        if (!mustBeQuoted(value)) {
            line.append(value);
            return;
        }
        line.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"') {
                line.append('"');
            }
            line.append(c);
        }
        line.append('"');
    }

    private static boolean mustBeQuoted(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ',' || c == '"' || c == '\n' || c == '\r') {
                return true;
            }
        }
        return false;
    }

    @Override
    public void number(String name, long value) {
        line.append(value).append(',');
    }

    @Override
    public void nothing(String name) {
        line.append(',');
    }

    @Override
    public void names(String name, String[] values, int count) {
        for (int i = 0; i < count; i++) {
            line.append(i == 0 ? "" : "|").append(values[i]);
        }
        line.append(',');
    }

    @Override
    public void json(String name, String value) {
        text(name, value);
    }

    /** Collects the names of the fields. */
    private static final class Heading implements FieldWriter {
        private final StringBuilder names = new StringBuilder(512);

        <T> byte[] line(RowFields<T> fields) {
            try {
                fields.write(fields.empty(), this);
            } catch (IOException e) {
                throw new AssertionError("appending to a string does not fail", e);
            }
            names.setCharAt(names.length() - 1, '\n');
            return names.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void text(String name, String value) {
            names.append(name).append(',');
        }

        @Override
        public void number(String name, long value) {
            names.append(name).append(',');
        }

        @Override
        public void nothing(String name) {
            names.append(name).append(',');
        }

        @Override
        public void names(String name, String[] values, int count) {
            names.append(name).append(',');
        }

        @Override
        public void json(String name, String value) {
            names.append(name).append(',');
        }
    }
}
