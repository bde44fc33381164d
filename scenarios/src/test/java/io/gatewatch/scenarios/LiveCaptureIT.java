package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An agent captures live on a gateway between a client and a server, each a network namespace,
 * while real programs talk; broker, database and job run on the gateway too, on its loopback. What
 * happens there is in {@link LiveCapture}, and for floods in {@link LiveFlood}.
 *
 * <p>{@code -Dgatewatch.live.rate=50000 -Dgatewatch.live.seconds=60} is the long form of the load,
 * {@code -Dgatewatch.flood.packets=1000000 -Dgatewatch.outage.seconds=60} that of the floods.
 */
class LiveCaptureIT {
    @TempDir private Path folder;

    @BeforeEach
    void requireWhatItTakes() throws Exception {
        assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "not root: live capture is not tested");
        for (String program : List.of("ip", "sysctl", "curl", "ping", "python3")) {
            assumeTrue(
                    isInstalled(program),
                    program + " is not installed: live capture is not tested");
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

    @Test
    void shouldStoreEveryPacketThatCrossedTheGateway() throws Exception {
        run(
                LiveCapture.class,
                network ->
                        List.of(
                                network.client,
                                network.server,
                                folder.toString(),
                                System.getProperty("gatewatch.live.rate", "20000"),
                                System.getProperty("gatewatch.live.seconds", "3")));
    }

    @Test
    void shouldAccountForEveryPacketOfAFloodWithinItsMemory() throws Exception {
        run(
                LiveFlood.class,
                network ->
                        List.of(
                                network.client,
                                folder.toString(),
                                System.getProperty("gatewatch.flood.packets", "300000"),
                                System.getProperty("gatewatch.flood.rate", "50000"),
                                System.getProperty("gatewatch.outage.seconds", "2")));
    }

    /** Runs a main inside the gateway's namespace; it is to end well. */
    private void run(Class<?> main, Function<NetworkNamespaces, List<String>> arguments)
            throws Exception {
        try (NetworkNamespaces network = new NetworkNamespaces()) {
            List<String> program =
                    new ArrayList<>(
                            List.of(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    main.getName()));
            program.addAll(arguments.apply(network));
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
}
