package io.gatewatch.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Broker, database and job of one demo, each a child process, started in the order in which they
 * need each other. Closing ends them in the opposite order.
 */
final class DemoServers implements AutoCloseable {
    private static final Duration JOB_LIMIT = Duration.ofMinutes(3);
    private static final String HEAP_VARIABLE = "GATEWATCH_HEAP";
    private static final String JOB_HEAP = "512m";

    private final Launcher launcher;
    private final WorkFolder work;
    private final Consumer<String> progress;
    private final List<AutoCloseable> started = new ArrayList<>();
    private EmbeddedBroker broker;
    private EmbeddedDatabase database;
    private ChildProcess job;

    private DemoServers(Launcher launcher, WorkFolder work, Consumer<String> progress) {
        this.launcher = launcher;
        this.work = work;
        this.progress = progress;
    }

    /**
     * Starts them all and waits until the job runs.
     *
     * @param progress takes a line as each of them is ready
     */
    static DemoServers start(
            WorkFolder work, int kafkaPort, int databasePort, Consumer<String> progress)
            throws IOException, InterruptedException {
        DemoServers servers = new DemoServers(Launcher.find(), work, progress);
        try {
            servers.startStores(kafkaPort, databasePort);
            servers.startJob();
            return servers;
        } catch (IOException | InterruptedException | RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    private void startStores(int kafkaPort, int databasePort)
            throws IOException, InterruptedException {
        Path dir = work.path();
        // Both at once: neither waits for the other.
        broker = add(EmbeddedBroker.launch(launcher, dir.resolve("kafka"), kafkaPort, work.logs()));
        database =
                add(
                        EmbeddedDatabase.launch(
                                launcher, dir.resolve("database"), databasePort, work.logs()));
        database.awaitReady();
        database.migrate();
        progress.accept("database at 127.0.0.1:" + database.port());
        broker.awaitReady();
        progress.accept("Kafka at " + broker.address());
    }

    private void startJob() throws IOException, InterruptedException {
        List<String> command =
                launcher.command(
                        List.of(
                                "job",
                                "--kafka",
                                broker.address(),
                                "--jdbc-url",
                                database.jdbcUrl(),
                                "--state-dir",
                                work.path().resolve("state").toString()));
        Map<String, String> environment =
                Map.of(
                        EmbeddedDatabase.PASSWORD_VARIABLE,
                        database.password(),
                        HEAP_VARIABLE,
                        System.getenv().getOrDefault(HEAP_VARIABLE, JOB_HEAP));
        job = add(ChildProcess.start("job", command, environment, work.logs()));
        job.awaitLine("running", JOB_LIMIT);
        progress.accept("the job is running");
    }

    EmbeddedBroker broker() {
        return broker;
    }

    EmbeddedDatabase database() {
        return database;
    }

    /**
     * Fails if one of them is gone.
     *
     * @throws ChildFailure that says which
     */
    void requireAlive() {
        broker.process().requireAlive();
        database.process().requireAlive();
        job.requireAlive();
    }

    /** An agent that ships a capture file and says that nothing follows. */
    ChildProcess startAgent(Path capture, String gateway, Path totals) throws IOException {
        List<String> command =
                launcher.command(
                        List.of(
                                "agent",
                                "--read",
                                capture.toString(),
                                "--kafka",
                                broker.address(),
                                "--gateway",
                                gateway,
                                "--close-at-end",
                                "--totals",
                                totals.toString()));
        return add(ChildProcess.start("agent", command, Map.of(), work.logs()));
    }

    private <T extends AutoCloseable> T add(T server) {
        started.add(server);
        return server;
    }

    @Override
    public void close() {
        for (int i = started.size() - 1; i >= 0; i--) {
            try {
                started.get(i).close();
            } catch (Exception e) {
                progress.accept("could not be ended in order: " + e.getMessage());
            }
        }
    }
}
