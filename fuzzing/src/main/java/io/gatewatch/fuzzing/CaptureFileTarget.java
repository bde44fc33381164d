package io.gatewatch.fuzzing;

import io.gatewatch.capture.file.CaptureInput;
import io.gatewatch.capture.file.CaptureReader;
import io.gatewatch.capture.file.CapturedFrame;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/**
 * Reads the input as a capture. It is refused with an {@link IOException}, or read to an end with
 * frames that lie inside of their buffers.
 */
public final class CaptureFileTarget {
    /** Gzip makes more of its bytes, but never more frames than that many for one. */
    private static final int MAX_FRAMES_PER_BYTE = 1100;

    private CaptureFileTarget() {}

    /** The fuzzer's entry point. */
    public static void fuzzerTestOneInput(byte[] input) {
        try (CaptureReader opened = CaptureReader.open(new ByteArrayInputStream(input));
                CaptureInput capture = new CaptureInput(List.of(opened))) {
            readAll(capture, (long) input.length * MAX_FRAMES_PER_BYTE);
        } catch (IOException refused) {
            Expect.that(refused.getMessage() != null, "a refusal says why");
        }
    }

    private static void readAll(CaptureInput capture, long mostFrames) throws IOException {
        CapturedFrame frame = new CapturedFrame();
        long frames = 0;
        while (capture.next(frame)) {
            frames++;
            Expect.that(frames <= mostFrames, "reading ends");
            Expect.inside(frame.bytes, frame.offset, frame.capturedLength, "frame");
            Expect.that(frame.originalLength >= 0, "original length is not negative");
            Expect.that(
                    frame.interfaceIndex >= 0 && frame.interfaceIndex < capture.interfaces().size(),
                    "the frame's interface is listed");
        }
        String warning = capture.warning();
        Expect.that(warning == null || warning.indexOf('\n') < 0, "a warning is one line");
    }
}
