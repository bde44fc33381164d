package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The captures in the repository are those that {@link CaseCaptures} makes. */
class CaseCapturesTest {
    static List<CaseCaptures.Case> cases() {
        return CaseCaptures.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void shouldBeTheCaptureInTheRepository(CaseCaptures.Case scenario) throws IOException {
        assertThat(Files.readAllBytes(scenario.folder().resolve(scenario.fileName())))
                .isEqualTo(scenario.capture().toByteArray());
    }
}
