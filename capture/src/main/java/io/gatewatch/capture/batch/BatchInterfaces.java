package io.gatewatch.capture.batch;

import io.gatewatch.wire.CaptureInterface;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The interfaces of a capture: their link types for decoding, and the table that batches carry. The
 * latter is bounded, since every batch carries it: interfaces beyond {@value #MAX_SHIPPED}, or
 * beyond {@value #MAX_SHIPPED_BYTES} bytes of names, are shipped as one with the name "others".
 * Names are cut to what the wire takes. Not thread safe.
 */
final class BatchInterfaces {
    static final int MAX_SHIPPED = 1024;
    static final int MAX_SHIPPED_BYTES = 32 * 1024;
    static final String OTHERS = "others";

    private static final int MAX_NAME_BYTES = 255;
    private static final int NO_LINK_TYPE = -1;

    private int[] linkTypes = {};
    private final List<CaptureInterface> shipped = new ArrayList<>();
    private int named;

    void set(List<CaptureInterface> interfaces) {
        linkTypes = new int[interfaces.size()];
        shipped.clear();
        int bytes = 0;
        for (int i = 0; i < linkTypes.length; i++) {
            CaptureInterface captured = interfaces.get(i);
            linkTypes[i] = captured.linkType();
            String name = cut(captured.name());
            bytes += name.getBytes(StandardCharsets.UTF_8).length;
            if (shipped.size() == i && i < MAX_SHIPPED && bytes <= MAX_SHIPPED_BYTES) {
                shipped.add(new CaptureInterface(name, captured.linkType()));
            }
        }
        named = shipped.size();
        if (named < linkTypes.length) {
            shipped.add(new CaptureInterface(OTHERS, linkTypes[named]));
        }
    }

    /** LINKTYPE_ value, or one that nothing supports for an interface that is not known. */
    int linkType(int index) {
        return index >= 0 && index < linkTypes.length ? linkTypes[index] : NO_LINK_TYPE;
    }

    /** The interface's place in {@link #shipped}. */
    int shippedIndex(int index) {
        return Math.min(index, named);
    }

    List<CaptureInterface> shipped() {
        return shipped;
    }

    private static String cut(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= MAX_NAME_BYTES) {
            return name;
        }
        int end = MAX_NAME_BYTES;
        while ((utf8[end] & 0xC0) == 0x80) {
            end--; // not inside of a character
        }
        return new String(Arrays.copyOf(utf8, end), StandardCharsets.UTF_8);
    }
}
