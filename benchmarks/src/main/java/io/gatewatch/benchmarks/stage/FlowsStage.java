package io.gatewatch.benchmarks.stage;

import io.gatewatch.benchmarks.load.SyntheticBatches;
import io.gatewatch.benchmarks.load.TopicFill;
import io.gatewatch.benchmarks.measure.Series;
import io.gatewatch.benchmarks.measure.Span;
import io.gatewatch.benchmarks.report.Figure;
import io.gatewatch.benchmarks.report.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a packet costs the job the more flows live. One job reads it all: the number of flows grows
 * while it runs, and it is measured once the new ones are open.
 */
public final class FlowsStage implements Stage {
    private static final int K = 8;
    private static final List<Integer> FLOWS = List.of(10_000, 50_000, 200_000, 500_000, 1_000_000);
    private static final List<Integer> QUICK_FLOWS = List.of(2_000, 20_000);
    private static final long FIRST_WARM_UP = 6_000_000;
    private static final long QUICK_WARM_UP = 1_000_000;

    /** Packets between which so many flows lived. */
    private record Phase(int flows, long from, long to) {}

    @Override
    public String name() {
        return "flows";
    }

    @Override
    public String description() {
        return "the job's cost per packet from ten thousand to a million live flows, at k 8";
    }

    @Override
    public void run(Bench bench, Report report) throws Exception {
        List<Integer> flows = bench.plan().quick() ? QUICK_FLOWS : FLOWS;
        Path folder = bench.folder(name());
        try (Broker broker = Broker.start(folder.resolve("kafka"))) {
            List<Phase> phases = fill(bench, broker, flows);
            int most = flows.get(flows.size() - 1);
            try (JobProcess job = JobProcess.discarding(folder, broker.address(), most)) {
                Series series = Watch.until(phases.get(phases.size() - 1).to(), job::sample);
                report(bench, report, phases, series);
            }
        } finally {
            Folders.delete(folder);
        }
    }

    private List<Phase> fill(Bench bench, Broker broker, List<Integer> flows) {
        long measured = bench.plan().packetsOr(600_000, 6_000_000);
        long warmUp = bench.plan().quick() ? QUICK_WARM_UP : FIRST_WARM_UP;
        List<Phase> phases = new ArrayList<>();
        try (TopicFill topics = new TopicFill(broker.address())) {
            SyntheticBatches batches = new SyntheticBatches(SyntheticBatches.Shape.of(K), topics);
            for (int live : flows) {
                batches.live(live);
                batches.until(batches.packets() + Math.max(warmUp, (long) live * K));
                long from = batches.packets();
                batches.until(from + Math.max(measured, (long) live * K));
                phases.add(new Phase(live, from, batches.packets()));
                warmUp = 0;
            }
            topics.finish();
        }
        bench.say(name() + ": " + phases.get(phases.size() - 1).to() + " packets are in Kafka");
        return phases;
    }

    private void report(Bench bench, Report report, List<Phase> phases, Series series) {
        double first = 0;
        double last = 0;
        for (Phase phase : phases) {
            boolean end = phase.equals(phases.get(phases.size() - 1));
            Span span = series.between(phase.from(), phase.to(), end);
            last = span.cpuNsPerPacket();
            first = first == 0 ? last : first;
            String label = " at " + phase.flows() + " flows";
            bench.cpu(report, name(), "job" + label, last, span.packets(), span.seconds());
            report.add(
                    new Figure(
                            name(),
                            "rate" + label,
                            span.packetsPerSecond(),
                            "packets/s",
                            span.packets(),
                            span.seconds()));
        }
        report.add(new Figure(name(), "most flows to fewest, CPU", last / first, "ratio", 0, 0));
    }
}
