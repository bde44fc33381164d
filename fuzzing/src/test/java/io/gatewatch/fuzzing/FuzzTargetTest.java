package io.gatewatch.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatewatch.testing.FuzzBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the fuzzer has found stays mended; seeds are valid, and survive some damage here already.
 */
class FuzzTargetTest {
    private static final int ROUNDS = 2_000;

    static Path findings(FuzzTarget target) {
        return Path.of("src/test/findings", target.name());
    }

    private static List<FuzzTarget> targets() {
        return FuzzTarget.ALL;
    }

    @ParameterizedTest
    @MethodSource("targets")
    void shouldSurviveWhatWasFound(FuzzTarget target) throws IOException {
        Path folder = findings(target);
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                target.run().accept(Files.readAllBytes(file));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void shouldSurviveDamagedSeeds(FuzzTarget target) {
        FuzzBytes fuzz = FuzzBytes.forTest(FuzzTargetTest.class);
        List<byte[]> seeds = target.seeds().get();
        assertThat(seeds).as("seeds of %s", target).isNotEmpty();
        seeds.forEach(target.run());
        for (int i = 0; i < ROUNDS; i++) {
            byte[] seed = seeds.get(fuzz.random().nextInt(seeds.size()));
            target.run().accept(fuzz.mutate(seed));
        }
    }

    @Test
    void shouldNoticeAnUntruth() {
        assertThatThrownBy(() -> Expect.that(false, "pigs fly"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("pigs fly");
        assertThatThrownBy(() -> Expect.inside(new byte[4], 2, 3, "range"))
                .isInstanceOf(IllegalStateException.class);
    }
}
