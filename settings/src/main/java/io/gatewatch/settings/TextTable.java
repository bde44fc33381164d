package io.gatewatch.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A table in plain text: columns as wide as their longest cell, two spaces between them. A column
 * whose heading begins with {@code >} is aligned to the right.
 */
public final class TextTable {
    private static final String RIGHT = ">";

    private final boolean[] right;
    private final List<String[]> rows = new ArrayList<>();

    public TextTable(String... headings) {
        right = new boolean[headings.length];
        String[] first = new String[headings.length];
        for (int i = 0; i < headings.length; i++) {
            right[i] = headings[i].startsWith(RIGHT);
            first[i] = right[i] ? headings[i].substring(1) : headings[i];
        }
        rows.add(first);
    }

    public void row(String... cells) {
        if (cells.length != right.length) {
            throw new IllegalArgumentException(cells.length + " cells for " + right.length);
        }
        rows.add(cells.clone());
    }

    public List<String> lines() {
        int[] widths = new int[right.length];
        for (String[] row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(String[] row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - row[i].length());
            line.append(i == 0 ? "" : "  ");
            line.append(right[i] ? padding + row[i] : row[i] + padding);
        }
        return line.toString().stripTrailing();
    }

    /** With a comma every three digits. */
    public static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
