package io.gatewatch.testing;

import java.nio.ByteOrder;
import java.util.List;

/**
 * Writes a pcap file (draft-ietf-opsawg-pcap). What concerns the whole file comes first, then the
 * packets in order.
 */
public final class PcapFileBuilder extends CaptureFileBuilder {
    private static final int MAGIC_MICROSECONDS = 0xA1B2C3D4;
    private static final int MAGIC_NANOSECONDS = 0xA1B23C4D;

    private boolean started;
    private boolean nanoseconds;
    private long linkType = 1;
    private long snapLength = 262_144;

    PcapFileBuilder() {}

    public PcapFileBuilder bigEndian() {
        requireNotStarted();
        order(ByteOrder.BIG_ENDIAN);
        return this;
    }

    public PcapFileBuilder nanoseconds() {
        requireNotStarted();
        nanoseconds = true;
        return this;
    }

    /** The whole field of 32 bits: the upper ones tell of frame check sequences. */
    public PcapFileBuilder linkType(long value) {
        requireNotStarted();
        linkType = value;
        return this;
    }

    public PcapFileBuilder snapLength(long value) {
        requireNotStarted();
        snapLength = value;
        return this;
    }

    /** A packet captured whole. */
    public PcapFileBuilder packet(long timeNs, byte[] frame) {
        return packet(timeNs, frame, frame.length);
    }

    /** A packet of which only {@code captured} was kept. */
    public PcapFileBuilder packet(long timeNs, byte[] captured, long originalLength) {
        long fraction = Math.floorMod(timeNs, 1_000_000_000L);
        return record(
                Math.floorDiv(timeNs, 1_000_000_000L),
                nanoseconds ? fraction : fraction / 1_000,
                captured.length,
                originalLength,
                captured);
    }

    /** Packets captured whole. */
    public PcapFileBuilder packets(List<TimedFrame> frames) {
        frames.forEach(frame -> packet(frame.timeNs(), frame.bytes()));
        return this;
    }

    /** A record with every field as given, true or not. */
    public PcapFileBuilder record(
            long seconds, long fraction, long capturedLength, long originalLength, byte[] bytes) {
        complete();
        u32(seconds);
        u32(fraction);
        u32(capturedLength);
        u32(originalLength);
        bytes(bytes);
        return this;
    }

    @Override
    void complete() {
        if (started) {
            return;
        }
        started = true;
        u32(nanoseconds ? MAGIC_NANOSECONDS : MAGIC_MICROSECONDS);
        u16(2);
        u16(4);
        u32(0); // time zone
        u32(0); // accuracy
        u32(snapLength);
        u32(linkType);
    }

    private void requireNotStarted() {
        if (started) {
            throw new IllegalStateException("after the first packet");
        }
    }
}
