package io.gatewatch.wire;

/**
 * Puts the extension fields of one batch, flow or packet together, for the parameters that {@link
 * BatchEncoder} and {@link WirePacket} have for them. Reused after {@link #clear}. Not thread safe.
 */
public final class ExtensionEncoder {
    private final WireWriter out = new WireWriter(64);

    /** Forgets all fields. */
    public void clear() {
        out.clear();
    }

    /** Appends a field; docs/wire-format.md assigns the ranges of tags. */
    public void add(long tag, byte[] value, int offset, int length) {
        out.varint(tag);
        out.varint(length);
        out.raw(value, offset, length);
    }

    /** The fields: {@link #length()} bytes from 0 on, valid until the next {@link #clear}. */
    public byte[] bytes() {
        return out.bytes;
    }

    public int length() {
        return out.length;
    }
}
