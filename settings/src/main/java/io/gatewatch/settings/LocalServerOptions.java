package io.gatewatch.settings;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/**
 * Where a server for the demo and for tests keeps its data and listens; mixed in with
 * {@code @Mixin}.
 */
public final class LocalServerOptions {
    private static final int MAX_PORT = 65_535;

    @Option(
            names = "--dir",
            required = true,
            paramLabel = "DIR",
            description = "Folder for the server's data; made if missing.")
    public Path dir;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port for clients, on 127.0.0.1; 0 takes a free one.")
    public int port;

    public void validate(Problems problems) {
        problems.require(port >= 0 && port <= MAX_PORT, "--port", port, "must be 0 to " + MAX_PORT);
    }
}
