package io.gatewatch.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.capture.batch.BatchSettings;
import io.gatewatch.capture.batch.CaptureCounters;
import io.gatewatch.capture.batch.FlowBatcher;
import io.gatewatch.capture.file.CaptureReader;
import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.testing.CaptureFileBuilder;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.PcapFileBuilder;
import io.gatewatch.wire.BatchHead;
import io.gatewatch.wire.PacketBatch;
import io.gatewatch.wire.WireFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaptureFeedTest {
    private static final long START_NS = 1_767_225_600_000_000_000L;
    private static final int FRAMES = 10_000;
    private static final byte[] FRAME =
            FrameBuilder.ethernet().ipv4("192.0.2.1", "198.51.100.1").udp(40_000, 9).build();

    private final CaptureCounters counters = new CaptureCounters();
    private final List<byte[]> batches = new ArrayList<>();
    private final FlowBatcher batcher = newBatcher(counters);

    private FlowBatcher newBatcher(CaptureCounters its) {
        return new FlowBatcher(
                BatchSettings.defaults("home", "gw-1", 7),
                its,
                (topic, partition, bytes, length, packets) ->
                        batches.add(Arrays.copyOf(bytes, length)));
    }

    private static CaptureReader reader(byte[] file) throws IOException {
        return CaptureReader.open(new ByteArrayInputStream(file));
    }

    private static byte[] pcap(int frames) {
        PcapFileBuilder file = CaptureFileBuilder.pcap();
        for (int i = 0; i < frames; i++) {
            file.packet(START_NS + 1_000_000L * i, FRAME);
        }
        return file.toByteArray();
    }

    private List<BatchHead> heads() throws WireFormatException {
        List<BatchHead> heads = new ArrayList<>();
        for (byte[] bytes : batches) {
            PacketBatch batch = new PacketBatch();
            batch.check(bytes, 0, bytes.length);
            heads.add(batch.head());
        }
        return heads;
    }

    private CaptureFeed feed(byte[] file) throws IOException {
        return new CaptureFeed(reader(file), batcher);
    }

    private static void shipAll(CaptureFeed feed) throws IOException {
        while (feed.read()) {
            feed.ship();
        }
    }

    @Test
    void shouldShipEveryFrameOfACapture() throws Exception {
        CaptureFeed feed = feed(pcap(FRAMES));

        shipAll(feed);
        batcher.endOfCapture(true);

        assertThat(feed.frames()).isEqualTo(FRAMES);
        assertThat(counters.shippedPackets()).isEqualTo(FRAMES);
        assertThat(heads().stream().mapToInt(head -> head.packetCount).sum()).isEqualTo(FRAMES);
    }

    @Test
    void shouldShowTheTimeOfAFrameBeforeItIsShipped() throws Exception {
        CaptureFeed feed = feed(pcap(2));

        assertThat(feed.read()).isTrue();
        assertThat(feed.timeNs()).isEqualTo(START_NS);
        assertThat(counters.captured()).isZero();

        feed.ship();
        assertThat(counters.captured()).isEqualTo(1);
        assertThat(feed.read()).isTrue();
        assertThat(feed.timeNs()).isEqualTo(START_NS + 1_000_000);
        assertThat(feed.read()).isFalse();
    }

    @Test
    void shouldMakeTheSameBatchesAgainAfterARunThatWasStopped() throws Exception {
        CaptureFeed stopped = feed(pcap(FRAMES));
        while (stopped.read() && stopped.frames() < FRAMES / 2) {
            stopped.ship();
        }
        batcher.discard();
        List<byte[]> first = List.copyOf(batches);
        batches.clear();

        shipAll(new CaptureFeed(reader(pcap(FRAMES)), newBatcher(new CaptureCounters())));

        assertThat(first).hasSizeGreaterThan(5);
        for (int i = 0; i < first.size(); i++) {
            assertThat(batches.get(i)).isEqualTo(first.get(i));
        }
    }

    @Test
    void shouldKnowTheInterfacesOfACaptureWithoutPackets() throws Exception {
        CaptureFeed feed = feed(pcap(0));

        shipAll(feed);
        batcher.endOfCapture(false);

        assertThat(feed.interfaces()).hasSize(1);
        assertThat(heads()).hasSize(2).allMatch(head -> head.interfaces.size() == 1);
    }

    @Test
    void shouldKeepUpWithInterfacesThatAppearWhileReading() throws Exception {
        byte[] file =
                CaptureFileBuilder.pcapng()
                        .section(ByteOrder.LITTLE_ENDIAN)
                        .interfaceOf(1)
                        .packet(0, START_NS, FRAME)
                        .interfaceOf(65_000)
                        .packet(1, START_NS, FRAME)
                        .interfaceOf(1)
                        .packet(2, START_NS, FRAME)
                        .interfaceOf(1)
                        .toByteArray();
        CaptureFeed feed = feed(file);

        shipAll(feed);
        batcher.endOfCapture(false);

        assertThat(counters.count(DecodeOutcome.IGNORED_LINK_TYPE)).isEqualTo(1);
        assertThat(counters.shippedPackets()).isEqualTo(2);
        assertThat(feed.interfaces()).hasSize(4);
        assertThat(heads().get(batches.size() - 1).interfaces).hasSize(4);
    }
}
