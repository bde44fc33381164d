package io.gatewatch.capture.file;

import io.gatewatch.capture.file.PcapngInterfaces.SectionInterface;
import io.gatewatch.wire.CaptureInterface;
import java.io.IOException;
import java.util.List;

/**
 * Reads pcapng (draft-ietf-opsawg-pcapng): sections of either byte order one after another,
 * interfaces with their own link type and time resolution, Enhanced, Simple and obsolete Packet
 * Blocks. All other blocks, and all options but an interface's name and time, are passed over. A
 * Simple Packet Block has no time; it gets that of the packet before it, or 0. Frames are shown in
 * the read buffer, nothing is copied, and each as soon as its own bytes are there.
 */
final class PcapngReader extends BufferedCaptureReader {
    // Every block
    //   0      4        8                    length - 4   length
    //   +------+--------+--------- ... -----+------------+
    //   | type | length | body and options  |   length   |
    //   +------+--------+--------- ... -----+------------+
    private static final int BLOCK_LENGTH = 4;
    private static final int TRAILER_LENGTH = 4;
    private static final int MIN_BLOCK_LENGTH = 12;

    // Block types
    static final int SECTION_HEADER = 0x0A0D0D0A;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;

    // Section Header Block: byte order magic, version, section length (ignored: often not filled
    // in)
    private static final int BYTE_ORDER_MAGIC = 8;
    private static final int MAJOR = 12;
    private static final int MINOR = 14;
    private static final int SECTION_HEADER_LENGTH = 28;
    private static final int MAGIC_IN_ORDER = 0x1A2B3C4D;
    private static final int MAGIC_SWAPPED = 0x4D3C2B1A;

    // Interface Description Block
    private static final int LINK_TYPE = 8;
    private static final int SNAP_LENGTH = 12;
    private static final int INTERFACE_OPTIONS = 16;
    private static final int MIN_INTERFACE_LENGTH = 20;

    /** Options of an interface behind this are not looked at. */
    private static final int MAX_PARSED_LENGTH = 64 * 1024;

    private static final int MAX_PACKET_LENGTH = FrameLimit.LARGE_BYTES + MAX_PARSED_LENGTH;

    // Enhanced Packet Block: interface (4), time (8), captured, original length; frame.
    // The obsolete Packet Block differs in having a 16-bit interface and a drop counter.
    private static final int INTERFACE = 8;
    private static final int TIME_HIGH = 12;
    private static final int TIME_LOW = 16;
    private static final int CAPTURED_LENGTH = 20;
    private static final int ORIGINAL_LENGTH = 24;
    private static final int FRAME = 28;

    // Simple Packet Block: original length; frame
    private static final int SIMPLE_ORIGINAL_LENGTH = 8;
    private static final int SIMPLE_FRAME = 12;

    private final PcapngInterfaces interfaces = new PcapngInterfaces();
    private boolean bigEndian;
    private long lastTimeNs;

    /** Type and length of the block at the position are known. */
    private boolean blockBegun;

    private int blockType;
    private long blockLength;

    /** Bytes of the block before, up to its trailer, that are still to be passed over. */
    private long restOfBlock;

    /** 0 until the first block has been read. */
    private int trailerLength;

    private boolean ended;

    /** What cannot be right, if that ended the capture. */
    private String problem;

    PcapngReader(ReadBuffer buffer) throws IOException {
        super(buffer);
        if (!buffer.require(SECTION_HEADER_LENGTH)) {
            throw CaptureFormat.cutHeader(buffer, SECTION_HEADER_LENGTH);
        }
        if (!beginBlock() || !readSectionHeader()) {
            throw new CaptureFormatException("is not a readable pcapng: " + problem);
        }
        passOver(0);
    }

    @Override
    public boolean next(CapturedFrame frame) throws IOException {
        while (!ended && beginBlock()) {
            if (isPacket()) {
                return readPacket(frame);
            }
            readOther();
        }
        return false;
    }

    @Override
    public boolean frameBuffered() throws IOException {
        while (!ended) {
            if (!blockBegun && !pollBlockStart()) {
                return false;
            }
            if (!beginBlock()) {
                return true;
            }
            int needed =
                    (int) Math.min(blockLength, isPacket() ? MAX_PACKET_LENGTH : MAX_PARSED_LENGTH);
            if (!buffer.poll(needed)) {
                return false;
            }
            if (isPacket()) {
                return true;
            }
            readOther();
        }
        return true;
    }

