package io.gatewatch.traffic.session;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How states and rows are coded: numbers as LEB128 (seven bits a byte, the lowest first, since most
 * counters of a session are small), constants of enums as one byte, their ordinal.
 */
final class StateCoding {
    private StateCoding() {}

    static void write(DataOutput out, long value) throws IOException {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.writeByte(((int) rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    static long read(DataInput in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int octet = in.readUnsignedByte();
            value |= (long) (octet & 0x7F) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw new IOException("varint longer than 64 bits");
    }

    static int readCount(DataInput in, int max) throws IOException {
        long value = read(in);
        if (value < 0 || value > max) {
            throw new IOException("count " + Long.toUnsignedString(value) + ": at most " + max);
        }
        return (int) value;
    }

    /** Numbers that may be negative: zigzag. */
    static void writeSigned(DataOutput out, long value) throws IOException {
        write(out, (value << 1) ^ (value >> 63));
    }

    static long readSigned(DataInput in) throws IOException {
        long value = read(in);
        return (value >>> 1) ^ -(value & 1);
    }

    static void writeConstant(DataOutput out, Enum<?> constant) throws IOException {
        out.writeByte(constant.ordinal());
    }

    /** {@code values} is the enum's own array, kept by it: {@code values()} copies. */
    static <E extends Enum<E>> E readConstant(DataInput in, E[] values) throws IOException {
        int ordinal = in.readUnsignedByte();
        if (ordinal >= values.length) {
            throw new IOException(
                    "unknown " + values[0].getDeclaringClass().getSimpleName() + " " + ordinal);
        }
        return values[ordinal];
    }
}
