package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every scenario gives the sessions and the DNS log that its folder expects, to the byte. {@code
 * -Dgatewatch.golden=rewrite} writes what is found as what is expected; the diff is then to be
 * reviewed.
 */
class GoldenSessionsIT {
    @TempDir private static Path output;

    @BeforeAll
    static void analyzeAllCases() throws Exception {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "analyze",
                                "--per-file",
                                "--site",
                                "scenario",
                                "--gateway",
                                "gateway",
                                "--output",
                                output.toString()));
        Cases.captures().forEach(capture -> arguments.add(capture.toString()));
        Gatewatch.Result result = Gatewatch.run(arguments.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.toString()).isZero();
    }

    static List<Path> captures() throws IOException {
        return Cases.captures();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("captures")
    void shouldFindTheExpectedSessions(Path capture) throws IOException {
        Path found = output.resolve(capture.getFileName()).resolve("sessions.jsonl");
        Path expected = capture.resolveSibling(Cases.EXPECTED);
        if ("rewrite".equals(System.getProperty("gatewatch.golden"))) {
            Files.writeString(expected, Files.readString(found));
        }
        assertThat(Files.readString(found)).isEqualTo(Files.readString(expected));
        assertThat(Files.size(expected)).as("sessions expected of %s", capture).isPositive();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("captures")
    void shouldFindTheExpectedDnsLog(Path capture) throws IOException {
        String found = Files.readString(output.resolve(capture.getFileName()).resolve("dns.jsonl"));
        Path expected = capture.resolveSibling(Cases.EXPECTED_DNS);
        if ("rewrite".equals(System.getProperty("gatewatch.golden")) && !found.isEmpty()) {
            Files.writeString(expected, found);
        }
        assertThat(found).isEqualTo(Files.exists(expected) ? Files.readString(expected) : "");
    }
}
