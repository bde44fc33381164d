package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * THIRD-PARTY-NOTICES.md names every library that a command runs with, and no other. The benchmarks
 * stay in the checkout: theirs are handed to nobody.
 */
class ThirdPartyNoticesTest {
    private static final String OWN = "-0.1.0-SNAPSHOT";

    @Test
    void shouldNameExactlyTheLibrariesOnTheClassPaths() throws IOException {
        assertThat(named()).isEqualTo(used());
    }

    private static Set<String> used() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> modules = Files.list(Checkout.root())) {
            for (Path lib :
                    modules.filter(module -> !module.endsWith("benchmarks"))
                            .map(module -> module.resolve("target/lib"))
                            .toList()) {
                if (Files.isDirectory(lib)) {
                    try (Stream<Path> jars = Files.list(lib)) {
                        jars.map(jar -> jar.getFileName().toString())
                                .filter(jar -> !jar.contains(OWN))
                                .map(ThirdPartyNoticesTest::withoutVersion)
                                .forEach(names::add);
                    }
                }
            }
        }
        assertThat(names).as("jars in target/lib").isNotEmpty();
        return names;
    }

    private static String withoutVersion(String jar) {
        return jar.replaceFirst("-\\d.*$", "");
    }

    private static Set<String> named() throws IOException {
        try (Stream<String> lines =
                Files.lines(Checkout.root().resolve("THIRD-PARTY-NOTICES.md"))) {
            return lines.filter(line -> line.startsWith("| ") && line.contains(":"))
                    .map(line -> line.substring(line.indexOf(':') + 1, line.indexOf(" |")))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
