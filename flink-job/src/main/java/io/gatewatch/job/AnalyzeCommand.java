package io.gatewatch.job;

import io.gatewatch.capture.CaptureFile;
import io.gatewatch.capture.batch.BatchLimits;
import io.gatewatch.capture.batch.BatchSettings;
import io.gatewatch.job.config.SessionOptions;
import io.gatewatch.job.sink.lines.LineFormat;
import io.gatewatch.settings.Command;
import io.gatewatch.settings.CommandRunner;
import io.gatewatch.settings.CommonOptions;
import io.gatewatch.settings.FlowOptions;
import io.gatewatch.settings.Problems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gatewatch analyze}: the sessions of capture files, without servers. */
@CommandLine.Command(
        name = "analyze",
        description =
                "Finds the sessions in capture files (pcap, pcapng, .gz), without any server.",
        footer = {
            "",
            "Examples:",
            "  gatewatch analyze office.pcap",
            "  gatewatch analyze --output out monday.pcapng tuesday.pcapng.gz",
            "  gatewatch analyze --per-file --output out *.pcap",
            "  tcpdump -i eth0 -w - | gatewatch analyze --format jsonl -",
            "",
            "Several files are one stream, merged by time, unless --per-file is given.",
            "Exit code 3: an input could not be read."
        })
public final class AnalyzeCommand implements Command {
    /** Stands for a capture's file name in the names of gateway and site. */
    private static final String FILE_NAME = "{file}";

    /** Nothing is sent again in a run over files, so boots need not be told apart. */
    private static final long BOOT_ID = 0;

    private static final int MAX_PARALLELISM = 128;
    private static final int MAX_DEFAULT_PARALLELISM = 8;

    @Spec private CommandSpec spec;
    @Mixin CommonOptions common;
    @Mixin private SessionOptions sessions;
    @Mixin private FlowOptions flows;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Captures; - is standard input.")
    private List<String> files;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description =
                    "Write sessions, DNS log and application usage into this directory instead of"
                            + " sessions to standard output.")
    private Path output;

    @Option(
            names = "--per-file",
            description = "Analyse each file on its own, into DIR/<file name>/; needs --output.")
    private boolean perFile;

    @Option(
            names = "--format",
            paramLabel = "table|jsonl|csv",
            description = "Form of the results (default: jsonl with --output, table without).")
    private LineFormat format;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description =
                    "Threads that assemble sessions beside the one that reads (default: one for"
                            + " each processor, at most 8). Results are the same with any number.")
    private int parallelism =
            Math.min(MAX_DEFAULT_PARALLELISM, Runtime.getRuntime().availableProcessors());

    @Option(
            names = "--gateway",
            paramLabel = "NAME",
            defaultValue = "capture",
            description =
                    "Name of the gateway that captured (default: ${DEFAULT-VALUE}); {file} in it"
                            + " stands for the capture's file name.")
    private String gateway;

    @Option(
            names = "--site",
            paramLabel = "NAME",
            description =
                    "Name of its site, part of session ids (default: the gateway's name); {file}"
                            + " as in --gateway.")
    private String site;

    @Option(
            names = "--batch-interval",
            paramLabel = "DURATION",
            defaultValue = "200ms",
            description =
                    "Longest span of capture time handled at once (default: ${DEFAULT-VALUE})."
                            + " Results are the same with any.")
    private Duration batchInterval;

    @Option(
            names = "--batch-packets",
            paramLabel = "N",
            defaultValue = "500",
            description =
                    "Most packets handled at once (default: ${DEFAULT-VALUE}). Results are the"
                            + " same with any.")
    private int batchPackets;

    public static void main(String[] args) {
        CommandRunner.main(new AnalyzeCommand(), args);
    }

    @Override
    public void validate(Problems problems) {
        sessions.validate(problems);
        problems.require(
                parallelism >= 1 && parallelism <= MAX_PARALLELISM,
                "--parallelism",
                parallelism,
                "must be 1 to " + MAX_PARALLELISM);
        problems.require(!perFile || output != null, "--per-file", perFile, "needs --output DIR");
        requireNames(problems, "--gateway", gateway);
        if (site != null) {
            requireNames(problems, "--site", site);
        }
        problems.require(
                BatchLimits.isInterval(batchInterval),
                "--batch-interval",
                batchInterval.toMillis() + "ms",
                BatchLimits.ALLOWED_INTERVALS);
        problems.require(
                BatchLimits.PACKETS_PER_BATCH.contains(batchPackets),
                "--batch-packets",
                batchPackets,
                BatchLimits.PACKETS_PER_BATCH.allowed());
        if (perFile) {
            requireDistinctNames(problems);
        }
        problems.require(
                files.stream().filter(CaptureFile.STANDARD_INPUT::equals).count() <= 1,
                "FILE",
                CaptureFile.STANDARD_INPUT,
                "standard input can be read once");
    }

    private void requireNames(Problems problems, String option, String pattern) {
        files.stream()
                .map(file -> pattern.replace(FILE_NAME, CaptureFile.baseName(file)))
                .distinct()
                .forEach(name -> requireName(problems, option, name));
    }

    private static void requireName(Problems problems, String option, String name) {
        problems.require(
                BatchLimits.isName(name), option, "'" + name + "'", BatchLimits.ALLOWED_NAMES);
    }

    private void requireDistinctNames(Problems problems) {
        Set<String> names = new HashSet<>();
        for (String file : files) {
            String name = CaptureFile.baseName(file);
            problems.require(
                    names.add(name),
                    "FILE",
                    file,
                    "another input has the name "
                            + name
                            + " too, and --per-file needs distinct names");
        }
    }

    private BatchSettings batches(String fileName) {
        String gatewayOfFile = gateway.replace(FILE_NAME, fileName);
        String siteOfFile = site == null ? gatewayOfFile : site.replace(FILE_NAME, fileName);
        return BatchSettings.builder(siteOfFile, gatewayOfFile)
                .bootId(BOOT_ID)
                .interval(batchInterval)
                .packetsPerBatch(batchPackets)
                .keyVlan(flows.keyVlan)
                .decapsulate(flows.decapsulate)
                .build();
    }

    @Override
    public int run() throws Exception {
        return new AnalyzeRun(
                        sessions.bounded(),
                        this::batches,
                        format(),
                        output,
                        parallelism,
                        spec.commandLine().getErr())
                .run(files, perFile);
    }

    private LineFormat format() {
        if (format != null) {
            return format;
        }
        return output != null ? LineFormat.JSONL : LineFormat.TABLE;
    }
}
