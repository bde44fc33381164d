package io.gatewatch.capture.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.testing.CaptureFileBuilder;
import io.gatewatch.testing.PcapFileBuilder;
import io.gatewatch.testing.PcapngFileBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A reader on a pipe whose other end writes now and then. */
class LiveCaptureTest {
    private static final byte[] FRAME = new byte[60];
    private static final int PCAP_HEADER = 24;
    private static final int PCAP_RECORD = 16 + FRAME.length;

    /** Gives out what has been written; a read that would have to wait fails the test. */
    private static final class Pipe extends InputStream {
        private final byte[] all;
        private int position;
        private int written;
        private boolean closed;

        Pipe(byte[] all) {
            this.all = all;
        }

        void write(int length) {
            written += length;
        }

        void writeRest() {
            written = all.length;
        }

        void closeWriter() {
            closed = true;
        }

        @Override
        public int read() {
            throw new AssertionError("reads single bytes");
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (position == written) {
                if (closed) {
                    return -1;
                }
                throw new AssertionError("waits for bytes that it does not need");
            }
            int count = Math.min(length, written - position);
            System.arraycopy(all, position, into, offset, count);
            position += count;
            return count;
        }

        @Override
        public int available() {
            return written - position;
        }
    }

    private final CapturedFrame frame = new CapturedFrame();

    private static byte[] pcap(int packets) {
        PcapFileBuilder builder = CaptureFileBuilder.pcap();
        for (int i = 0; i < packets; i++) {
            builder.packet(i * 1000L, FRAME);
        }
        return builder.toByteArray();
    }

    @Test
    void shouldShowEachFrameAsSoonAsItsBytesAreThere() throws IOException {
        Pipe pipe = new Pipe(pcap(3));
        pipe.write(PCAP_HEADER);
        try (CaptureReader reader = CaptureReader.open(pipe)) {
            for (int i = 0; i < 3; i++) {
                assertThat(reader.frameBuffered()).isFalse();
                pipe.write(PCAP_RECORD);
                assertThat(reader.frameBuffered()).isTrue();
                assertThat(reader.next(frame)).isTrue();
                assertThat(frame.timeNs).isEqualTo(i * 1000L);
            }
        }
    }

    @Test
    void shouldShowFrameWithoutAskingFirst() throws IOException {
        Pipe pipe = new Pipe(pcap(2));
        pipe.write(PCAP_HEADER + PCAP_RECORD + 5);
        try (CaptureReader reader = CaptureReader.open(pipe)) {
            assertThat(reader.next(frame)).isTrue();
        }
    }

    @Test
    void shouldNotTakePartOfAFrameForAFrame() throws IOException {
        byte[] file = pcap(2);
        Pipe pipe = new Pipe(file);
        pipe.write(PCAP_HEADER);
        try (CaptureReader reader = CaptureReader.open(pipe)) {
            for (int i = 1; i < PCAP_RECORD; i++) {
                pipe.write(1);
                assertThat(reader.frameBuffered()).isFalse();
            }
            pipe.write(1);
            assertThat(reader.frameBuffered()).isTrue();
            assertThat(reader.next(frame)).isTrue();
            assertThat(frame.capturedLength).isEqualTo(FRAME.length);
        }
    }

    @Test
    void shouldReturnAllFramesAndThenTheEndWhenTheWriterStops() throws IOException {
        Pipe pipe = new Pipe(pcap(5));
        pipe.write(PCAP_HEADER);
        try (CaptureReader reader = CaptureReader.open(pipe)) {
            pipe.writeRest();
            pipe.closeWriter();

            assertThat(ReadFrame.all(reader)).hasSize(5);
            assertThat(reader.warning()).isNull();
            assertThat(reader.frameBuffered()).as("the end is known").isTrue();
        }
    }

    @Test
    void shouldKnowThatADamagedStreamHasEnded() throws IOException {
        byte[] file = pcap(1);
        Arrays.fill(file, PCAP_HEADER + 8, PCAP_HEADER + 12, (byte) 0xFF);
        Pipe pipe = new Pipe(file);
        pipe.writeRest();
        try (CaptureReader reader = CaptureReader.open(pipe)) {
            assertThat(reader.frameBuffered()).isTrue();
            assertThat(reader.next(frame)).isFalse();
            assertThat(reader.frameBuffered()).isTrue();
        }
    }

    @Test
    void shouldShowFramesOfPcapngBetweenOtherBlocks() throws IOException {
        byte[] head =
                CaptureFileBuilder.pcapng()
                        .section(ByteOrder.LITTLE_ENDIAN)
                        .interfaceOf(1)
                        .toByteArray();
        PcapngFileBuilder builder =
                CaptureFileBuilder.pcapng().section(ByteOrder.LITTLE_ENDIAN).interfaceOf(1);
        byte[] file =
                builder.block(5, new byte[200_000])
                        .packet(0, 1000, FRAME)
                        .block(5, new byte[20])
                        .packet(0, 2000, FRAME)
                        .toByteArray();
        Pipe pipe = new Pipe(file);
        pipe.write(head.length);
        int frames = 0;
        try (CaptureReader reader = CaptureReader.open(pipe)) {
            while (pipe.written < file.length) {
                pipe.write(Math.min(3, file.length - pipe.written));
                if (reader.frameBuffered()) {
                    assertThat(reader.next(frame)).isTrue();
                    frames++;
                }
            }
            assertThat(frames).isEqualTo(2);
            assertThat(reader.frameBuffered()).isFalse();
        }
    }
}
