package io.gatewatch.settings;

/**
 * Text as it may stand on a terminal: what comes from outside (names of files, answers of servers)
 * cannot move the cursor, recolour the screen or look like a second message.
 */
public final class Printable {
    private static final int ASCII_LIMIT = 0x80;

    private Printable() {}

    /** The text with control characters and others that do not show as escapes. */
    public static String of(String text) {
        if (text.codePoints().allMatch(Printable::shows)) {
            return text;
        }
        StringBuilder line = new StringBuilder(text.length() + 16);
        text.codePoints()
                .forEach(
                        point -> {
                            if (shows(point)) {
                                line.appendCodePoint(point);
                            } else {
                                line.append(escape(point));
                            }
                        });
        return line.toString();
    }

    private static boolean shows(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    false;
            default -> true;
        };
    }

    private static String escape(int codePoint) {
        return switch (codePoint) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> (codePoint < ASCII_LIMIT ? "\\x%02x" : "\\u%04x").formatted(codePoint);
        };
    }
}
