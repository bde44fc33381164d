package io.gatewatch.job.sink.lines;

import io.gatewatch.traffic.session.EndReason;
import io.gatewatch.traffic.session.SessionRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A row as one line of CSV (RFC 4180, but lines end in a line feed): a heading with the names of
 * the fields, empty fields where there is no value, lists joined by a bar.
 */
final class SessionCsvWriter implements SessionLineWriter, FieldWriter {
    private final SessionFields fields = new SessionFields();
    private final StringBuilder line = new StringBuilder(1024);

    @Override
    public byte[] heading() {
        return new Heading().line();
    }

    @Override
    public byte[] line(SessionRow row) throws IOException {
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

        byte[] line() {
            try {
                new SessionFields().write(emptyRow(), this);
            } catch (IOException e) {
                throw new AssertionError("appending to a string does not fail", e);
            }
            names.setCharAt(names.length() - 1, '\n');
            return names.toString().getBytes(StandardCharsets.UTF_8);
        }

        private static SessionRow emptyRow() {
            SessionRow row = new SessionRow();
            row.sessionId = new byte[0];
            row.clientIp = new byte[4];
            row.serverIp = new byte[4];
            row.endReason = EndReason.OPEN;
            row.packets = new byte[0];
            return row;
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
