package io.gatewatch.settings;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether results can go where they shall, found out before the work that makes them. */
public final class OutputFile {
    private OutputFile() {}

    /**
     * Requires that a file can be written; leaves things as they were.
     *
     * @param option names the file in the message
     * @throws CommandFailure if it cannot
     */
    public static void require(String option, Path file) {
        if (Files.isDirectory(file)) {
            throw refused(option, file, "is a directory, a file is needed");
        }
        if (Files.exists(file)) {
            if (!Files.isWritable(file)) {
                throw refused(option, file, "is not writable");
            }
            return;
        }
        try {
            Files.createFile(file);
            Files.delete(file);
        } catch (IOException e) {
            throw refused(option, file, "cannot be written: " + FileProblem.reason(e));
        }
    }

    /**
     * Makes a directory with its parents, and requires that files can be made in it.
     *
     * @param option names the directory in the message
     * @throws CommandFailure if it cannot be made or written to
     */
    public static void requireFolder(String option, Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw refused(option, folder, "is a file, a directory is needed");
        } catch (IOException e) {
            throw refused(option, folder, "cannot be created: " + FileProblem.reason(e));
        }
        try {
            // The permissions do not say it all: not to root, and not of a mounted file system.
            Files.delete(Files.createTempFile(folder, ".gatewatch", ".probe"));
        } catch (IOException e) {
            throw refused(option, folder, "is not writable: " + FileProblem.reason(e));
        }
    }

    private static CommandFailure refused(String option, Path path, String why) {
        return CommandFailure.usage(option + " is " + path + ": " + why);
    }
}
