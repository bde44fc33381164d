package io.gatewatch.benchmarks;

import io.gatewatch.benchmarks.stage.Plan;
import io.gatewatch.benchmarks.stage.Stages;
import io.gatewatch.settings.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What is measured, and where the figures go; mixed in with {@code @Mixin}. */
final class BenchOptions {
    private static final int MOST_FLOWS = 10_000_000;
    private static final int MOST_K = 1_000;
    private static final long MOST_PACKETS = 1_000_000_000;

    @Option(
            names = "--quick",
            description =
                    "As little as shows that everything works: at most two minutes on two cores. The"
                            + " figures say little.")
    boolean quick;

    @Option(
            names = "--stage",
            paramLabel = "NAME",
            split = ",",
            arity = "1..*",
            description = "Measure these alone (default: all).")
    List<String> stages = new ArrayList<>();

    @Option(
            names = "--packets",
            paramLabel = "N",
            description = "Packets of captures and topics (default: what each stage wants).")
    long packets;

    @Option(
            names = "--flows",
            paramLabel = "N",
            description = "Live flows of the stage job (default: 200000; with --quick 20000).")
    int flows;

    @Option(
            names = "--k",
            paramLabel = "N",
            description = "Packets per flow and slice of the stage job (default: 2, 8 and 30).")
    int packetsPerSlice;

    @Option(names = "--database", description = "The stage chain also writes into a MariaDB.")
    boolean database;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to this file.")
    Path json;

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = "Compare with the figures of a run before, which --json has written.")
    Path against;

    @Option(
            names = "--keep-under",
            paramLabel = "DIR",
            description =
                    "Work in a new folder below this directory and keep it: captures, logs and data"
                            + " (default: a folder for temporary files, removed at the end).")
    Path keepUnder;

    void validate(Problems problems) {
        for (String stage : stages) {
            problems.require(
                    Stages.find(stage).isPresent(),
                    "--stage",
                    stage,
                    "must be one of " + String.join(", ", Stages.names()));
        }
        problems.require(
                packets >= 0 && packets <= MOST_PACKETS,
                "--packets",
                packets,
                "must be 1 to " + MOST_PACKETS);
        problems.require(
                flows >= 0 && flows <= MOST_FLOWS, "--flows", flows, "must be 1 to " + MOST_FLOWS);
        problems.require(
                packetsPerSlice >= 0 && packetsPerSlice <= MOST_K,
                "--k",
                packetsPerSlice,
                "must be 1 to " + MOST_K);
        problems.require(
                against == null || Files.isReadable(against),
                "--against",
                against,
                "must be a file that --json has written");
        problems.require(
                keepUnder == null || Files.isDirectory(keepUnder),
                "--keep-under",
                keepUnder,
                "must be a directory");
    }

    Plan plan() {
        int liveFlows = flows > 0 ? flows : quick ? 20_000 : 200_000;
        return new Plan(quick, packets, liveFlows, packetsPerSlice, database);
    }
}
