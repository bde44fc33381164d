package io.gatewatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatewatch.settings.CommandFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
    @TempDir private Path root;

    @Test
    void shouldFindNothingInANewDirectory() throws IOException {
        try (StateDirectory state = StateDirectory.create(root.resolve("new/state"))) {
            assertThat(state.newest()).isEmpty();
        }
    }

    @Test
    void shouldServeOneJobAtATime() throws IOException {
        try (StateDirectory first = StateDirectory.create(root)) {
            assertThat(first.isKept()).isTrue();
            assertThatThrownBy(() -> StateDirectory.create(root))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessage("--state-dir is " + root + ": another gatewatch job runs with it");
        }
        try (StateDirectory next = StateDirectory.create(root)) {
            assertThat(next.newest()).isEmpty();
        }
    }

    @Test
    void shouldFindTheNewestOfCheckpointsAndSavepoints() throws IOException {
        snapshot("checkpoints/a/chk-7", 1_000);
        Path newest = snapshot("savepoints/savepoint-b", 3_000);
        snapshot("checkpoints/c/chk-9", 2_000);

        assertThat(newest()).isEqualTo(newest);
    }

    @Test
    void shouldTakeTheHigherNumberOfTwoWrittenAtTheSameTime() throws IOException {
        snapshot("checkpoints/a/chk-9", 1_000);
        Path newest = snapshot("checkpoints/a/chk-10", 1_000);

        assertThat(newest()).isEqualTo(newest);
    }

    @Test
    void shouldPassOverACheckpointThatACrashHasInterrupted() throws IOException {
        Path complete = snapshot("checkpoints/a/chk-1", 1_000);
        Files.createDirectories(root.resolve("checkpoints/a/chk-2"));
        Path cut = snapshot("checkpoints/a/chk-3", 3_000);
        Files.write(cut.resolve("_metadata"), new byte[] {1, 2});

        assertThat(newest()).isEqualTo(complete);
    }

    @Test
    void shouldTakeAwayWhatOtherRunsLeftEmpty() throws IOException {
        Path complete = snapshot("checkpoints/a/chk-1", 1_000);
        Files.createDirectories(root.resolve("checkpoints/b/shared"));

        try (StateDirectory state = StateDirectory.create(root)) {
            state.removeEmpty();
        }

        assertThat(root.resolve("checkpoints/b")).doesNotExist();
        assertThat(complete).exists();
    }

    @Test
    void shouldNotKeepADirectoryThatNobodyNamed() throws IOException {
        Path made;
        try (StateDirectory state = StateDirectory.create(null)) {
            made = state.checkpoints().getParent();
            Files.createDirectories(state.checkpoints().resolve("a"));
            assertThat(state.isKept()).isFalse();
        }

        assertThat(made).doesNotExist();
    }

    @Test
    void shouldRefuseAPathThatIsAFile() throws IOException {
        Path file = Files.createFile(root.resolve("file"));

        assertThatThrownBy(() -> StateDirectory.create(file))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("file");
    }

    private Path newest() throws IOException {
        try (StateDirectory state = StateDirectory.create(root)) {
            return state.newest().orElseThrow();
        }
    }

    private Path snapshot(String path, long writtenMs) throws IOException {
        Path folder = Files.createDirectories(root.resolve(path));
        Path metadata = folder.resolve("_metadata");
        try (OutputStream out = Files.newOutputStream(metadata)) {
            Checkpoints.storeCheckpointMetadata(
                    new CheckpointMetadata(1, List.of(), List.of()), out);
        }
        Files.setLastModifiedTime(metadata, FileTime.fromMillis(writtenMs));
        return folder;
    }
}
