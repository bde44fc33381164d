package io.gatewatch.testing;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a pcapng file (draft-ietf-opsawg-pcapng): sections, their interfaces, packets, in the
 * order of the calls.
 *
 * <pre>{@code
 * byte[] file = CaptureFileBuilder.pcapng().section(ByteOrder.BIG_ENDIAN)
 *         .interfaceOf(1, "eth0", 9)
 *         .packet(0, timeNs, frame)
 *         .toByteArray();
 * }</pre>
 */
public final class PcapngFileBuilder extends CaptureFileBuilder {
    public static final int SECTION_HEADER = 0x0A0D0D0A;
    public static final int INTERFACE_DESCRIPTION = 1;
    public static final int SIMPLE_PACKET = 3;
    public static final int ENHANCED_PACKET = 6;

    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int OPTION_NAME = 2;
    private static final int OPTION_RESOLUTION = 9;
    private static final int OPTION_OFFSET = 14;
    private static final int MICROSECONDS = 6;
    private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000L);

    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private final List<Clock> clocks = new ArrayList<>();

    /** How an interface of this section writes its times. */
    private static final class Clock {
        final long unitsPerSecond;
        final long offsetSeconds;

        Clock(long unitsPerSecond, long offsetSeconds) {
            this.unitsPerSecond = unitsPerSecond;
            this.offsetSeconds = offsetSeconds;
        }

        long units(long timeNs) {
            BigInteger sinceOffset =
                    BigInteger.valueOf(timeNs)
                            .subtract(BigInteger.valueOf(offsetSeconds).multiply(BILLION));
            return sinceOffset
                    .multiply(BigInteger.valueOf(unitsPerSecond))
                    .divide(BILLION)
                    .longValue();
        }
    }

    PcapngFileBuilder() {}

    /** Begins a section; its interfaces count from 0 again. */
    public PcapngFileBuilder section(ByteOrder sectionOrder) {
        order = sectionOrder;
        order(sectionOrder);
        clocks.clear();
        byte[] body =
                ByteBuffer.allocate(16)
                        .order(order)
                        .putInt(BYTE_ORDER_MAGIC)
                        .putShort((short) 1)
                        .putShort((short) 0)
                        .putLong(-1) // section length not stated
                        .array();
        return block(SECTION_HEADER, body);
    }

    /** An interface of microseconds without a name. */
    public PcapngFileBuilder interfaceOf(int linkType) {
        clocks.add(new Clock(1_000_000, 0));
        return interfaceBlock(linkType, 0, new byte[0]);
    }

    /**
     * An interface with a name and the resolution of its times.
     *
     * @param resolution as the option if_tsresol: a power of ten, or with bit 7 a power of two
     */
    public PcapngFileBuilder interfaceOf(int linkType, String name, int resolution) {
        return interfaceOf(linkType, name, resolution, 0, 0);
    }

    /**
     * An interface with everything.
     *
     * @param resolution as the option if_tsresol: a power of ten, or with bit 7 a power of two
     * @param offsetSeconds as the option if_tsoffset; 0 leaves it out
     * @param snapLength 0 for none
     */
    public PcapngFileBuilder interfaceOf(
            int linkType, String name, int resolution, long offsetSeconds, int snapLength) {
        ByteArrayOutputStream options = new ByteArrayOutputStream();
        options.writeBytes(option(OPTION_NAME, name.getBytes(StandardCharsets.UTF_8)));
        if (resolution != MICROSECONDS) {
            options.writeBytes(option(OPTION_RESOLUTION, new byte[] {(byte) resolution}));
        }
        if (offsetSeconds != 0) {
            byte[] value = ByteBuffer.allocate(8).order(order).putLong(offsetSeconds).array();
            options.writeBytes(option(OPTION_OFFSET, value));
        }
        options.writeBytes(option(0, new byte[0]));
        clocks.add(new Clock(unitsPerSecond(resolution), offsetSeconds));
        return interfaceBlock(linkType, snapLength, options.toByteArray());
    }

    private static long unitsPerSecond(int resolution) {
        boolean powerOfTwo = (resolution & 0x80) != 0;
        return (long) Math.pow(powerOfTwo ? 2 : 10, resolution & 0x7F);
    }

    private PcapngFileBuilder interfaceBlock(int linkType, int snapLength, byte[] options) {
        byte[] body =
                ByteBuffer.allocate(8 + options.length)
                        .order(order)
                        .putShort((short) linkType)
                        .putShort((short) 0)
                        .putInt(snapLength)
                        .put(options)
                        .array();
        return block(INTERFACE_DESCRIPTION, body);
    }

    /** A packet captured whole. */
    public PcapngFileBuilder packet(int interfaceIndex, long timeNs, byte[] frame) {
        return packet(interfaceIndex, timeNs, frame, frame.length);
    }

    /** A packet of which only {@code captured} was kept. */
    public PcapngFileBuilder packet(
            int interfaceIndex, long timeNs, byte[] captured, int originalLength) {
        long units = clocks.get(interfaceIndex).units(timeNs);
        byte[] body =
                ByteBuffer.allocate(20 + padded(captured.length))
                        .order(order)
                        .putInt(interfaceIndex)
                        .putInt((int) (units >>> 32))
                        .putInt((int) units)
                        .putInt(captured.length)
                        .putInt(originalLength)
                        .put(captured)
                        .array();
        return block(ENHANCED_PACKET, body);
    }

    /** Packets of interface 0, captured whole. */
    public PcapngFileBuilder packets(List<TimedFrame> frames) {
        frames.forEach(frame -> packet(0, frame.timeNs(), frame.bytes()));
        return this;
    }

    /**
     * A simple packet block: no time, interface 0; its captured length follows from snap length.
     */
    public PcapngFileBuilder simplePacket(byte[] captured, int originalLength) {
        byte[] body =
                ByteBuffer.allocate(4 + padded(captured.length))
                        .order(order)
                        .putInt(originalLength)
                        .put(captured)
                        .array();
        return block(SIMPLE_PACKET, body);
    }

    /** Any block; the body is filled up with zeros to words of four bytes. */
    public PcapngFileBuilder block(int type, byte[] body) {
        int length = 12 + padded(body.length);
        u32(type);
        u32(length);
        bytes(Arrays.copyOf(body, padded(body.length)));
        u32(length);
        return this;
    }

    private byte[] option(int code, byte[] value) {
        return ByteBuffer.allocate(4 + padded(value.length))
                .order(order)
                .putShort((short) code)
                .putShort((short) value.length)
                .put(value)
                .array();
    }

    private static int padded(int length) {
        return (length + 3) & ~3;
    }
}
