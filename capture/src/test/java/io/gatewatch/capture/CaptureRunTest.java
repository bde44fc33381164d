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

class CaptureRunTest {
    private static final long START_NS = 1_767_225_600_000_000_000L;
    private static final int FRAMES = 10_000;
    private static final byte[] FRAME =
            FrameBuilder.ethernet().ipv4("192.0.2.1", "198.51.100.1").udp(40_000, 9).build();

    private final CaptureCounters counters = new CaptureCounters();
    private final List<byte[]> batches = new ArrayList<>();
    private final FlowBatcher batcher =
            new FlowBatcher(
                    BatchSettings.defaults("home", "gw-1", 7),
                    counters,
                    (topic, partition, bytes, length, packets) ->
                            batches.add(Arrays.copyOf(bytes, length)));

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

    @Test
    void shouldReadACaptureToItsEndAndSaySo() throws Exception {
        CaptureRun run = new CaptureRun(reader(pcap(FRAMES)), batcher);

        CaptureRun.Ending ending = run.run(true, (frames, bytes) -> {});

        assertThat(ending).isEqualTo(CaptureRun.Ending.COMPLETE);
        assertThat(run.frames()).isEqualTo(FRAMES);
        assertThat(counters.shippedPackets()).isEqualTo(FRAMES);
        assertThat(heads().stream().mapToInt(head -> head.packetCount).sum()).isEqualTo(FRAMES);
        BatchHead last = heads().get(batches.size() - 1);
        assertThat(last.has(BatchHead.FLAG_END_OF_CAPTURE)).isTrue();
        assertThat(last.has(BatchHead.FLAG_LAST_OF_ALL)).isTrue();
    }

    @Test
    void shouldReportProgressUpToTheEnd() throws Exception {
        byte[] file = pcap(FRAMES);
        List<Long> frames = new ArrayList<>();
        List<Long> bytes = new ArrayList<>();

        new CaptureRun(reader(file), batcher)
                .run(
                        false,
                        (f, b) -> {
                            frames.add(f);
                            bytes.add(b);
                        });

        assertThat(frames).isSorted().hasSizeGreaterThan(1).endsWith((long) FRAMES);
        assertThat(bytes).isSorted().endsWith((long) file.length);
    }

    @Test
    void shouldSendNeitherUnfinishedBatchesNorEndMarkersWhenStopped() throws Exception {
        CaptureRun run = new CaptureRun(reader(pcap(FRAMES)), batcher);

        CaptureRun.Ending ending = run.run(true, (frames, bytes) -> run.stop());

        assertThat(ending).isEqualTo(CaptureRun.Ending.STOPPED);
        assertThat(run.frames()).isBetween(1L, (long) FRAMES - 1);
        assertThat(heads()).noneMatch(head -> head.has(BatchHead.FLAG_END_OF_CAPTURE));
        assertThat(counters.shippedPackets()).isLessThan(run.frames());
    }

    @Test
    void shouldSendTheSameBatchesUpToWhereItWasStopped() throws Exception {
        CaptureRun stopped = new CaptureRun(reader(pcap(FRAMES)), batcher);
        stopped.run(true, (frames, bytes) -> stopped.stop());
        List<byte[]> first = List.copyOf(batches);
        batches.clear();

        FlowBatcher again =
                new FlowBatcher(
                        BatchSettings.defaults("home", "gw-1", 7),
                        new CaptureCounters(),
                        (topic, partition, bytes, length, packets) ->
                                batches.add(Arrays.copyOf(bytes, length)));
        new CaptureRun(reader(pcap(FRAMES)), again).run(true, (frames, bytes) -> {});

        assertThat(first).isNotEmpty();
        for (int i = 0; i < first.size(); i++) {
            assertThat(batches.get(i)).isEqualTo(first.get(i));
        }
    }

    @Test
    void shouldReadNothingOnceStopped() throws Exception {
        CaptureRun run = new CaptureRun(reader(pcap(3)), batcher);
        run.stop();

        assertThat(run.run(true, (frames, bytes) -> {})).isEqualTo(CaptureRun.Ending.STOPPED);

        assertThat(counters.captured()).isZero();
        assertThat(batches).isEmpty();
    }

    @Test
    void shouldAdvanceByAsManyFramesAsAsked() throws Exception {
        CaptureRun run = new CaptureRun(reader(pcap(5)), batcher);

        assertThat(run.advance(3)).isTrue();
        assertThat(counters.captured()).isEqualTo(3);
        assertThat(run.advance(3)).isFalse();
        assertThat(counters.captured()).isEqualTo(5);
        assertThat(batches).isEmpty();
    }

    @Test
    void shouldEndACaptureWithoutPackets() throws Exception {
        new CaptureRun(reader(pcap(0)), batcher).run(false, (frames, bytes) -> {});

        assertThat(heads()).hasSize(2).allMatch(head -> head.has(BatchHead.FLAG_END_OF_CAPTURE));
        assertThat(heads().get(0).interfaces).hasSize(1);
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

        new CaptureRun(reader(file), batcher).run(false, (frames, bytes) -> {});

        assertThat(counters.count(DecodeOutcome.IGNORED_LINK_TYPE)).isEqualTo(1);
        assertThat(counters.shippedPackets()).isEqualTo(2);
        assertThat(heads().get(batches.size() - 1).interfaces).hasSize(4);
    }
}
