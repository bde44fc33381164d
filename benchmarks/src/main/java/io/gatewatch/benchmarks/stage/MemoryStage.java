package io.gatewatch.benchmarks.stage;

import io.gatewatch.benchmarks.load.SyntheticBatches;
import io.gatewatch.benchmarks.load.TopicFill;
import io.gatewatch.benchmarks.micro.NamesBenchmark;
import io.gatewatch.benchmarks.report.Figure;
import io.gatewatch.benchmarks.report.Report;
import io.gatewatch.demo.ChildProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Heap that an open session takes in the job, its timers and the state backend included and its
 * packet list left out (there is none): two numbers of sessions, differenced, each after a full
 * collection. Heap that an answer of DNS takes.
 */
public final class MemoryStage implements Stage {
    private static final int K = 8;
    private static final int ANSWERS = 200_000;
    private static final int QUICK_ANSWERS = 50_000;
    private static final int COLLECTIONS = 3;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String description() {
        return "heap for an open session beside its packet list, and for a name";
    }

    @Override
    public void run(Bench bench, Report report) throws Exception {
        names(report, bench.plan().quick() ? QUICK_ANSWERS : ANSWERS);
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            report.remark(name() + ": no jcmd in this Java: sessions are not weighed");
            return;
        }
        sessions(bench, report, jcmd);
    }

    private void sessions(Bench bench, Report report, Path jcmd) throws Exception {
        int few = bench.plan().quick() ? 5_000 : 20_000;
        int many = bench.plan().quick() ? 50_000 : 220_000;
        Path folder = bench.folder(name());
        try (Broker broker = Broker.start(folder.resolve("kafka"));
                TopicFill topics = new TopicFill(broker.address())) {
            SyntheticBatches batches = new SyntheticBatches(SyntheticBatches.Shape.of(K), topics);
            try (JobProcess job =
                    JobProcess.discarding(
                            folder, broker.address(), many, "--packet-list-limit", "0")) {
                long fewBytes = heapWith(few, batches, topics, job, jcmd, folder);
                long fewSessions = job.openSessions();
                long manyBytes = heapWith(many, batches, topics, job, jcmd, folder);
                long sessions = job.openSessions() - fewSessions;
                double each = (double) (manyBytes - fewBytes) / sessions;
                report.add(
                        new Figure(
                                name(),
                                "heap of a session without its packet list",
                                each,
                                "bytes",
                                sessions,
                                0));
            }
        } finally {
            Folders.delete(folder);
        }
    }

    /** Lets so many flows live, and weighs what there is when all of them are open. */
    private static long heapWith(
            int flows,
            SyntheticBatches batches,
            TopicFill topics,
            JobProcess job,
            Path jcmd,
            Path folder)
            throws IOException, InterruptedException {
        batches.live(flows);
        batches.until(batches.packets() + 3L * flows * K);
        topics.finish();
        Watch.until(batches.packets(), job::sample);
        List<String> collect = List.of(jcmd.toString(), Long.toString(job.pid()), "GC.run");
        for (int i = 0; i < COLLECTIONS; i++) {
            try (ChildProcess collection =
                    ChildProcess.start("collection", collect, Map.of(), folder)) {
                collection.awaitSuccess(Bench.LIMIT);
            }
        }
        return job.heapUsedBytes();
    }

    private void names(Report report, int answers) {
        long before = used();
        NamesBenchmark names = new NamesBenchmark();
        names.answers = answers;
        names.known = NamesBenchmark.Known.BY_CLIENT;
        names.build();
        double each = (double) (used() - before) / answers;
        if (names.find() == null) {
            throw new IllegalStateException("a name that was added is not found");
        }
        report.add(new Figure(name(), "heap of a name", each, "bytes", answers, 0));
    }

    private static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            ManagementFactory.getMemoryMXBean().gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
