package io.gatewatch.capture.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.testing.CaptureFileBuilder;
import io.gatewatch.testing.FuzzBytes;
import io.gatewatch.testing.PcapFileBuilder;
import io.gatewatch.testing.PcapngFileBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Captures cut at every byte and changed at random: what is whole is read, nothing is thrown. */
class DamagedCaptureTest {
    private static final int ROUNDS = 5_000;

    /** The length that ends a block of pcapng. */
    private static final int TRAILER = 4;

    /** More than any whole capture here has: reading must end. */
    private static final int MOST_FRAMES = 1000;

    /** A small capture, the length it must have to be one, and where each frame is whole. */
    private static final class Capture {
        final String name;
        final byte[] file;
        final int headerLength;
        final List<Integer> frameEnds;

        Capture(String name, byte[] file, int headerLength, List<Integer> frameEnds) {
            this.name = name;
            this.file = file;
            this.headerLength = headerLength;
            this.frameEnds = frameEnds;
        }

        int framesWithin(int length) {
            return (int) frameEnds.stream().filter(end -> end <= length).count();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final Capture PCAP = pcap();

    private static List<Capture> captures() {
        return List.of(PCAP, pcapng());
    }

    private static Capture pcap() {
        PcapFileBuilder builder = CaptureFileBuilder.pcap().nanoseconds();
        List<Integer> frameEnds = new ArrayList<>();
        for (int length : new int[] {0, 5, 60}) {
            builder.packet(1_000_000, new byte[length]);
            frameEnds.add(builder.toByteArray().length);
        }
        return new Capture("pcap", builder.toByteArray(), 24, frameEnds);
    }

    private static Capture pcapng() {
        PcapngFileBuilder builder =
                CaptureFileBuilder.pcapng()
                        .section(ByteOrder.LITTLE_ENDIAN)
                        .interfaceOf(1, "eth0", 9, 60, 96)
                        .block(5, new byte[20]);
        List<Integer> frameEnds = new ArrayList<>();
        for (int length : new int[] {0, 5, 60}) {
            builder.packet(0, 60_001_000_000L, new byte[length]);
            int padding = (4 - length % 4) % 4;
            frameEnds.add(builder.toByteArray().length - TRAILER - padding);
        }
        builder.section(ByteOrder.BIG_ENDIAN).interfaceOf(113).simplePacket(new byte[7], 7);
        frameEnds.add(builder.toByteArray().length - TRAILER - 1);
        return new Capture("pcapng", builder.toByteArray(), 28, frameEnds);
    }

    @ParameterizedTest
    @MethodSource("captures")
    void shouldKeepAllWholeFramesOfACaptureCutAnywhere(Capture capture) throws IOException {
        for (int length = 0; length < capture.file.length; length++) {
            byte[] cut = Arrays.copyOf(capture.file, length);
            try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(cut))) {
                assertThat(length).isGreaterThanOrEqualTo(capture.headerLength);
                assertThat(ReadFrame.all(reader)).hasSize(capture.framesWithin(length));
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
        byte[] file = PCAP.file;
        List<Integer> silent = new ArrayList<>();
        for (int length = PCAP.headerLength; length <= file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(cut))) {
                ReadFrame.all(reader);
                if (reader.warning() == null) {
                    silent.add(length);
                }
            }
        }

        List<Integer> boundaries = new ArrayList<>(List.of(PCAP.headerLength));
        boundaries.addAll(PCAP.frameEnds);
        assertThat(silent).isEqualTo(boundaries);
    }

    @ParameterizedTest
    @MethodSource("captures")
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
