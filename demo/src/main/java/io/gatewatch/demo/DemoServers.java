package io.gatewatch.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
    private static final String JAVA_OPTIONS_VARIABLE = "GATEWATCH_JAVA_OPTIONS";
    private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

    private final Launcher launcher;
    private final WorkFolder work;
    private final Map<String, String> environment;
    private final Consumer<String> progress;
    private final List<AutoCloseable> started = new ArrayList<>();
    private EmbeddedBroker broker;
    private EmbeddedDatabase database;
    private ChildProcess job;

    private DemoServers(
            Launcher launcher, WorkFolder work, boolean soonOver, Consumer<String> progress) {
        this.launcher = launcher;
        this.work = work;
        this.environment = environment(soonOver, System.getenv());
        this.progress = progress;
    }

    /**
     * Starts them all and waits until the job runs.
     *
     * @param soonOver whether there is too little to do for code to be optimised
     * @param progress takes a line as each of them is ready
     */
    static DemoServers start(
            WorkFolder work,
            int kafkaPort,
            int databasePort,
            boolean soonOver,
            Consumer<String> progress)
            throws IOException, InterruptedException {
        DemoServers servers = new DemoServers(Launcher.find(), work, soonOver, progress);
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
        Map<String, String> jobEnvironment = new HashMap<>(environment);
        jobEnvironment.put(EmbeddedDatabase.PASSWORD_VARIABLE, database.password());
        job = add(ChildProcess.start("job", command, jobEnvironment, work.logs()));
        job.awaitLine("running", JOB_LIMIT);
        progress.accept("the job is running");
    }

    /** What the user has set stays. */
    private static Map<String, String> environment(boolean soonOver, Map<String, String> given) {
        Map<String, String> environment = new HashMap<>();
        environment.put(HEAP_VARIABLE, given.getOrDefault(HEAP_VARIABLE, JOB_HEAP));
        if (soonOver) {
            environment.put(
                    JAVA_OPTIONS_VARIABLE, given.getOrDefault(JAVA_OPTIONS_VARIABLE, QUICK_START));
        }
        return environment;
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
        return add(ChildProcess.start("agent", command, environment, work.logs()));
    }

    /** The ledger of a site, against its sessions. */
    ChildProcess startLedger(String site) throws IOException {
        List<String> command =
                launcher.command(
                        List.of(
                                "ledger",
                                "--jdbc-url",
                                database.jdbcUrl(),
                                "--site",
                                site,
                                "--against-sessions"));
        Map<String, String> password =
                Map.of(EmbeddedDatabase.PASSWORD_VARIABLE, database.password());
        return ChildProcess.start("ledger", command, password, work.logs());
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
