package io.gatewatch.scenarios;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
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
        GatewayProgram.require("ip", "sysctl", "curl", "ping", "python3");
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

    private void run(Class<?> main, Function<NetworkNamespaces, List<String>> arguments)
            throws Exception {
        try (NetworkNamespaces network = new NetworkNamespaces()) {
            GatewayProgram.run(network, folder, main, arguments.apply(network));
        }
    }
}
