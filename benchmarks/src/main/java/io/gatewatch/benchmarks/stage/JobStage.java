package io.gatewatch.benchmarks.stage;

import io.gatewatch.benchmarks.load.SyntheticBatches;
import io.gatewatch.benchmarks.load.TopicFill;
import io.gatewatch.benchmarks.measure.Series;
import io.gatewatch.benchmarks.measure.Span;
import io.gatewatch.benchmarks.report.Figure;
import io.gatewatch.benchmarks.report.Report;
import java.nio.file.Path;
import java.util.List;

/**
 * Kafka to the job at parallelism 2, checkpoints on, its rows thrown away. The topics are full
 * before the job starts, with batches of so many live flows: no agent takes part.
 */
public final class JobStage implements Stage {
    private static final List<Integer> ALL_K = List.of(2, 8, 30);

    @Override
    public String name() {
        return "job";
    }

    @Override
    public String description() {
        return "Kafka to the job at parallelism 2, rows thrown away, at --flows and --k";
    }

    @Override
    public void run(Bench bench, Report report) throws Exception {
        int asked = bench.plan().packetsPerSlice();
        List<Integer> all = bench.plan().quick() ? List.of(8) : ALL_K;
        for (int k : asked > 0 ? List.of(asked) : all) {
            run(bench, report, k);
        }
    }

    private void run(Bench bench, Report report, int k) throws Exception {
        int flows = bench.plan().flows();
        // Once around is warm-up: every session is opened in it.
        long warmUp = Math.max((long) flows * k, bench.plan().quick() ? 1_000_000 : 5_000_000);
        long packets = warmUp + bench.plan().packetsOr(1_500_000, 20_000_000);
        Path folder = bench.folder(name() + "-" + k);
        String label = " at " + flows + " flows, k " + k;
        try (Broker broker = Broker.start(folder.resolve("kafka"))) {
            bench.say(name() + ": " + packets + " packets into Kafka," + label);
            long filled = fill(broker, flows, k, packets, report, label);
            try (JobProcess job = JobProcess.discarding(folder, broker.address(), flows)) {
                Series series = Watch.until(filled, job::sample);
                Span span = series.between(warmUp, filled, true);
                add(report, label, span, job);
                bench.cpu(
                        report,
                        name(),
                        "job" + label,
                        span.cpuNsPerPacket(),
                        span.packets(),
                        span.seconds());
            }
        } finally {
            Folders.delete(folder);
        }
    }

    /** Returns the packets that are there. */
    private long fill(Broker broker, int flows, int k, long packets, Report report, String label) {
        try (TopicFill topics = new TopicFill(broker.address())) {
            SyntheticBatches batches = new SyntheticBatches(SyntheticBatches.Shape.of(k), topics);
            batches.live(flows);
            batches.until(packets);
            topics.finish();
            double bytes = (double) topics.bytes() / batches.packets();
            report.add(
                    new Figure(
                            name(),
                            "batches" + label,
                            bytes,
                            "bytes/packet",
                            batches.packets(),
                            0));
            return batches.packets();
        }
    }

    private void add(Report report, String label, Span span, JobProcess job) throws Exception {
        long packets = span.packets();
        double seconds = span.seconds();
        report.add(
                new Figure(
                        name(),
                        "rate" + label,
                        span.packetsPerSecond(),
                        "packets/s",
                        packets,
                        seconds));
        report.add(
                new Figure(
                        name(),
                        "garbage collection" + label,
                        span.gcPercent(),
                        "% of time",
                        packets,
                        seconds));
        report.add(
                new Figure(
                        name(),
                        "open sessions" + label,
                        job.openSessions(),
                        "sessions",
                        packets,
                        seconds));
        report.add(
                new Figure(
                        name(),
                        "resident at most" + label,
                        job.peakResidentKb() / 1024.0,
                        "MB",
                        packets,
                        seconds));
    }
}
