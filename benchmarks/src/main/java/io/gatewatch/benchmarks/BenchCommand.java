package io.gatewatch.benchmarks;

import io.gatewatch.benchmarks.report.Report;
import io.gatewatch.benchmarks.report.ReportFile;
import io.gatewatch.benchmarks.report.ReportText;
import io.gatewatch.benchmarks.stage.Bench;
import io.gatewatch.benchmarks.stage.Folders;
import io.gatewatch.benchmarks.stage.Stage;
import io.gatewatch.benchmarks.stage.Stages;
import io.gatewatch.settings.Command;
import io.gatewatch.settings.CommandFailure;
import io.gatewatch.settings.CommandRunner;
import io.gatewatch.settings.CommonOptions;
import io.gatewatch.settings.ExitCode;
import io.gatewatch.settings.FileProblem;
import io.gatewatch.settings.Problems;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** {@code bin/bench}: measures every stage on this machine. */
@CommandLine.Command(
        name = "bench",
        description = {
            "Measures what every stage costs on this machine: packets a second, CPU time of each"
                    + " process, bytes, memory; each with what it stands on, and compared with a plain"
                    + " read of the same capture by libpcap.",
            "",
            "Stages:",
            "  libpcap  tcpdump on the same capture (the yardstick); ndpiReader, argus, tshark",
            "  batches  a capture file, decoded and encoded into batches, on one thread",
            "  agent    the agent's process, a capture file to a Kafka broker",
            "  job      Kafka to the job at parallelism 2, rows thrown away",
            "  jdbc     rows of sessions and of DNS into an embedded MariaDB",
            "  live     an agent captures from a veth pair in namespaces of its own (root)",
            "  analyze  start-up, and what more packets take",
            "  chain    agent, broker and job at once; with --database MariaDB too",
            "  memory   heap for an open session beside its packet list, and for a name",
            "  flows    the job's cost per packet from 10 thousand to a million live flows"
        },
        footer = {
            "",
            "Examples:",
            "  bin/bench --quick",
            "  bin/bench --json before.json",
            "  bin/bench --stage libpcap batches --packets 5000000",
            "  bin/bench --stage job --flows 200000 --k 8 --json now.json --against before.json",
            "  bin/bench micro Decode -p frame=tcp        (microbenchmarks: options of JMH)",
            "",
            "Exit code: 0 done, 1 a stage failed, 2 usage."
        })
public final class BenchCommand implements Command {
    /** A quick run begins no stage later than this, so that it is over in two minutes. */
    private static final long QUICK_START_NS = 90_000_000_000L;

    @Mixin CommonOptions common;
    @Mixin private BenchOptions options;

    private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    private final PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);

    public static void main(String[] args) {
        CommandRunner.main(new BenchCommand(), args);
    }

    @Override
    public void validate(Problems problems) {
        options.validate(problems);
    }

    @Override
    public int run() throws Exception {
        Report before = options.against == null ? null : read(options.against);
        Path folder = folder();
        Thread removal = new Thread(() -> remove(folder), "removal");
        if (options.keepUnder == null) {
            Runtime.getRuntime().addShutdownHook(removal); // whatever ends this process
        }
        // As they are measured: a run that is stopped has said what it knows.
        Report report = new Report(figure -> err.println("  " + ReportText.line(figure)));
        Machine.describe(report);
        boolean failed = measure(new Bench(options.plan(), folder, err), report);
        report.machine().forEach((name, value) -> out.println(name + ": " + value));
        ReportText.lines(report).forEach(out::println);
        if (before != null) {
            out.println();
            ReportText.comparison(report, before).forEach(out::println);
        }
        if (options.json != null) {
            write(report);
        }
        return failed ? ExitCode.FAILED : ExitCode.OK;
    }

    private boolean measure(Bench bench, Report report) throws InterruptedException {
        List<Stage> chosen =
                options.stages.isEmpty()
                        ? Stages.all()
                        : Stages.all().stream()
                                .filter(stage -> options.stages.contains(stage.name()))
                                .toList();
        boolean failed = false;
        long startNs = System.nanoTime();
        for (Stage stage : chosen) {
            if (options.quick && System.nanoTime() - startNs > QUICK_START_NS) {
                report.remark(stage.name() + ": left out, the time of --quick is over");
                continue;
            }
            bench.say(stage.name() + ": " + stage.description());
            try {
                stage.run(bench, report);
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                // The others can still be measured.
                failed = true;
                String line = stage.name() + " failed: " + e.getMessage();
                bench.say(line);
                report.remark(line);
            }
        }
        return failed;
    }

    private Path folder() throws IOException {
        return options.keepUnder == null
                ? Files.createTempDirectory("gatewatch-bench-")
                : Files.createTempDirectory(options.keepUnder, "bench-");
    }

    private void remove(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            err.println("gatewatch bench: " + folder + " is left behind: " + FileProblem.reason(e));
        }
    }

    private static Report read(Path file) {
        try {
            return ReportFile.read(file);
        } catch (IOException e) {
            throw CommandFailure.input(file + ": " + e.getMessage());
        }
    }

    private void write(Report report) {
        try {
            ReportFile.write(report, options.json);
        } catch (IOException e) {
            throw CommandFailure.failed(
                    options.json + ": cannot be written: " + FileProblem.reason(e));
        }
    }
}
