package io.gatewatch.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A Kafka broker on 127.0.0.1, as a child process. */
public final class EmbeddedBroker implements AutoCloseable {
    /** Any port that is free. */
    public static final int FREE_PORT = 0;

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final String READY = "READY ";

    private final ChildProcess process;
    private String address;

    private EmbeddedBroker(ChildProcess process) {
        this.process = process;
    }

    /** Starts a broker on a free port and waits until it takes clients. */
    public static EmbeddedBroker start(Path dir) throws IOException, InterruptedException {
        EmbeddedBroker broker = launch(Launcher.find(), dir, FREE_PORT, dir.resolve("logs"));
        broker.awaitReady();
        return broker;
    }

    static EmbeddedBroker launch(Launcher launcher, Path dir, int port, Path logs)
            throws IOException {
        List<String> command =
                launcher.command(
                        List.of(
                                "demo-broker",
                                "--dir",
                                dir.toString(),
                                "--port",
                                Integer.toString(port)));
        return new EmbeddedBroker(ChildProcess.start("kafka", command, Map.of(), logs));
    }

    void awaitReady() throws InterruptedException {
        try {
            address = process.awaitLine(READY, START_LIMIT).substring(READY.length());
        } catch (ChildFailure | InterruptedException e) {
            close();
            throw e;
        }
    }

    /** Where clients connect to: host and port. */
    public String address() {
        return address;
    }

    public ChildProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
