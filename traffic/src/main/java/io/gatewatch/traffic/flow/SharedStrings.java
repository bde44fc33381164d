package io.gatewatch.traffic.flow;

import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads names that come over and over, such as those of sites and gateways, as {@link
 * DataInput#readUTF} does, but hands out the same object for equal ones, and allocates nothing for
 * one that it has read lately. Thread safe: what a slot holds is immutable, and a lost update costs
 * a second object.
 */
public final class SharedStrings {
    /** A power of two; names beyond it drive one another out. */
    private static final int SLOTS = 1024;

    private static final int MAX_SHARED_LENGTH = 255;
    private static final int LENGTH_BYTES = 2;

    private static final Entry[] ENTRIES = new Entry[SLOTS];
    private static final ThreadLocal<byte[]> SCRATCH =
            ThreadLocal.withInitial(() -> new byte[LENGTH_BYTES + MAX_SHARED_LENGTH]);

    private static final class Entry {
        /** As written: length (2) and modified UTF-8. */
        final byte[] bytes;

        final String text;

        Entry(byte[] bytes, String text) {
            this.bytes = bytes;
            this.text = text;
        }
    }

    private SharedStrings() {}

    /** Reads what {@link java.io.DataOutput#writeUTF} wrote. */
    public static String read(DataInput in) throws IOException {
        int length = in.readUnsignedShort();
        boolean shared = length <= MAX_SHARED_LENGTH;
        byte[] bytes = shared ? SCRATCH.get() : new byte[LENGTH_BYTES + length];
        bytes[0] = (byte) (length >>> 8);
        bytes[1] = (byte) length;
        in.readFully(bytes, LENGTH_BYTES, length);
        return shared ? shared(bytes, LENGTH_BYTES + length) : decode(bytes);
    }

    private static String shared(byte[] bytes, int length) throws IOException {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + bytes[i];
        }
        int slot = (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (SLOTS - 1);
        Entry entry = ENTRIES[slot];
        if (entry == null || !Arrays.equals(entry.bytes, 0, entry.bytes.length, bytes, 0, length)) {
            entry = new Entry(Arrays.copyOf(bytes, length), decode(bytes));
            ENTRIES[slot] = entry;
        }
        return entry.text;
    }

    private static String decode(byte[] bytes) throws IOException {
        return new DataInputStream(new ByteArrayInputStream(bytes)).readUTF();
    }
}
