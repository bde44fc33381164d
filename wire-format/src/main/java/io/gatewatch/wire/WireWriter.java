package io.gatewatch.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Growing byte array that the encoder writes to. Not thread safe. */
final class WireWriter {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    byte[] bytes;
    int length;

    WireWriter(int capacity) {
        bytes = new byte[capacity];
    }

    void clear() {
        length = 0;
    }

    void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    void u8(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    void u16(int value) {
        ensure(2);
        bytes[length++] = (byte) (value >>> 8);
        bytes[length++] = (byte) value;
    }

    void u32(int value) {
        ensure(4);
        INT.set(bytes, length, value);
        length += 4;
    }

    void u48(long value) {
        u16((int) (value >>> 32));
        u32((int) value);
    }

    void i64(long value) {
        ensure(8);
        LONG.set(bytes, length, value);
        length += 8;
    }

    void setU32(int offset, int value) {
        INT.set(bytes, offset, value);
    }

    void varint(long value) {
        ensure(10);
        length = putVarint(bytes, length, value);
    }

    void zigzag(long value) {
        ensure(10);
        length = putZigzag(bytes, length, value);
    }

    void raw(byte[] source, int offset, int count) {
        ensure(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    void address(int ipVersion, long high, long low) {
        if (ipVersion == 4) {
            u32((int) low);
        } else {
            i64(high);
            i64(low);
        }
    }

    static int putVarint(byte[] out, int at, long value) {
        long rest = value;
        int to = at;
        while ((rest & ~0x7FL) != 0) {
            out[to++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        out[to++] = (byte) rest;
        return to;
    }

    static int putZigzag(byte[] out, int at, long value) {
        return putVarint(out, at, (value << 1) ^ (value >> 63));
    }
}