    private boolean pollBlockStart() throws IOException {
        while (restOfBlock > 0 && buffer.poll(1) && buffer.buffered() > 0) {
            int passed = (int) Math.min(restOfBlock, buffer.buffered());
            buffer.position += passed;
            restOfBlock -= passed;
        }
        return buffer.poll(restOfBlock > 0 ? 1 : trailerLength + MIN_BLOCK_LENGTH);
    }

    /** Finishes the block before and reads type and length of the next; false at the end. */
    private boolean beginBlock() throws IOException {
        if (blockBegun) {
            return true;
        }
        if (!finishBlock()) {
            return false;
        }
        if (!buffer.require(MIN_BLOCK_LENGTH)) {
            return end(MIN_BLOCK_LENGTH);
        }
        int at = buffer.position;
        blockType = buffer.int32(at, bigEndian);
        if (blockType == SECTION_HEADER && !takeByteOrder()) {
            return endImpossible("a section has no byte order mark");
        }
        blockLength = buffer.uint32(at + BLOCK_LENGTH, bigEndian);
        if (blockLength < MIN_BLOCK_LENGTH || blockLength % 4 != 0) {
            return endImpossible("a block claims a length of " + blockLength + " bytes");
        }
        blockBegun = true;
        return true;
    }

    private boolean finishBlock() throws IOException {
        boolean there = buffer.skip(restOfBlock) && buffer.require(trailerLength);
        if (!there) {
            ended = true;
            warning = buffer.describeCut("the end of a block is missing");
            return false;
        }
        restOfBlock = 0;
        if (trailerLength > 0 && buffer.uint32(buffer.position, bigEndian) != blockLength) {
            return endImpossible("a block has two different lengths");
        }
        buffer.position += trailerLength;
        trailerLength = 0;
        return true;
    }

    /** Ends the work on a block of which {@code taken} bytes have been read. */
    private void passOver(int taken) {
        buffer.position += taken;
        restOfBlock = blockLength - TRAILER_LENGTH - taken;
        trailerLength = TRAILER_LENGTH;
        blockBegun = false;
    }

    private boolean takeByteOrder() {
        int magic = buffer.int32(buffer.position + BYTE_ORDER_MAGIC, true);
        bigEndian = magic == MAGIC_IN_ORDER;
        return bigEndian || magic == MAGIC_SWAPPED;
    }

    private boolean isPacket() {
        return blockType == ENHANCED_PACKET
                || blockType == SIMPLE_PACKET
                || blockType == OBSOLETE_PACKET;
    }

    private void readOther() throws IOException {
        boolean read =
                switch (blockType) {
                    case SECTION_HEADER -> readSectionHeader();
                    case INTERFACE_DESCRIPTION -> readInterface();
                    default -> true;
                };
        if (read) {
            passOver(0);
        }
    }

    private boolean readSectionHeader() throws IOException {
        if (blockLength < SECTION_HEADER_LENGTH) {
            return endImpossible("a section header claims a length of " + blockLength + " bytes");
        }
        if (!buffer.require(SECTION_HEADER_LENGTH)) {
            return end(SECTION_HEADER_LENGTH);
        }
        int major = buffer.uint16(buffer.position + MAJOR, bigEndian);
        if (major != 1) {
            int minor = buffer.uint16(buffer.position + MINOR, bigEndian);
            return endImpossible(
                    "a section has version " + major + "." + minor + ", only 1.x can be read");
        }
        interfaces.beginSection();
        return true;
    }

    private boolean readInterface() throws IOException {
        if (blockLength < MIN_INTERFACE_LENGTH) {
            return endImpossible("an interface claims a length of " + blockLength + " bytes");
        }
        int length = (int) Math.min(blockLength, MAX_PARSED_LENGTH);
        if (!buffer.require(length)) {
            return end(length);
        }
        int at = buffer.position;
        int linkType = buffer.uint16(at + LINK_TYPE, bigEndian);
        int snapLength = buffer.int32(at + SNAP_LENGTH, bigEndian);
        InterfaceOptions options = new InterfaceOptions();
        options.read(buffer, at + INTERFACE_OPTIONS, at + length - TRAILER_LENGTH, bigEndian);
        CaptureInterface described = new CaptureInterface(options.name, linkType);
        if (!interfaces.add(described, options.time(), snapLength)) {
            return endImpossible(
                    "more than " + PcapngInterfaces.MAX_INTERFACES + " interfaces are described");
        }
        return true;
    }

