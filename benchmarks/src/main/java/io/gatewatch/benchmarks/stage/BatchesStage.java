package io.gatewatch.benchmarks.stage;

import io.gatewatch.benchmarks.measure.ThreadUse;
import io.gatewatch.benchmarks.report.Figure;
import io.gatewatch.benchmarks.report.Report;
import io.gatewatch.capture.CaptureFeed;
import io.gatewatch.capture.batch.BatchSettings;
import io.gatewatch.capture.batch.CaptureCounters;
import io.gatewatch.capture.batch.FlowBatcher;
import io.gatewatch.capture.file.CaptureReader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A capture file to encoded batches, on one thread, which nobody takes: the agent without Kafka.
 */
public final class BatchesStage implements Stage {
    private static final int PACKET_PARTITIONS = 8;
    private static final int DNS_PARTITIONS = 4;

    /** Of the file, at least: what runs first is not compiled yet. */
    private static final int WARM_UPS = 3;

    private static final int RUNS = 5;

    /** Until then the batcher's own memory has grown to what the capture takes. */
    private static final int WARM_PART = 2;

    /** What a run over the file has taken, from the middle of the file on and in all. */
    private static final class Pass {
        long packets;
        double seconds;
        long cpuNs;
        long allocatedBytes;
        long warmPackets;
        long bytes;
        long slices;
    }

    @Override
    public String name() {
        return "batches";
    }

    @Override
    public String description() {
        return "a capture file, decoded and encoded into batches, on one thread, without Kafka";
    }

    @Override
    public void run(Bench bench, Report report) throws Exception {
        long packets = bench.plan().packetsOr(200_000, 1_000_000);
        Path file = bench.capture(packets);
        for (int i = 0; i < WARM_UPS; i++) {
            pass(file, packets);
        }
        Pass best = null;
        for (int i = 0; i < (bench.plan().quick() ? 2 : RUNS); i++) {
            Pass pass = pass(file, packets);
            best = best == null || pass.cpuNs < best.cpuNs ? pass : best;
        }
        double seconds = best.seconds;
        bench.cpu(report, name(), "thread", (double) best.cpuNs / packets, packets, seconds);
        add(report, "rate", packets / seconds, "packets/s", best);
        add(
                report,
                "allocated after warm-up",
                (double) best.allocatedBytes / best.warmPackets,
                "bytes/packet",
                best);
        add(report, "batches", (double) best.bytes / packets, "bytes/packet", best);
        add(report, "slices", (double) packets / best.slices, "packets/slice", best);
    }

    private void add(Report report, String name, double value, String unit, Pass pass) {
        report.add(new Figure(name(), name, value, unit, pass.packets, pass.seconds));
    }

    private static Pass pass(Path file, long packets) throws IOException {
        Pass pass = new Pass();
        SliceCount slices = new SliceCount();
        FlowBatcher batcher =
                new FlowBatcher(
                        BatchSettings.builder("bench", "bench")
                                .partitions(PACKET_PARTITIONS, DNS_PARTITIONS)
                                .build(),
                        new CaptureCounters(),
                        (topic, partition, bytes, length, count) -> {
                            pass.bytes += length;
                            slices.add(bytes, length);
                            return true;
                        });
        ThreadUse whole = new ThreadUse();
        try (CaptureReader reader = CaptureReader.open(file)) {
            CaptureFeed feed = new CaptureFeed(reader, batcher);
            while (feed.frames() < packets / WARM_PART && feed.read()) {
                feed.ship();
            }
            pass.warmPackets = packets - feed.frames();
            ThreadUse warm = new ThreadUse();
            while (feed.read()) {
                feed.ship();
            }
            pass.allocatedBytes = warm.allocatedBytes();
            pass.packets = feed.frames();
        }
        batcher.endOfCapture(true);
        pass.seconds = whole.seconds();
        pass.cpuNs = whole.cpuNs();
        pass.slices = slices.count();
        return pass;
    }
}
