package io.gatewatch.wire;

/**
 * Walks through the extension fields of a batch, a flow or a packet: whoever knows a tag takes its
 * value, whoever does not moves on. Allocates nothing. Not thread safe.
 *
 * <pre>{@code
 * extensions.wrap(packet.extensions, packet.extensionsOffset, packet.extensionsLength);
 * while (extensions.next()) {
 *     if (extensions.tag() == TAG_OF_MINE) { ... }
 * }
 * }</pre>
 */
public final class ExtensionCursor {
    private final WireReader reader = new WireReader();
    private long tag;
    private int valueOffset;
    private int valueLength;

    /** Stands before the first field of these bytes. */
    public void wrap(byte[] bytes, int offset, int length) {
        reader.wrap(bytes, offset, length);
    }

    /**
     * Moves to the next field.
     *
     * @return false behind the last one
     * @throws WireFormatException never for bytes that came out of a decoded batch, which checks
     *     them
     */
    public boolean next() throws WireFormatException {
        if (reader.remaining() == 0) {
            return false;
        }
        tag = reader.varint();
        valueLength = reader.length("extension length");
        valueOffset = reader.skip(valueLength);
        return true;
    }

    /**
     * Moves to the next field with this tag.
     *
     * @return false if there is none
     */
    public boolean find(long wantedTag) throws WireFormatException {
        while (next()) {
            if (tag == wantedTag) {
                return true;
            }
        }
        return false;
    }

    /** Unsigned; docs/wire-format.md assigns the ranges. */
    public long tag() {
        return tag;
    }

    /** The array that holds the value at {@link #valueOffset()}. */
    public byte[] bytes() {
        return reader.bytes;
    }

    public int valueOffset() {
        return valueOffset;
    }

    public int valueLength() {
        return valueLength;
    }
}
