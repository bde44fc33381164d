package io.gatewatch.job;

import io.gatewatch.capture.CaptureFile;
import io.gatewatch.capture.UnreadableCaptureException;
import io.gatewatch.capture.batch.BatchSettings;
import io.gatewatch.capture.file.CaptureInput;
import io.gatewatch.job.cluster.LocalCluster;
import io.gatewatch.job.config.JobSettings;
import io.gatewatch.job.sink.lines.LineFormat;
import io.gatewatch.job.source.capture.OpenCapture;
import io.gatewatch.settings.CommandFailure;
import io.gatewatch.settings.ExitCode;
import io.gatewatch.settings.Printable;
import io.gatewatch.settings.ProgressLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** One run of {@code analyze}: opens the inputs, runs a job for them, says what went wrong. */
final class AnalyzeRun {
    private static final String ERROR_FILE = "error.txt";

    private final Function<String, BatchSettings> batches;
    private final LineFormat format;
    private final Path output;
    private final PrintWriter err;
    private final AnalyzeJob job;
    private CompletableFuture<LocalCluster> cluster;
    private int exitCode = ExitCode.OK;

    AnalyzeRun(
            JobSettings settings,
            Function<String, BatchSettings> batches,
            LineFormat format,
            Path output,
            int parallelism,
            PrintWriter err) {
        this.batches = batches;
        this.format = format;
        this.output = output;
        this.err = err;
        this.job = new AnalyzeJob(settings, format, parallelism);
    }

    int run(List<String> files, boolean perFile) throws Exception {
        try {
            if (output != null) {
                OutputFolder.create(output, format);
            }
            if (perFile) {
                for (String file : files) {
                    analyzeAlone(file);
                }
            } else {
                analyzeTogether(files);
            }
            return exitCode;
        } finally {
            if (cluster != null) {
                cluster.thenAccept(LocalCluster::close).join();
            }
        }
    }

    private void analyzeTogether(List<String> files) throws Exception {
        List<CaptureFile> inputs = new ArrayList<>();
        for (String file : files) {
            try {
                inputs.add(CaptureFile.open(file, System.in));
            } catch (UnreadableCaptureException e) {
                report(CommandFailure.input(e.getMessage()));
            }
        }
        if (inputs.isEmpty()) {
            return;
        }
        analyze(inputs, output);
        for (CaptureFile input : inputs) {
            try {
                requireLinkType(input);
                warn(input);
            } catch (CommandFailure e) {
                report(e);
            }
        }
    }

    private void analyzeAlone(String file) throws Exception {
        Path folder = output.resolve(CaptureFile.baseName(file));
        OutputFolder.create(folder, format);
        Files.deleteIfExists(folder.resolve(ERROR_FILE));
        try {
            CaptureFile input = CaptureFile.open(file, System.in);
            analyze(List.of(input), folder);
            requireLinkType(input);
            warn(input);
        } catch (UnreadableCaptureException e) {
            refuse(folder, CommandFailure.input(e.getMessage()));
        } catch (CommandFailure e) {
            if (e.exitCode() != ExitCode.INPUT) {
                throw e;
            }
            refuse(folder, e);
        }
    }

    private void refuse(Path folder, CommandFailure failure) throws IOException {
        report(failure);
        OutputFolder.clear(folder, format);
        Files.writeString(folder.resolve(ERROR_FILE), failure.getMessage() + "\n");
    }

    private static void requireLinkType(CaptureFile input) {
        Optional<String> problem = input.linkTypeProblem();
        if (problem.isPresent()) {
            throw CommandFailure.input(problem.get());
        }
    }

    private void analyze(List<CaptureFile> inputs, Path folder) throws Exception {
        OpenCapture capture = new OpenCapture(open(inputs), batches.apply(inputs.get(0).name()));
        // Flink takes seconds to start; the capture is read meanwhile.
        capture.read();
        if (cluster == null) {
            cluster = job.startCluster();
        }
        try {
            ProgressLine.during(capture, () -> job.run(cluster, capture, folder));
        } catch (CommandFailure e) {
            throw capture.failure() == null ? e : CommandFailure.input(FailureCause.line(e));
        }
        if (folder != null) {
            OutputFolder.createEmpty(folder, format);
        }
    }

    private static CaptureInput open(List<CaptureFile> inputs) {
        try {
            return new CaptureInput(List.copyOf(inputs));
        } catch (IOException e) {
            throw CommandFailure.input(e.getMessage());
        }
    }

    private void report(CommandFailure failure) {
        exitCode = failure.exitCode();
        say(failure.getMessage());
    }

    private void warn(CaptureFile input) {
        input.warnings().forEach(warning -> say("warning: " + warning));
    }

    private void say(String line) {
        err.println("gatewatch analyze: " + Printable.of(line));
    }
}
