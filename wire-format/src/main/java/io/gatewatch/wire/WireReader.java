package io.gatewatch.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bounded reader over a batch's bytes: every read is checked against the limit. Not thread safe.
 */
final class WireReader {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** What the JDK puts in the place of malformed UTF-8. */
    private static final char REPLACEMENT = '\uFFFD';

    byte[] bytes = WirePacket.NO_BYTES;
    int at;
    int limit;

    void wrap(byte[] source, int offset, int length) {
        bytes = source;
        at = offset;
        limit = offset + length;
    }

    int remaining() {
        return limit - at;
    }

    void need(long count) throws WireFormatException {
        if (count < 0 || count > limit - at) {
            throw new WireFormatException(
                    "cut short at byte "
                            + at
                            + ": "
                            + count
                            + " bytes needed, "
                            + (limit - at)
                            + " there");
        }
    }

    int u8() throws WireFormatException {
        need(1);
        return bytes[at++] & 0xFF;
    }

    int u16() throws WireFormatException {
        need(2);
        int value = (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
        at += 2;
        return value;
    }

    int i32() throws WireFormatException {
        need(4);
        int value = (int) INT.get(bytes, at);
        at += 4;
        return value;
    }

    long u48() throws WireFormatException {
        return (long) u16() << 32 | (i32() & 0xFFFF_FFFFL);
    }

    long i64() throws WireFormatException {
        need(8);
        long value = (long) LONG.get(bytes, at);
        at += 8;
        return value;
    }

    long varint() throws WireFormatException {
        if (at < limit && bytes[at] >= 0) {
            return bytes[at++];
        }
        return longVarint();
    }

    private long longVarint() throws WireFormatException {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            need(1);
            byte octet = bytes[at++];
            if (shift == 63 && (octet & 0xFE) != 0) {
                break;
            }
            value |= (long) (octet & 0x7F) << shift;
            if (octet >= 0) {
                return value;
            }
        }
        throw new WireFormatException("varint longer than 64 bits at byte " + at);
    }

    long zigzag() throws WireFormatException {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    /** A varint that counts something: at most {@code max}. */
    int count(String what, int max) throws WireFormatException {
        long value = varint();
        if (value < 0 || value > max) {
            throw tooLarge(what, value, max);
        }
        return (int) value;
    }

    /** A varint that counts bytes to come: at most as many as are left behind it. */
    int length(String what) throws WireFormatException {
        long value = varint();
        if (value < 0 || value > remaining()) {
            throw tooLarge(what, value, remaining());
        }
        return (int) value;
    }

    /** A varint of at most 63 bits. */
    long unsigned(String what) throws WireFormatException {
        long value = varint();
        if (value < 0) {
            throw tooLarge(what, value, Long.MAX_VALUE);
        }
        return value;
    }

    private WireFormatException tooLarge(String what, long value, long max) {
        return new WireFormatException(
                what
                        + " is "
                        + Long.toUnsignedString(value)
                        + " at byte "
                        + at
                        + ": at most "
                        + max);
    }

    /** Moves over {@code count} bytes and returns where they begin. */
    int skip(int count) throws WireFormatException {
        need(count);
        int from = at;
        at += count;
        return from;
    }

    /** Text of at most 255 bytes; malformed UTF-8 is refused, or two names could become one. */
    String text(String what) throws WireFormatException {
        int length = count(what, BatchLayout.MAX_NAME_LENGTH);
        int from = skip(length);
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0 && !isEncodingOf(text, from, length)) {
            throw new WireFormatException(what + " is not UTF-8 at byte " + from);
        }
        return text;
    }

    private boolean isEncodingOf(String text, int from, int length) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(utf8, 0, utf8.length, bytes, from, from + length);
    }

    /** Checks a section of extension fields and moves behind it; returns its length. */
    int extensions() throws WireFormatException {
        int length = length("extensions length");
        int end = at + length;
        int outerLimit = limit;
        limit = end;
        while (at < end) {
            varint(); // tag
            skip(length("extension length"));
        }
        limit = outerLimit;
        return length;
    }
}
