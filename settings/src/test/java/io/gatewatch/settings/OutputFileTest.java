package io.gatewatch.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
    @TempDir private Path folder;

    @Test
    void shouldLeaveNothingBehind() {
        OutputFile.require("--totals", folder.resolve("totals.json"));
        OutputFile.requireFolder("--output", folder);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldKeepWhatIsThere() throws IOException {
        Path file = Files.writeString(folder.resolve("totals.json"), "earlier");

        OutputFile.require("--totals", file);

        assertThat(file).hasContent("earlier");
    }

    @Test
    void shouldMakeAFolderWithItsParents() {
        OutputFile.requireFolder("--output", folder.resolve("a/b"));

        assertThat(folder.resolve("a/b")).isEmptyDirectory();
    }

    @Test
    void shouldRefuseAFileInAFolderThatIsMissing() {
        Path file = folder.resolve("missing/totals.json");

        assertRefused(
                () -> OutputFile.require("--totals", file),
                "--totals is " + file + ": cannot be written: no such file or directory");
    }

    @Test
    void shouldRefuseAFolderForAFile() {
        assertRefused(
                () -> OutputFile.require("--totals", folder),
                "--totals is " + folder + ": is a directory, a file is needed");
    }

    @Test
    void shouldRefuseAFileForAFolder() throws IOException {
        Path file = Files.createFile(folder.resolve("taken"));

        assertRefused(
                () -> OutputFile.requireFolder("--state-dir", file),
                "--state-dir is " + file + ": is a file, a directory is needed");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldRefuseAFolderThatNotEvenRootCanWriteTo() {
        assertRefused(
                () -> OutputFile.requireFolder("--output", Path.of("/proc")),
                "--output is /proc: is not writable: ");
        assertRefused(
                () -> OutputFile.requireFolder("--output", Path.of("/proc/x")),
                "--output is /proc/x: cannot be created: ");
    }

    private static void assertRefused(ThrowingCallable check, String message) {
        assertThatThrownBy(check)
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageStartingWith(message);
    }
}
