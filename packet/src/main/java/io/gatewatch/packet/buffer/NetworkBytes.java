package io.gatewatch.packet.buffer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Unsigned integers in network byte order (big endian) at any position of an array. */
public final class NetworkBytes {
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private NetworkBytes() {}

    public static int uint8(byte[] bytes, int at) {
        return bytes[at] & 0xFF;
    }

    public static int uint16(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at) & 0xFFFF;
    }

    public static long uint32(byte[] bytes, int at) {
        return (int) INT.get(bytes, at) & 0xFFFFFFFFL;
    }

    public static long uint48(byte[] bytes, int at) {
        return (long) uint16(bytes, at) << 32 | uint32(bytes, at + 2);
    }

    /** All 64 bits, so values from 2^63 on are negative. */
    public static long int64(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }
}
