package io.gatewatch.capture.file;

import java.io.Closeable;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A window that slides over the input. What {@link #require} promised stands in {@link #bytes} at
 * {@link #position} in one piece and stays there until the next call; only then are bytes at the
 * end of the array moved to its front to make room. Grows as data arrives, never because a length
 * in the input says so, so that a lie costs no memory. Not thread safe.
 */
final class ReadBuffer implements Closeable {
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Fits the second-level cache together with the kernel's copy. */
    static final int INITIAL_CAPACITY = 256 * 1024;

    private final ByteSource source;

    byte[] bytes;
    int position;
    private int limit;
    private boolean ended;
    private String damage;

    /** Offset of bytes[0] in the unpacked input. */
    private long baseOffset;

    ReadBuffer(ByteSource source) {
        this(source, INITIAL_CAPACITY);
    }

    ReadBuffer(ByteSource source, int capacity) {
        this.source = source;
        bytes = new byte[capacity];
    }

    /** Bytes at the position that can be read without asking the source. */
    int buffered() {
        return limit - position;
    }

    /** Where the position stands in the unpacked input. */
    long offset() {
        return baseOffset + position;
    }

    /** Makes {@code length} bytes readable at the position; false if the input ends before that. */
    boolean require(int length) throws IOException {
        return limit - position >= length || fill(length);
    }

    /**
     * Makes as many of {@code length} bytes readable as come without waiting.
     *
     * @return whether waiting for more is useless: they are there, or the input has ended
     */
    boolean poll(int length) throws IOException {
        while (buffered() < length && !ended && source.ready()) {
            readMore(length);
        }
        return buffered() >= length || ended;
    }

    /** Passes over {@code length} bytes; false if the input ends before that. */
    boolean skip(long length) throws IOException {
        long rest = length;
        while (rest > buffered()) {
            rest -= buffered();
            position = limit;
            if (!require(1)) {
                return false;
            }
        }
        position += (int) rest;
        return true;
    }

    /** Bytes of the input before the position, before unpacking; while unpacking a few more. */
    long bytesRead() {
        return Math.min(offset(), source.bytesTaken());
    }

    long size() {
        return source.size();
    }

    /**
     * One line about an input that ended before a record of {@code neededLength} bytes; null if it
     * ended where a record would have begun.
     */
    String describeEnd(int neededLength) {
        return buffered() == 0 && damage == null
                ? null
                : describeCut(buffered() + " of " + neededLength + " bytes of a record are there");
    }

    /** One line about an input that ended inside of something. */
    String describeCut(String what) {
        String why = damage == null ? "cut short at byte " + offset() + ": " + what : damage;
        return why + "; all packets before that were read";
    }

    /** One line about something at the position that cannot be right. */
    String describeImpossible(String what) {
        return "damaged at byte " + offset() + ": " + what + "; all packets before that were read";
    }

    /** What ended the input early, other than its being cut; null if nothing did. */
    String damage() {
        return damage;
    }

    int uint8(int at) {
        return bytes[at] & 0xFF;
    }

    int uint16(int at, boolean bigEndian) {
        short value = (short) SHORT.get(bytes, at);
        return (bigEndian ? Short.reverseBytes(value) : value) & 0xFFFF;
    }

    int int32(int at, boolean bigEndian) {
        int value = (int) INT.get(bytes, at);
        return bigEndian ? Integer.reverseBytes(value) : value;
    }

    long uint32(int at, boolean bigEndian) {
        return int32(at, bigEndian) & 0xFFFFFFFFL;
    }

    private boolean fill(int length) throws IOException {
        while (buffered() < length) {
            if (ended) {
                return false;
            }
            readMore(length);
        }
        return true;
    }

    private void readMore(int length) throws IOException {
        makeRoom(length);
        try {
            int read = source.read(bytes, limit, bytes.length - limit);
            if (read == ByteSource.END) {
                ended = true;
            } else {
                limit += read;
            }
        } catch (DamagedInputException e) {
            ended = true;
            damage = e.getMessage();
        }
    }

    private void makeRoom(int length) {
        if (position + length > bytes.length) {
            byte[] to = bytes;
            if (limit - position == bytes.length) {
                to = new byte[(int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)];
            }
            System.arraycopy(bytes, position, to, 0, limit - position);
            bytes = to;
            baseOffset += position;
            limit -= position;
            position = 0;
        } else if (position == limit) {
            baseOffset += position;
            position = 0;
            limit = 0;
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
