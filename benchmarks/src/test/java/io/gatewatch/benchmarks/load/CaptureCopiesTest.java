package io.gatewatch.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.capture.CaptureFeed;
import io.gatewatch.capture.batch.BatchSettings;
import io.gatewatch.capture.batch.CaptureCounters;
import io.gatewatch.capture.batch.FlowBatcher;
import io.gatewatch.capture.file.CaptureReader;
import io.gatewatch.capture.file.CapturedFrame;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.wire.PacketBatch;
import io.gatewatch.wire.WireFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureCopiesTest {
    @TempDir private Path folder;

    private Path capture(long packets) throws IOException {
        Path file = folder.resolve(packets + ".pcap");
        CaptureCopies.write(file, packets);
        return file;
    }

    @Test
    void shouldHaveSoManyPacketsInTheOrderOfTheirTimes() throws IOException {
        try (CaptureReader reader = CaptureReader.open(capture(50_000))) {
            CapturedFrame frame = new CapturedFrame();
            long lastNs = 0;
            int packets = 0;
            for (; reader.next(frame); packets++) {
                assertThat(frame.timeNs).isGreaterThanOrEqualTo(lastNs);
                lastNs = frame.timeNs;
            }
            assertThat(packets).isEqualTo(50_000);
            assertThat(reader.warning()).isNull();
        }
    }

    @Test
    void shouldBeTheSameFileAgain() throws IOException {
        byte[] first = Files.readAllBytes(capture(20_000));

        assertThat(Files.readAllBytes(capture(20_000))).isEqualTo(first);
    }

    @Test
    void shouldHaveConversationsOfItsOwnInEveryCopy() throws IOException {
        int once = flows(capture(5_000));

        assertThat(flows(capture(50_000))).isGreaterThan(5 * once);
    }

    private static int flows(Path file) throws IOException {
        Set<FlowKey> flows = new HashSet<>();
        FlowBatcher batcher =
                new FlowBatcher(
                        BatchSettings.defaults("site", "gateway", 1),
                        new CaptureCounters(),
                        (topic, partition, bytes, length, packets) ->
                                addFlows(bytes, length, flows));
        try (CaptureReader reader = CaptureReader.open(file)) {
            CaptureFeed feed = new CaptureFeed(reader, batcher);
            while (feed.read()) {
                feed.ship();
            }
        }
        batcher.endOfCapture(true);
        return flows.size();
    }

    private static boolean addFlows(byte[] bytes, int length, Set<FlowKey> to) {
        try {
            PacketBatch batch = new PacketBatch();
            batch.wrap(bytes, 0, length);
            while (batch.nextFlow()) {
                to.add(FlowKey.of("site", batch.flow().flow(), -1));
            }
        } catch (WireFormatException e) {
            throw new AssertionError(e);
        }
        return true;
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 198.51.100.7, 10.85.168.3, 198.103.206.7",
        "2001:db8::1, fd00::2, 2001:db8:54aa::1, fd00:0:54aa::2",
        "10.1.2.3, 239.1.1.1, 10.85.168.3, 239.1.1.1"
    })
    void shouldKeepChecksumsRight(String from, String to, String newFrom, String newTo) {
        byte[] frame = FrameBuilder.ethernet().ip(from, to).tcp(1, 2).payload(101).build();
        byte[] expected = FrameBuilder.ethernet().ip(newFrom, newTo).tcp(1, 2).payload(101).build();

        AddressRewrite.apply(frame, frame.length, 0x54AA);

        assertThat(frame).isEqualTo(expected);
    }
}
