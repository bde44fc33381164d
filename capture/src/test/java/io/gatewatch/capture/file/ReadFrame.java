package io.gatewatch.capture.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** A frame as it was read, copied out of the reader's buffer. */
record ReadFrame(int interfaceIndex, long timeNs, int originalLength, String hex) {

    static ReadFrame of(CapturedFrame frame) {
        byte[] bytes =
                Arrays.copyOfRange(frame.bytes, frame.offset, frame.offset + frame.capturedLength);
        return new ReadFrame(
                frame.interfaceIndex,
                frame.timeNs,
                frame.originalLength,
                HexFormat.of().formatHex(bytes));
    }

    /** All frames that are left. */
    static List<ReadFrame> all(CaptureReader reader) throws IOException {
        List<ReadFrame> frames = new ArrayList<>();
        CapturedFrame frame = new CapturedFrame();
        while (reader.next(frame)) {
            frames.add(of(frame));
        }
        return frames;
    }

    /** All frames of a file that must be whole. */
    static List<ReadFrame> allOf(byte[] file) throws IOException {
        try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file))) {
            List<ReadFrame> frames = all(reader);
            if (reader.warning() != null) {
                throw new AssertionError("unexpected warning: " + reader.warning());
            }
            return frames;
        }
    }
}
