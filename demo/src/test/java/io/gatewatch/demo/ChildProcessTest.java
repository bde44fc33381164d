package io.gatewatch.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir Path dir;

    @Test
    void shouldFindALineOnEitherOutput() throws Exception {
        try (ChildProcess child = shell("echo READY 1; echo up and running >&2; read wait")) {
            assertThat(child.awaitLine("READY", LIMIT)).isEqualTo("READY 1");
            assertThat(child.awaitLine("running", LIMIT)).isEqualTo("up and running");
            assertThat(child.isAlive()).isTrue();
        }
    }

    @Test
    void shouldPassTheEnvironmentAndAskForTheWatch() throws Exception {
        try (ChildProcess child = shell("echo $COLOUR $GATEWATCH_END_WITH_PARENT")) {
            child.awaitSuccess(LIMIT);

            assertThat(child.output()).isEqualTo("green stdin\n");
        }
    }

    @Test
    void shouldShowTheLastLinesOfAChildThatFails() throws Exception {
        try (ChildProcess child =
                shell("for i in 1 2 3 4 5 6 7 8 9; do echo $i >&2; done; exit 3")) {
            ChildFailure failure =
                    catchThrowableOfType(ChildFailure.class, () -> child.awaitLine("READY", LIMIT));

            assertThat(failure).hasMessage("child ended with exit code 3");
            assertThat(failure.exitCode()).isEqualTo(3);
            assertThat(failure.lastLines()).containsExactly("2", "3", "4", "5", "6", "7", "8", "9");
            assertThat(failure.log()).isEqualTo(dir.resolve("child.log"));
        }
    }

    @Test
    void shouldGiveUpOnAChildThatStaysSilent() throws Exception {
        try (ChildProcess child = shell("read wait")) {
            assertThatThrownBy(() -> child.awaitLine("READY", Duration.ofMillis(1)))
                    .isInstanceOf(ChildFailure.class)
                    .hasMessageContaining("READY");
            assertThatThrownBy(() -> child.awaitSuccess(Duration.ofMillis(1)))
                    .isInstanceOf(ChildFailure.class)
                    .hasMessageContaining("not done");
        }
    }

    @Test
    void shouldEndWithTheEndOfItsInput() throws Exception {
        ChildProcess child = shell("read wait; exit 7");

        child.close();

        assertThat(child.isAlive()).isFalse();
        assertThatThrownBy(child::requireAlive).isInstanceOf(ChildFailure.class);
    }

    private ChildProcess shell(String script) throws IOException {
        return ChildProcess.start(
                "child", List.of("sh", "-c", script), Map.of("COLOUR", "green"), dir);
    }
}
