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
    private static final List<String> WITHOUT_ROWS = List.of("dns", "app_usage");

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
        return Stream.concat(Stream.of(SESSIONS), WITHOUT_ROWS.stream())
                .map(name -> folder.resolve(name + "." + format.extension()))
                .toList();
    }

    static Path sessions(Path folder, LineFormat format) {
        return folder.resolve(SESSIONS + "." + format.extension());
    }

    /** The outputs that no step fills yet exist all the same. */
    static void createEmpty(Path folder, LineFormat format) {
        for (String name : WITHOUT_ROWS) {
            Path file = folder.resolve(name + "." + format.extension());
            try {
                Files.write(file, new byte[0]);
            } catch (IOException e) {
                throw CommandFailure.failed(file + ": cannot be written: " + FileProblem.reason(e));
            }
        }
    }

    /** Takes away the results of an earlier run. */
    static void clear(Path folder, LineFormat format) throws IOException {
        for (Path file : files(folder, format)) {
            Files.deleteIfExists(file);
        }
    }
}
