package io.gatewatch.capture.file;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip (RFC 1952), any number of members one after another; what follows the last one and
 * is no member is left alone, as gzip itself does. The class of the JDK is not used because it asks
 * the stream how much is available to find out whether a member follows, which a pipe cannot know,
 * and because what it had unpacked before damage is lost in its exception.
 */
final class GzipSource implements ByteSource {
    private static final int MAGIC = 0x8B1F;
    private static final int DEFLATE = 8;
    private static final int HEADER_LENGTH = 10;
    private static final int TRAILER_LENGTH = 8;
    private static final int METHOD = 2;
    private static final int FLAGS = 3;
    private static final int FLAG_HEADER_CRC = 1 << 1;
    private static final int FLAG_EXTRA = 1 << 2;
    private static final int FLAG_NAME = 1 << 3;
    private static final int FLAG_COMMENT = 1 << 4;

    private final ReadBuffer packed;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private boolean inMember;

    /** The buffer stands at the first member; it is closed with this source. */
    GzipSource(ReadBuffer packed) {
        this.packed = packed;
    }

    static boolean isGzip(ReadBuffer input) throws IOException {
        return input.require(2) && input.uint16(input.position, false) == MAGIC;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (inMember || beginMember()) {
            int count = inflate(into, offset, length);
            if (count > 0) {
                crc.update(into, offset, count);
                return count;
            }
            if (inflater.finished()) {
                endMember();
            } else if (!packed.require(1)) {
                throw cut();
            }
        }
        return END;
    }

    private int inflate(byte[] into, int offset, int length) throws IOException {
        int input = packed.buffered();
        inflater.setInput(packed.bytes, packed.position, input);
        long before = inflater.getBytesWritten();
        int count;
        try {
            count = inflater.inflate(into, offset, length);
        } catch (DataFormatException e) {
            count = (int) (inflater.getBytesWritten() - before);
            if (count == 0) {
                throw damaged("the compressed data is damaged");
            }
        }
        packed.position += input - inflater.getRemaining();
        return count;
    }

    private boolean beginMember() throws IOException {
        if (!isGzip(packed)) {
            return false;
        }
        need(HEADER_LENGTH);
        int at = packed.position;
        if (packed.uint8(at + METHOD) != DEFLATE) {
            throw damaged("compression method " + packed.uint8(at + METHOD) + " is unknown");
        }
        int flags = packed.uint8(at + FLAGS);
        packed.position += HEADER_LENGTH;
        if ((flags & FLAG_EXTRA) != 0) {
            need(2);
            skip(2 + packed.uint16(packed.position, false));
        }
        if ((flags & FLAG_NAME) != 0) {
            skipText();
        }
        if ((flags & FLAG_COMMENT) != 0) {
            skipText();
        }
        if ((flags & FLAG_HEADER_CRC) != 0) {
            skip(2);
        }
        inflater.reset();
        crc.reset();
        inMember = true;
        return true;
    }

    private void endMember() throws IOException {
        need(TRAILER_LENGTH);
        long statedCrc = packed.uint32(packed.position, false);
        long statedLength = packed.uint32(packed.position + 4, false);
        boolean right =
                statedCrc == crc.getValue()
                        && statedLength == (inflater.getBytesWritten() & 0xFFFFFFFFL);
        if (!right) {
            throw damaged("checksum or length of the unpacked data is wrong");
        }
        packed.position += TRAILER_LENGTH;
        inMember = false;
    }

    private void skipText() throws IOException {
        boolean end = false;
        while (!end) {
            need(1);
            end = packed.uint8(packed.position++) == 0;
        }
    }

    private void skip(int length) throws IOException {
        if (!packed.skip(length)) {
            throw cut();
        }
    }

    private void need(int length) throws IOException {
        if (!packed.require(length)) {
            throw cut();
        }
    }

    private DamagedInputException cut() {
        return new DamagedInputException(
                "gzip: cut at byte " + (packed.offset() + packed.buffered()));
    }

    private DamagedInputException damaged(String what) {
        return new DamagedInputException("gzip: " + what + " at byte " + packed.offset());
    }

    /** A guess: a few bytes that came may not be enough to unpack one more. */
    @Override
    public boolean ready() throws IOException {
        return packed.poll(1);
    }

    @Override
    public long bytesTaken() {
        return packed.offset();
    }

    @Override
    public long size() {
        return packed.size();
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        packed.close();
    }
}
