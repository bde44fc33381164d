package io.gatewatch.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/**
 * What the builders of both capture formats share: the bytes so far, their order, and ways to get
 * at them whole, cut or compressed.
 */
public abstract class CaptureFileBuilder {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

    CaptureFileBuilder() {}

    /** A pcap file, little endian, microseconds, Ethernet unless said. */
    public static PcapFileBuilder pcap() {
        return new PcapFileBuilder();
    }

    /** A pcapng file; begins with its first section. */
    public static PcapngFileBuilder pcapng() {
        return new PcapngFileBuilder();
    }

    void order(ByteOrder newOrder) {
        order = newOrder;
    }

    void u16(int value) {
        out.writeBytes(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
    }

    void u32(long value) {
        out.writeBytes(ByteBuffer.allocate(4).order(order).putInt((int) value).array());
    }

    void bytes(byte[] bytes) {
        out.writeBytes(bytes);
    }

    /** Called before the bytes are handed out: the place for a header that is still missing. */
    void complete() {}

    /** The file. */
    public byte[] toByteArray() {
        complete();
        return out.toByteArray();
    }

    /** The file without its last bytes, this many. */
    public byte[] withoutLast(int count) {
        byte[] file = toByteArray();
        return Arrays.copyOf(file, file.length - count);
    }

    /** The file, compressed. */
    public byte[] toGzip() {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    /** Writes the file and returns where it is. */
    public Path writeTo(Path file) {
        try {
            return Files.write(file, toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
