package io.gatewatch.job;

import io.gatewatch.job.sink.lines.LineFormat;
import io.gatewatch.settings.CommandFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The directory that {@code analyze} writes its results into. */
final class OutputFolder {
    private static final String SESSIONS = "sessions";
    private static final List<String> WITHOUT_ROWS = List.of("dns", "app_usage");

    private OutputFolder() {}

    /**
     * Makes the directory with its parents.
     *
     * @throws CommandFailure if it cannot be made or written to
     */
    static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw CommandFailure.usage(folder + ": is a file, a directory is needed for results");
        } catch (IOException e) {
            throw CommandFailure.usage(folder + ": cannot be created: " + reason(e));
        }
        if (!Files.isWritable(folder)) {
            throw CommandFailure.usage(folder + ": is not writable");
        }
    }

    private static String reason(IOException failure) {
        return failure instanceof AccessDeniedException
                ? "permission denied"
                : failure.getMessage();
    }

    static Path sessions(Path folder, LineFormat format) {
        return folder.resolve(SESSIONS + "." + format.extension());
    }

    /** The outputs that no step fills yet exist all the same. */
    static void createEmpty(Path folder, LineFormat format) throws IOException {
        for (String name : WITHOUT_ROWS) {
            Files.write(folder.resolve(name + "." + format.extension()), new byte[0]);
        }
    }

    /** Takes away the results of an earlier run. */
    static void clear(Path folder, LineFormat format) throws IOException {
        Files.deleteIfExists(sessions(folder, format));
        for (String name : WITHOUT_ROWS) {
            Files.deleteIfExists(folder.resolve(name + "." + format.extension()));
        }
    }
}
