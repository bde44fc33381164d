package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Mains that tests of live capture run inside the gateway's namespace. */
final class GatewayProgram {
    private GatewayProgram() {}

    /** Skips the test, and says why, unless live capture and these programs can be had. */
    static void require(String... programs) throws IOException {
        assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "not root: live capture is not tested");
        for (String program : programs) {
            assumeTrue(
                    isInstalled(program),
                    program + " is not installed: this part of live capture is not tested");
        }
        try (Stream<Path> libraries = Files.walk(Path.of("/usr/lib"), 2)) {
            assumeTrue(
                    libraries.anyMatch(
                            file -> file.getFileName().toString().startsWith("libpcap.so")),
                    "libpcap is not installed: live capture is not tested");
        }
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Runs a main; it is to end well. */
    static void run(NetworkNamespaces network, Path folder, Class<?> main, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> program =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        program.addAll(arguments);
        Path log = folder.resolve(main.getSimpleName() + ".txt");
        Process process =
                new ProcessBuilder(NetworkNamespaces.commandIn(network.gateway, program))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).as("ends").isTrue();
            System.out.println(Files.readString(log));
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        } finally {
            process.destroy();
            process.waitFor();
        }
    }
}
