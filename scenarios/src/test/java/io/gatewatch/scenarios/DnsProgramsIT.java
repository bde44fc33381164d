package io.gatewatch.scenarios;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two clients ask a real resolver across a gateway, with a real program, and visit the addresses
 * that it told them. What happens there is in {@link DnsPrograms}.
 */
class DnsProgramsIT {
    @TempDir private Path folder;

    @BeforeEach
    void requireWhatItTakes() throws Exception {
        GatewayProgram.require("ip", "sysctl", "curl", "python3", "dig", "dnsmasq");
    }

    @Test
    void shouldLogWhatProgramsWereToldAndNameTheirSessionsByIt() throws Exception {
        try (NetworkNamespaces network = new NetworkNamespaces()) {
            network.addSecondClient();
            GatewayProgram.run(
                    network,
                    folder,
                    DnsPrograms.class,
                    List.of(
                            network.client,
                            network.secondClient,
                            network.server,
                            folder.toString()));
        }
    }
}
