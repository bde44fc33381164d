package io.gatewatch.job.sink.lines;

import java.nio.charset.StandardCharsets;

/**
 * A line of a table for people. What is wider than its column moves the rest of the line. Reused;
 * not thread safe.
 */
final class TableLine {
    private final StringBuilder line = new StringBuilder(256);
    private int column;

    void begin() {
        line.setLength(0);
        column = 0;
    }

    void left(String value, int width) {
        line.append(value);
        column += width + 2;
        pad();
    }

    void right(String value, int width) {
        line.append(" ".repeat(Math.max(0, column + width - value.length() - line.length())));
        left(value, width);
    }

    private void pad() {
        do {
            line.append(' ');
        } while (line.length() < column);
    }

    byte[] end(String lastValue) {
        line.append(lastValue).append('\n');
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }
}
