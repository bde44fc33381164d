package io.gatewatch.benchmarks.stage;

import io.gatewatch.benchmarks.measure.Sample;
import io.gatewatch.benchmarks.measure.Series;
import io.gatewatch.benchmarks.measure.Span;
import io.gatewatch.benchmarks.report.Figure;
import io.gatewatch.benchmarks.report.Report;
import io.gatewatch.demo.ChildProcess;
import io.gatewatch.demo.EmbeddedDatabase;
import io.gatewatch.demo.Launcher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Agent, broker and job at once, on whatever cores there are; with a database if asked for. */
public final class ChainStage implements Stage {
    /** For the heap of the job alone. */
    private static final int FLOWS = 200_000;

    /** Of the packets: until then the processes warm up. */
    private static final int WARM_PART = 3;

    @Override
    public String name() {
        return "chain";
    }

    @Override
    public String description() {
        return "agent, broker and job at once; with --database MariaDB too";
    }

    @Override
    public void run(Bench bench, Report report) throws Exception {
        long packets = bench.plan().packetsOr(400_000, 3_000_000);
        Path capture = bench.capture(packets);
        Path folder = bench.folder(name());
        try (Broker broker = Broker.start(folder.resolve("kafka"))) {
            discarding(bench, report, folder, broker, capture, packets);
        } finally {
            Folders.delete(folder);
        }
        if (!bench.plan().database()) {
            return;
        }
        Path second = bench.folder(name() + "-database");
        try (Broker broker = Broker.start(second.resolve("kafka"));
                EmbeddedDatabase database = EmbeddedDatabase.start(second.resolve("database"))) {
            database.migrate();
            writing(bench, report, second, broker, database, capture, packets);
        } finally {
            Folders.delete(second);
        }
    }

    private void discarding(
            Bench bench, Report report, Path folder, Broker broker, Path capture, long packets)
            throws Exception {
        try (JobProcess job = JobProcess.discarding(folder, broker.address(), FLOWS)) {
            measure(bench, report, "", folder, broker, job, new ArrayList<>(), capture, packets);
        }
    }

    private void writing(
            Bench bench,
            Report report,
            Path folder,
            Broker broker,
            EmbeddedDatabase database,
            Path capture,
            long packets)
            throws Exception {
        List<String> options =
                List.of("--kafka", broker.address(), "--jdbc-url", database.jdbcUrl());
        Map<String, String> password =
                Map.of(EmbeddedDatabase.PASSWORD_VARIABLE, database.password());
        List<RunningCpu> others = new ArrayList<>();
        others.add(new RunningCpu("database", database.process().pid()));
        try (JobProcess job = JobProcess.start(folder, FLOWS, options, password)) {
            measure(bench, report, " with database", folder, broker, job, others, capture, packets);
        }
    }

    private void measure(
            Bench bench,
            Report report,
            String label,
            Path folder,
            Broker broker,
            JobProcess job,
            List<RunningCpu> others,
            Path capture,
            long packets)
            throws Exception {
        List<String> command =
                Launcher.find()
                        .command(
                                List.of(
                                        "agent",
                                        "--kafka",
                                        broker.address(),
                                        "--gateway",
                                        "bench",
                                        "--read",
                                        capture.toString()));
        try (ChildProcess agent = ChildProcess.start("agent", command, Map.of(), folder)) {
            others.add(new RunningCpu("agent", agent.pid()));
            others.add(new RunningCpu("broker", broker.pid()));
            // Some packets of a capture are left out on purpose.
            long most = packets - packets / 20;
            Series series =
                    Watch.until(
                            most,
                            () -> {
                                Sample sample = job.sample();
                                others.forEach(other -> other.sample(sample));
                                return sample;
                            });
            agent.awaitSuccess(Bench.LIMIT);
            Span span = series.between(packets / WARM_PART, most, true);
            report.add(
                    new Figure(
                            name(),
                            "rate" + label,
                            span.packetsPerSecond(),
                            "packets/s",
                            span.packets(),
                            span.seconds()));
            cpu(bench, report, "job" + label, span);
            for (RunningCpu other : others) {
                cpu(
                        bench,
                        report,
                        other.name() + label,
                        other.series().between(packets / WARM_PART, most, true));
            }
        }
    }

    private void cpu(Bench bench, Report report, String of, Span span) {
        bench.cpu(report, name(), of, span.cpuNsPerPacket(), span.packets(), span.seconds());
    }
}
