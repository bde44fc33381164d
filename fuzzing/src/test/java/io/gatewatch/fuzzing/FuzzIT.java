package io.gatewatch.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Coverage-guided fuzzing of every target for {@code gatewatch.fuzz.seconds} (60), one process
 * each. What is found is left in {@code target/findings}; it is mended, and its input moved to
 * {@code src/test/findings}. What was learnt stays in {@code target/corpus} for the next run.
 */
class FuzzIT {
    private static final String FUZZER = "com.code_intelligence.jazzer.Jazzer";
    private static final int SECONDS = Integer.getInteger("gatewatch.fuzz.seconds", 60);
    private static final int START_UP_SECONDS = 120;

    @TempDir Path scratch;

    @BeforeAll
    static void requireFuzzer() {
        boolean there = true;
        try {
            Class.forName(FUZZER, false, FuzzIT.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            there = false;
        }
        assumeTrue(there, "skipped: fuzzing takes its time, and runs with -Pfuzz");
    }

    private static List<FuzzTarget> targets() {
        String only = System.getProperty("gatewatch.fuzz.target");
        return FuzzTarget.ALL.stream()
                .filter(target -> only == null || only.equals(target.name()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void shouldFindNothing(FuzzTarget target) throws IOException, InterruptedException {
        Path corpus = Files.createDirectories(Path.of("target/corpus", target.name()));
        Path findings = Files.createDirectories(Path.of("target/findings", target.name()));
        Path log = findings.resolveSibling(target.name() + ".log");
        Process fuzzer =
                new ProcessBuilder(command(target, corpus, findings))
                        .directory(scratch.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            boolean ended = fuzzer.waitFor(SECONDS + START_UP_SECONDS, TimeUnit.SECONDS);
            assertThat(ended).as("fuzzing of %s ends in time", target).isTrue();
        } finally {
            fuzzer.destroyForcibly();
        }
        String output = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(fuzzer.exitValue()).as("%s", output).isZero();
        System.out.println(target + ": " + lastLine(output, "DONE"));
    }

    private List<String> command(FuzzTarget target, Path corpus, Path findings) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx1g", "-cp", absoluteClassPath(), FUZZER));
        command.add("--target_class=" + target.entryPoint().getName());
        command.add("--instrumentation_includes=io.gatewatch.**");
        command.add("-max_total_time=" + SECONDS);
        command.add("-rss_limit_mb=3000");
        command.add("-max_len=4096");
        command.add("-timeout=10");
        command.add("-print_final_stats=1");
        command.add("-artifact_prefix=" + findings.toAbsolutePath() + "/");
        command.add("--reproducer_path=" + findings.toAbsolutePath());
        command.add(corpus.toAbsolutePath().toString());
        command.add(seeds(target).toString());
        return command;
    }

    private static String absoluteClassPath() {
        String classPath = System.getProperty("java.class.path");
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    private Path seeds(FuzzTarget target) throws IOException {
        Path folder = Files.createDirectories(scratch.resolve("seeds"));
        int number = 0;
        for (byte[] seed : target.seeds().get()) {
            Files.write(folder.resolve("seed-" + number++), seed);
        }
        Path known = FuzzTargetTest.findings(target);
        if (Files.isDirectory(known)) {
            try (Stream<Path> files = Files.list(known)) {
                for (Path file : files.sorted().toList()) {
                    Files.copy(file, folder.resolve("found-" + number++));
                }
            }
        }
        return folder;
    }

    private static String lastLine(String output, String word) {
        String last = "";
        for (String line : output.split("\n", -1)) {
            if (line.contains(word)) {
                last = line.strip();
            }
        }
        return last;
    }
}
