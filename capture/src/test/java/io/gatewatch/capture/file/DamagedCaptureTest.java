package io.gatewatch.capture.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.testing.CaptureFileBuilder;
import io.gatewatch.testing.FuzzBytes;
import io.gatewatch.testing.PcapngFileBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Captures cut at every byte and changed at random: what is whole is read, nothing is thrown. */
class DamagedCaptureTest {
    private static final int ROUNDS = 20_000;

    /** More than any whole capture here has: reading must end. */
    private static final int MOST_FRAMES = 1000;

    /** One small capture of each format, with the positions where each frame is whole. */
    enum Capture {
        PCAP(24) {
            @Override
            void write() {
                file = CaptureFileBuilder.pcap().nanoseconds().toByteArray();
                for (int length : new int[] {0, 5, 60}) {
                    file = concat(file, new byte[8], le32(length), le32(60), new byte[length]);
                    frameEnds.add(file.length);
                }
            }
        },
        PCAPNG(28) {
            @Override
            void write() {
                PcapngFileBuilder builder =
                        CaptureFileBuilder.pcapng()
                                .section(ByteOrder.LITTLE_ENDIAN)
                                .interfaceOf(1, "eth0", 9, 60, 96)
                                .block(5, new byte[20]);
                for (int length : new int[] {0, 5, 60}) {
                    builder.packet(0, 1_000_000, new byte[length]);
                    // padding and trailing length follow the frame
                    int padding = (4 - length % 4) % 4;
                    frameEnds.add(builder.toByteArray().length - 4 - padding);
                }
                builder.section(ByteOrder.BIG_ENDIAN).interfaceOf(113).simplePacket(new byte[7], 7);
                frameEnds.add(builder.toByteArray().length - 5);
                file = builder.toByteArray();
            }
        };

        final int headerLength;
        final List<Integer> frameEnds = new ArrayList<>();
        byte[] file = new byte[0];

        Capture(int headerLength) {
            this.headerLength = headerLength;
            write();
        }

        abstract void write();

        long framesWithin(int length) {
            return frameEnds.stream().filter(end -> end <= length).count();
        }

        static byte[] le32(int value) {
            return new byte[] {
                (byte) value, (byte) (value >>> 8), (byte) (value >>> 16), (byte) (value >>> 24)
            };
        }

        static byte[] concat(byte[]... parts) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (byte[] part : parts) {
                all.writeBytes(part);
            }
            return all.toByteArray();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepAllWholeFramesOfACaptureCutAnywhere(Capture capture) throws IOException {
        for (int length = 0; length < capture.file.length; length++) {
            byte[] cut = Arrays.copyOf(capture.file, length);
            try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(cut))) {
                assertThat(length).isGreaterThanOrEqualTo(capture.headerLength);
                assertThat(ReadFrame.all(reader)).hasSize((int) capture.framesWithin(length));
                boolean silent = reader.warning() == null;
                if (!silent) {
                    assertThat(reader.warning()).startsWith("cut short at byte ");
                }
            } catch (CaptureFormatException e) {
                assertThat(length).isLessThan(capture.headerLength);
            }
        }
    }

    @Test
    void shouldWarnUnlessCutBetweenRecords() throws IOException {
        byte[] file = Capture.PCAP.file;
        List<Integer> silent = new ArrayList<>();
        for (int length = Capture.PCAP.headerLength; length <= file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(cut))) {
                ReadFrame.all(reader);
                if (reader.warning() == null) {
                    silent.add(length);
                }
            }
        }

        List<Integer> boundaries = new ArrayList<>(List.of(Capture.PCAP.headerLength));
        boundaries.addAll(Capture.PCAP.frameEnds);
        assertThat(silent).isEqualTo(boundaries);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSurviveDamage(Capture capture) throws IOException {
        FuzzBytes fuzz = FuzzBytes.forTest(DamagedCaptureTest.class);
        int opened = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] file = fuzz.mutate(capture.file);
            opened += read(file) ? 1 : 0;
        }
        assertThat(opened).isGreaterThan(ROUNDS / 4);
    }

    @Test
    void shouldSurviveDamageInGzip() throws IOException {
        FuzzBytes fuzz = FuzzBytes.forTest(DamagedCaptureTest.class);
        byte[] whole = CaptureFileBuilder.pcap().packet(0, fuzz.bytes(400)).toGzip();
        for (int round = 0; round < ROUNDS; round++) {
            read(fuzz.mutate(whole));
        }
    }

    /** Whether the file could be opened. */
    private static boolean read(byte[] file) throws IOException {
        try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file))) {
            CapturedFrame frame = new CapturedFrame();
            int frames = 0;
            while (reader.next(frame)) {
                assertThat(++frames).isLessThan(MOST_FRAMES);
                assertThat(frame.offset).isNotNegative();
                assertThat(frame.capturedLength).isNotNegative();
                assertThat(frame.originalLength).isNotNegative();
                assertThat(frame.offset + frame.capturedLength)
                        .isLessThanOrEqualTo(frame.bytes.length);
                assertThat(frame.interfaceIndex).isBetween(0, reader.interfaces().size() - 1);
            }
            assertThat(reader.next(frame)).isFalse();
            return true;
        } catch (CaptureFormatException e) {
            assertThat(e.getMessage()).startsWith("is ").doesNotContain("\n");
            return false;
        }
    }
}
