package io.gatewatch.capture.file;

import io.gatewatch.wire.CaptureInterface;
import java.io.IOException;
import java.util.List;

/**
 * Reads classic capture files (draft-ietf-opsawg-pcap) of either byte order, with micro- or
 * nanoseconds. Frames are shown in the read buffer, nothing is copied. Seconds are unsigned, so
 * that times reach 2106; fractions above one second are added as they are.
 */
final class PcapReader extends BufferedCaptureReader {
    // Global header
    //   0       4       6       8          12         16        20          24
    //   +-------+-------+-------+----------+----------+---------+-----------+
    //   | magic | major | minor | reserved | reserved | snaplen | link type |
    //   +-------+-------+-------+----------+----------+---------+-----------+
    private static final int MAJOR = 4;
    private static final int MINOR = 6;
    private static final int LINK_TYPE = 20;
    private static final int GLOBAL_HEADER_LENGTH = 24;

    /** The upper bits hold the length of the frame check sequence. */
    private static final int LINK_TYPE_MASK = 0xFFFF;

    // Record
    //   0         4          8                 12                16
    //   +---------+----------+-----------------+-----------------+-------
    //   | seconds | fraction | captured length | original length | frame
    //   +---------+----------+-----------------+-----------------+-------
    private static final int SECONDS = 0;
    private static final int FRACTION = 4;
    private static final int CAPTURED_LENGTH = 8;
    private static final int ORIGINAL_LENGTH = 12;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final boolean bigEndian;
    private final int nanosPerFraction;
    private final int recordHeaderLength;
    private final int frameLimit;

    /** Versions before 2.4 had the two lengths the other way round, 2.3 either way. */
    private final boolean oldLengths;

    private final List<CaptureInterface> interfaces;
    private boolean ended;

    PcapReader(ReadBuffer buffer, PcapVariant variant) throws IOException {
        super(buffer);
        bigEndian = variant.bigEndian();
        nanosPerFraction = variant.nanosPerFraction();
        recordHeaderLength = variant.recordHeaderLength();
        if (!buffer.require(GLOBAL_HEADER_LENGTH)) {
            throw CaptureFormat.cutHeader(buffer, GLOBAL_HEADER_LENGTH);
        }
        int at = buffer.position;
        int major = buffer.uint16(at + MAJOR, bigEndian);
        int minor = buffer.uint16(at + MINOR, bigEndian);
        if (major != 2) {
            throw new CaptureFormatException(
                    "is a pcap file of version " + major + "." + minor + ", only 2.x can be read");
        }
        oldLengths = minor < 4;
        int linkType = buffer.int32(at + LINK_TYPE, bigEndian) & LINK_TYPE_MASK;
        frameLimit = FrameLimit.bytes(linkType);
        interfaces = List.of(new CaptureInterface("", linkType));
        buffer.position += GLOBAL_HEADER_LENGTH;
    }

    @Override
    public boolean next(CapturedFrame frame) throws IOException {
        if (ended || !buffer.require(recordHeaderLength)) {
            return end(recordHeaderLength);
        }
        int capturedLength = capturedLength();
        if (capturedLength < 0 || capturedLength > frameLimit) {
            return endImpossible(capturedLength);
        }
        int recordLength = recordHeaderLength + capturedLength;
        if (!buffer.require(recordLength)) {
            return end(recordLength);
        }
        fill(frame, capturedLength);
        buffer.position += recordLength;
        return true;
    }

    private void fill(CapturedFrame frame, int capturedLength) {
        int at = buffer.position;
        frame.interfaceIndex = 0;
        frame.timeNs =
                buffer.uint32(at + SECONDS, bigEndian) * NANOS_PER_SECOND
                        + buffer.uint32(at + FRACTION, bigEndian) * nanosPerFraction;
        frame.bytes = buffer.bytes;
        frame.offset = at + recordHeaderLength;
        frame.capturedLength = capturedLength;
        int originalLength = buffer.int32(at + ORIGINAL_LENGTH, bigEndian);
        if (oldLengths) {
            originalLength =
                    Math.max(originalLength, buffer.int32(at + CAPTURED_LENGTH, bigEndian));
        }
        frame.originalLength = originalLength < 0 ? Integer.MAX_VALUE : originalLength;
    }

    /** Of the record at the position; negative from 2^31 on. */
    private int capturedLength() {
        int length = buffer.int32(buffer.position + CAPTURED_LENGTH, bigEndian);
        return oldLengths
                ? Math.min(length, buffer.int32(buffer.position + ORIGINAL_LENGTH, bigEndian))
                : length;
    }

    @Override
    public boolean frameBuffered() throws IOException {
        if (ended) {
            return true;
        }
        if (!buffer.poll(recordHeaderLength)) {
            return false;
        }
        if (buffer.buffered() < recordHeaderLength) {
            return true;
        }
        int capturedLength = capturedLength();
        boolean impossible = capturedLength < 0 || capturedLength > frameLimit;
        return impossible || buffer.poll(recordHeaderLength + capturedLength);
    }

    private boolean end(int neededLength) {
        if (!ended) {
            ended = true;
            warning = buffer.describeEnd(neededLength);
        }
        return false;
    }

    private boolean endImpossible(int capturedLength) {
        ended = true;
        warning =
                buffer.describeImpossible(
                        "a record claims "
                                + Integer.toUnsignedString(capturedLength)
                                + " bytes, more than "
                                + frameLimit);
        return false;
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return interfaces;
    }
}
