package io.gatewatch.benchmarks.load;

import io.gatewatch.capture.file.CaptureReader;
import io.gatewatch.capture.file.CapturedFrame;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A large capture out of the bundled one: many copies of its conversations at the same time, each
 * with addresses of its own. The same number of packets gives the same file. Written as it is made:
 * classic pcap, nanoseconds, Ethernet.
 */
public final class CaptureCopies {
    private static final String BUNDLED = "/io/gatewatch/demo/home.pcap.gz";
    private static final int NANOSECOND_MAGIC = 0xA1B2_3C4D;
    private static final int ETHERNET = 1;
    private static final int SNAP_LENGTH = 262_144;
    private static final int BUFFER_BYTES = 1 << 20;

    /** Copies that differ; more packets begin again, later. */
    private static final int MOST_COPIES = 1 << 14;

    private static final long PAUSE_NS = 1_000_000_000L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final class Frame {
        final long timeNs;
        final byte[] bytes;
        final int originalLength;

        Frame(CapturedFrame f) {
            timeNs = f.timeNs;
            bytes = Arrays.copyOfRange(f.bytes, f.offset, f.offset + f.capturedLength);
            originalLength = f.originalLength;
        }
    }

    private final List<Frame> frames = new ArrayList<>();
    private final ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    private final byte[] scratch = new byte[BUFFER_BYTES];

    private CaptureCopies() {}

    /** Writes a capture of so many packets. */
    public static void write(Path file, long packets) throws IOException {
        CaptureCopies copies = new CaptureCopies();
        copies.read();
        try (OutputStream out =
                new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
            copies.write(out, packets);
        }
    }

    private void read() throws IOException {
        try (InputStream in = CaptureCopies.class.getResourceAsStream(BUNDLED);
                CaptureReader reader = CaptureReader.open(in)) {
            CapturedFrame f = new CapturedFrame();
            while (reader.next(f)) {
                frames.add(new Frame(f));
            }
        }
    }

    private void write(OutputStream out, long packets) throws IOException {
        header.putInt(NANOSECOND_MAGIC).putShort((short) 2).putShort((short) 4);
        header.putInt(0).putInt(0).putInt(SNAP_LENGTH).putInt(ETHERNET);
        out.write(header.array(), 0, 24);
        long first = frames.get(0).timeNs;
        long spanNs = frames.get(frames.size() - 1).timeNs - first + PAUSE_NS;
        long left = packets;
        for (long round = 0; left > 0; round++) {
            int copies = (int) Math.min(MOST_COPIES, (left + frames.size() - 1) / frames.size());
            left -= round(out, copies, left, round * spanNs);
        }
    }

    /** All frames, each as often as there are copies. */
    private long round(OutputStream out, int copies, long most, long shiftNs) throws IOException {
        long written = 0;
        for (Frame frame : frames) {
            for (int copy = 0; copy < copies && written < most; copy++) {
                frame(out, frame, copy, frame.timeNs + shiftNs);
                written++;
            }
        }
        return written;
    }

    private void frame(OutputStream out, Frame frame, int copy, long timeNs) throws IOException {
        int length = frame.bytes.length;
        System.arraycopy(frame.bytes, 0, scratch, 0, length);
        AddressRewrite.apply(scratch, length, copy);
        header.clear();
        header.putInt((int) (timeNs / NANOS_PER_SECOND));
        header.putInt((int) (timeNs % NANOS_PER_SECOND));
        header.putInt(length).putInt(frame.originalLength);
        out.write(header.array(), 0, 16);
        out.write(scratch, 0, length);
    }
}
