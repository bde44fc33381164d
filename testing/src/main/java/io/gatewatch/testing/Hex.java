package io.gatewatch.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Bytes written as hexadecimal text with comments: white space means nothing, {@code #} begins a
 * comment that ends with its line.
 */
public final class Hex {
    private Hex() {}

    /**
     * The bytes of the text; several lines may be one argument or several.
     *
     * @throws IllegalArgumentException if something else than pairs of digits is left, with its
     *     line
     */
    public static byte[] bytes(String... lines) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String line : String.join("\n", lines).split("\n", -1)) {
            int comment = line.indexOf('#');
            String digits = (comment < 0 ? line : line.substring(0, comment)).replaceAll("\\s", "");
            try {
                out.writeBytes(HexFormat.of().parseHex(digits));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("not hexadecimal: '" + line + "'", e);
            }
        }
        return out.toByteArray();
    }

    /** The bytes of such a text in a resource beside {@code owner}. */
    public static byte[] resource(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException(
                        "no resource " + name + " beside " + owner.getName());
            }
            return bytes(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pairs of lower case digits, 16 on a line. */
    public static String text(byte[] bytes) {
        StringBuilder out = new StringBuilder(bytes.length * 3);
        HexFormat digits = HexFormat.of();
        for (int i = 0; i < bytes.length; i++) {
            if (i != 0) {
                out.append(i % 16 == 0 ? '\n' : ' ');
            }
            digits.toHexDigits(out, bytes[i]);
        }
        return out.toString();
    }
}
