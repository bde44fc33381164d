package io.gatewatch.capture.file;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;

/** Tells from the first bytes of an input what it is, and makes the reader for it. */
final class CaptureFormat {
    private static final int MAGIC_LENGTH = 4;

    private CaptureFormat() {}

    static CaptureReader open(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (Files.isDirectory(file)) {
            throw new CaptureFormatException("is a directory, not a capture");
        }
        return open(
                Files.isRegularFile(file)
                        ? new FileSource(file)
                        : new StreamSource(new FileInputStream(file.toFile())));
    }

    /** Takes the source over: it is closed with the reader, or here if there will be none. */
    static CaptureReader open(ByteSource source) throws IOException {
        try {
            return reader(unpacked(new ReadBuffer(source)));
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static ReadBuffer unpacked(ReadBuffer input) throws IOException {
        if (!input.require(1)) {
            throw new CaptureFormatException("is empty (0 bytes), not a capture");
        }
        return GzipSource.isGzip(input) ? new ReadBuffer(new GzipSource(input)) : input;
    }

    private static CaptureReader reader(ReadBuffer input) throws IOException {
        if (!input.require(MAGIC_LENGTH)) {
            throw tooShort(input);
        }
        int magic = input.int32(input.position, true);
        if (magic == PcapngReader.SECTION_HEADER) {
            return new PcapngReader(input);
        }
        PcapVariant variant = PcapVariant.of(magic);
        if (variant == null) {
            throw new CaptureFormatException(
                    "is not a capture: begins with "
                            + start(input, MAGIC_LENGTH)
                            + ", expected pcap or pcapng, either of them also in gzip");
        }
        return new PcapReader(input, variant);
    }

    private static CaptureFormatException tooShort(ReadBuffer input) {
        if (input.damage() != null) {
            return new CaptureFormatException("is not a capture: " + input.damage());
        }
        int length = input.buffered();
        return new CaptureFormatException(
                length == 0
                        ? "is empty (0 bytes once unpacked), not a capture"
                        : "is not a capture: only "
                                + length
                                + " bytes long ("
                                + start(input, length)
                                + ")");
    }

    private static String start(ReadBuffer input, int length) {
        return HexFormat.ofDelimiter(" ")
                .formatHex(input.bytes, input.position, input.position + length);
    }

    /** The error of an input that ends before its header does. */
    static CaptureFormatException cutHeader(ReadBuffer input, int headerLength) {
        String why = input.damage() == null ? "" : ", " + input.damage();
        return new CaptureFormatException(
                "is cut inside its global header: "
                        + input.buffered()
                        + " of "
                        + headerLength
                        + " bytes"
                        + why);
    }
}