    private boolean readPacket(CapturedFrame frame) throws IOException {
        return blockType == SIMPLE_PACKET ? readSimple(frame) : readEnhanced(frame);
    }

    private boolean readEnhanced(CapturedFrame frame) throws IOException {
        if (blockLength < FRAME + TRAILER_LENGTH) {
            return endImpossible("a packet block claims a length of " + blockLength + " bytes");
        }
        if (!buffer.require(FRAME)) {
            return end(FRAME);
        }
        int at = buffer.position;
        int number =
                blockType == ENHANCED_PACKET
                        ? buffer.int32(at + INTERFACE, bigEndian)
                        : buffer.uint16(at + INTERFACE, bigEndian);
        SectionInterface source = interfaces.get(number);
        if (source == null) {
            return endUnknownInterface(number);
        }
        long capturedLength = buffer.uint32(at + CAPTURED_LENGTH, bigEndian);
        long timeStamp =
                buffer.uint32(at + TIME_HIGH, bigEndian) << Integer.SIZE
                        | buffer.uint32(at + TIME_LOW, bigEndian);
        frame.originalLength = lengthOnWire(buffer.int32(at + ORIGINAL_LENGTH, bigEndian));
        frame.timeNs = source.time().toNanos(timeStamp);
        return show(frame, source, FRAME, capturedLength);
    }

    private boolean readSimple(CapturedFrame frame) throws IOException {
        if (blockLength < SIMPLE_FRAME + TRAILER_LENGTH) {
            return endImpossible("a packet block claims a length of " + blockLength + " bytes");
        }
        if (!buffer.require(SIMPLE_FRAME)) {
            return end(SIMPLE_FRAME);
        }
        SectionInterface source = interfaces.get(0);
        if (source == null) {
            return endUnknownInterface(0);
        }
        int originalLength =
                lengthOnWire(buffer.int32(buffer.position + SIMPLE_ORIGINAL_LENGTH, bigEndian));
        long capturedLength = Math.min(originalLength, blockLength - SIMPLE_FRAME - TRAILER_LENGTH);
        if (source.snapLength() > 0) {
            capturedLength = Math.min(capturedLength, source.snapLength());
        }
        frame.originalLength = originalLength;
        frame.timeNs = lastTimeNs;
        return show(frame, source, SIMPLE_FRAME, capturedLength);
    }

    private boolean show(
            CapturedFrame frame, SectionInterface source, int frameOffset, long capturedLength)
            throws IOException {
        if (capturedLength > source.frameLimit()
                || capturedLength > blockLength - TRAILER_LENGTH - frameOffset) {
            return endImpossible("a packet claims " + capturedLength + " bytes");
        }
        int needed = frameOffset + (int) capturedLength;
        if (!buffer.require(needed)) {
            return end(needed);
        }
        frame.interfaceIndex = source.index();
        frame.bytes = buffer.bytes;
        frame.offset = buffer.position + frameOffset;
        frame.capturedLength = (int) capturedLength;
        if (frame.timeNs != CapturedFrame.BAD_TIME) {
            lastTimeNs = frame.timeNs;
        }
        passOver(needed);
        return true;
    }

    private static int lengthOnWire(int stated) {
        return stated < 0 ? Integer.MAX_VALUE : stated;
    }

    private boolean end(int neededLength) {
        ended = true;
        warning = buffer.describeEnd(neededLength);
        return false;
    }

    private boolean endUnknownInterface(int number) {
        return endImpossible(
                "a packet names interface "
                        + Integer.toUnsignedString(number)
                        + ", which is not described");
    }

    private boolean endImpossible(String what) {
        ended = true;
        problem = what;
        warning = buffer.describeImpossible(what);
        return false;
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return interfaces.view();
    }
}
