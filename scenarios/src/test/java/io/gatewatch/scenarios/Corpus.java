package io.gatewatch.scenarios;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The corpus of public captures with expected flows, where there is one: see CONTRIBUTING.md. */
final class Corpus {
    private Corpus() {}

    /** Its folder; skips the test where there is none. */
    static Path folder() {
        Path folder = io.gatewatch.testing.Corpus.folder();
        assumeTrue(
                io.gatewatch.testing.Corpus.exists(),
                () -> "no corpus at " + folder + ": set GATEWATCH_CORPUS to have it used");
        return folder;
    }

    /** The captures of one tier. */
    static List<Path> captures(String tier) throws IOException {
        Path folder = folder();
        try (Stream<String> lines = Files.lines(folder.resolve("manifest.tsv"))) {
            return lines.skip(1)
                    .map(line -> line.split("\t", -1))
                    .filter(columns -> columns[columns.length - 1].equals(tier))
                    .map(columns -> folder.resolve(columns[0]))
                    .toList();
        }
    }
}
