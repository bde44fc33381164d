package io.gatewatch.agent.config;

import io.gatewatch.agent.capture.LiveSettings;
import io.gatewatch.capture.CaptureFile;
import io.gatewatch.settings.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that say where packets come from: interfaces, or capture files. */
public final class InputOptions {
    private static final int MIN_SNAP_LENGTH = 64;
    private static final int MAX_SNAP_LENGTH = 262_144;
    private static final long MIN_BUFFER_BYTES = 64 * 1024;

    @Option(
            names = {"-i", "--interface"},
            split = ",",
            paramLabel = "IF",
            description = "Interfaces to capture on, separated by commas or repeated.")
    List<String> interfaces = new ArrayList<>();

    @Option(
            names = {"-r", "--read"},
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "Capture files to ship instead (pcap, pcapng, also in gzip; - is standard"
                            + " input); several are merged by time.")
    List<String> files = new ArrayList<>();

    @Option(
            names = "--bpf",
            paramLabel = "FILTER",
            defaultValue = "",
            description = "Capture only what this filter of libpcap lets through.")
    String filter;

    @Option(
            names = "--snaplen",
            paramLabel = "N",
            defaultValue = "262144",
            description = "Bytes captured of each frame at most (default: ${DEFAULT-VALUE}).")
    int snapLength;

    @Option(names = "--promiscuous", description = "Capture frames for other stations too.")
    boolean promiscuous;

    @Option(
            names = "--buffer-size",
            paramLabel = "SIZE",
            defaultValue = "16m",
            converter = SizeConverter.class,
            description = "The kernel's buffer for each interface (default: ${DEFAULT-VALUE}).")
    long bufferBytes;

    @Option(
            names = "--speed",
            paramLabel = "N|max",
            defaultValue = "max",
            converter = Speed.Converter.class,
            description =
                    "Play files N times as fast as they were captured (default: as fast as"
                            + " possible).")
    public Speed speed;

    @Option(
            names = "--close-at-end",
            description = "Nothing follows these files: all open sessions become final.")
    public boolean closeAtEnd;

    @Option(
            names = "--ship-again",
            description =
                    "Ship files as a new capture, under a boot id of its own, instead of the same batches again.")
    public boolean shipAgain;

    void validate(Problems problems) {
        problems.require(
                interfaces.isEmpty() != files.isEmpty(),
                "input",
                interfaces.isEmpty() ? "missing" : "given twice",
                "either --interface IF or --read FILE");
        problems.require(
                new HashSet<>(interfaces).size() == interfaces.size(),
                "--interface",
                String.join(",", interfaces),
                "each interface once");
        BatchOptions.range(problems, "--snaplen", snapLength, MIN_SNAP_LENGTH, MAX_SNAP_LENGTH);
        BatchOptions.range(
                problems, "--buffer-size", bufferBytes, MIN_BUFFER_BYTES, Integer.MAX_VALUE);
        if (files.isEmpty()) {
            onlyWithFiles(problems, "--close-at-end", closeAtEnd);
            onlyWithFiles(problems, "--ship-again", shipAgain);
            onlyWithFiles(problems, "--speed", !speed.equals(Speed.MAX));
        } else {
            problems.require(filter.isEmpty(), "--bpf", filter, "only with --interface");
            problems.require(
                    Collections.frequency(files, CaptureFile.STANDARD_INPUT) <= 1,
                    "--read",
                    CaptureFile.STANDARD_INPUT,
                    "standard input can be read once");
        }
    }

    private static void onlyWithFiles(Problems problems, String key, boolean given) {
        problems.require(!given, key, "given", "only with --read");
    }

    public boolean isLive() {
        return !interfaces.isEmpty();
    }

    public List<String> files() {
        return files;
    }

    public LiveSettings live() {
        return new LiveSettings(interfaces, filter, snapLength, promiscuous, (int) bufferBytes);
    }
}
