package io.gatewatch.job;

import io.gatewatch.job.sink.lines.LineFormat;
import io.gatewatch.settings.CommandFailure;
import io.gatewatch.settings.FileProblem;
import io.gatewatch.settings.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The directory that {@code analyze} writes its results into. */
final class OutputFolder {
    private static final String SESSIONS = "sessions";
    private static final String DNS_LOG = "dns";
    private static final String APP_USAGE = "app_usage";

    private OutputFolder() {}

    /**
     * Makes the directory with its parents, ready to take results.
     *
     * @throws CommandFailure if it cannot be made, or results cannot be written
     */
    static void create(Path folder, LineFormat format) {
        OutputFile.requireFolder("--output", folder);
        for (Path file : files(folder, format)) {
            if (Files.exists(file)) {
                OutputFile.require("--output", file);
            }
        }
    }

    private static List<Path> files(Path folder, LineFormat format) {
        return Stream.of(SESSIONS, DNS_LOG, APP_USAGE)
                .map(name -> file(folder, name, format))
                .toList();
    }

    private static Path file(Path folder, String name, LineFormat format) {
        return folder.resolve(name + "." + format.extension());
    }

    static Path sessions(Path folder, LineFormat format) {
        return file(folder, SESSIONS, format);
    }

    static Path dnsLog(Path folder, LineFormat format) {
        return file(folder, DNS_LOG, format);
    }

    /** The output that no step fills yet exists all the same. */
    static void createEmpty(Path folder, LineFormat format) {
        Path file = file(folder, APP_USAGE, format);
        try {
            Files.write(file, new byte[0]);
        } catch (IOException e) {
            throw CommandFailure.failed(file + ": cannot be written: " + FileProblem.reason(e));
        }
    }

    /** Takes away the results of an earlier run. */
    static void clear(Path folder, LineFormat format) throws IOException {
        for (Path file : files(folder, format)) {
            Files.deleteIfExists(file);
        }
    }
}
