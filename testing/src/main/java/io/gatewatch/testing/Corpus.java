package io.gatewatch.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the corpus of public captures with expected flows is, on machines that have one: named by
 * the system property {@code gatewatch.corpus} or the variable {@code GATEWATCH_CORPUS}, else
 * beside the checkout. Tests that use it are skipped without it.
 */
public final class Corpus {
    private Corpus() {}

    /** Its folder, there or not. */
    public static Path folder() {
        String named = System.getProperty("gatewatch.corpus", System.getenv("GATEWATCH_CORPUS"));
        return named != null
                ? Path.of(named)
                : checkout().resolveSibling("shared").resolve("corpus");
    }

    /** Whether there is one at {@link #folder}. */
    public static boolean exists() {
        return Files.exists(folder().resolve("manifest.tsv"));
    }

    /** Tests run in the folder of their module, some in one below it. */
    private static Path checkout() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder.getParent() != null && Files.exists(folder.resolveSibling("pom.xml"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
