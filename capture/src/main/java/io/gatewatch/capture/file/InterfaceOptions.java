package io.gatewatch.capture.file;

import java.nio.charset.StandardCharsets;

/**
 * Name and time options of a pcapng interface; all others are passed over. An option that runs past
 * the block ends the reading, what came before it counts. Values that are too short to be what they
 * should be are passed over as well.
 */
final class InterfaceOptions {
    // Each option, padded to a multiple of 4
    //   0      2        4
    //   +------+--------+---------------+
    //   | code | length | length bytes  |
    //   +------+--------+---------------+
    private static final int OPTION_LENGTH = 2;
    private static final int VALUE = 4;
    private static final int PADDING = 4;

    private static final int END = 0;
    private static final int NAME = 2;
    private static final int TIME_RESOLUTION = 9;
    private static final int TIME_OFFSET = 14;

    private static final int MICROSECONDS = 6;

    /** Longer names are cut. */
    private static final int MAX_NAME_LENGTH = 255;

    String name = "";
    private int timeResolution = MICROSECONDS;
    private long timeOffsetSeconds;

    void read(ReadBuffer buffer, int from, int end, boolean bigEndian) {
        int at = from;
        while (end - at >= VALUE) {
            int code = buffer.uint16(at, bigEndian);
            int length = buffer.uint16(at + OPTION_LENGTH, bigEndian);
            if (code == END || length > end - at - VALUE) {
                return;
            }
            take(buffer, code, at + VALUE, length, bigEndian);
            at += VALUE + (length + PADDING - 1) / PADDING * PADDING;
        }
    }

    private void take(ReadBuffer buffer, int code, int at, int length, boolean bigEndian) {
        if (code == NAME) {
            name = text(buffer.bytes, at, Math.min(length, MAX_NAME_LENGTH));
        } else if (code == TIME_RESOLUTION && length >= 1) {
            timeResolution = buffer.uint8(at);
        } else if (code == TIME_OFFSET && length >= Long.BYTES) {
            long first = buffer.uint32(at, bigEndian);
            long second = buffer.uint32(at + Integer.BYTES, bigEndian);
            timeOffsetSeconds =
                    bigEndian ? first << Integer.SIZE | second : second << Integer.SIZE | first;
        }
    }

    /** Up to the first zero byte: some writers count the end of a C string. */
    private static String text(byte[] bytes, int at, int length) {
        int end = at;
        while (end < at + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, at, end - at, StandardCharsets.UTF_8);
    }

    TimeResolution time() {
        return TimeResolution.of(timeResolution, timeOffsetSeconds);
    }
}
