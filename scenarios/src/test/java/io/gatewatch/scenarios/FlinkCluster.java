package io.gatewatch.scenarios;

import io.gatewatch.demo.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Flink session cluster on 127.0.0.1: job manager and task manager as child processes, and
 * Flink's command line. Its class path is what the job runs with in one process less what the job's
 * jar for clusters brings: so the jar is proven to bring enough.
 */
final class FlinkCluster implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(2);
    private static final long POLL_MS = 100;
    private static final String LOG_LEVEL = "-Dorg.slf4j.simpleLogger.defaultLogLevel=";

    /** Brought by the job, but Flink has it too: it reads its own configuration by it. */
    private static final String YAML_READER = "snakeyaml-engine-";

    /** What Flink's own scripts open to it on Java 17. */
    private static final List<String> OPENED =
            Stream.of(
                            "lang",
                            "lang.reflect",
                            "net",
                            "nio",
                            "util",
                            "util.concurrent",
                            "time",
                            "text")
                    .map(name -> "--add-opens=java.base/java." + name + "=ALL-UNNAMED")
                    .toList();

    private final Path folder;
    private final String classPath;
    private final String restAddress;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<ChildProcess> servers = new ArrayList<>();
    private int commands;

    private FlinkCluster(Path folder, String restAddress) throws Exception {
        this.folder = folder;
        this.restAddress = restAddress;
        classPath = classPath();
    }

    /** How a command of Flink's command line ended. */
    record Answer(int exitCode, String out, String err) {}

    /** The jar under test. */
    static Path jobJar() {
        return Checkout.root().resolve("flink-job/target/gatewatch-flink-job.jar");
    }

    /** Starts job manager and task manager and waits until the cluster has its slots. */
    static FlinkCluster start(Path folder, int slots) throws Exception {
        int restPort = freePort();
        Files.createDirectories(folder);
        configure(folder, restPort, slots);
        FlinkCluster cluster = new FlinkCluster(folder, "http://127.0.0.1:" + restPort);
        try {
            cluster.launch(
                    "jobmanager",
                    "-Xmx256m",
                    "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
            cluster.launch(
                    "taskmanager",
                    "-Xmx512m",
                    "org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
            cluster.awaitSlots(slots);
            return cluster;
        } catch (Exception | Error e) {
            cluster.close();
            throw e;
        }
    }

    /** Every memory size is given: Flink's scripts, which would compute them, are not there. */
    private static void configure(Path folder, int restPort, int slots) throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        String configuration =
                """
                jobmanager.rpc.address: 127.0.0.1
                jobmanager.rpc.port: %d
                jobmanager.bind-host: 127.0.0.1
                rest.address: 127.0.0.1
                rest.bind-address: 127.0.0.1
                rest.port: %d
                taskmanager.host: 127.0.0.1
                taskmanager.bind-host: 127.0.0.1
                taskmanager.numberOfTaskSlots: %d
                taskmanager.cpu.cores: 1.0
                taskmanager.memory.framework.heap.size: 64m
                taskmanager.memory.framework.off-heap.size: 64m
                taskmanager.memory.task.heap.size: 256m
                taskmanager.memory.task.off-heap.size: 0m
                taskmanager.memory.network.min: 32m
                taskmanager.memory.network.max: 32m
                taskmanager.memory.managed.size: 32m
                taskmanager.memory.jvm-metaspace.size: 128m
                taskmanager.memory.jvm-overhead.min: 64m
                taskmanager.memory.jvm-overhead.max: 64m
                io.tmp.dirs: %s
                execution.checkpointing.dir: %s
                """
                        .formatted(
                                freePort(),
                                restPort,
                                slots,
                                temporary,
                                folder.resolve("checkpoints").toUri());
        Files.writeString(folder.resolve("config.yaml"), configuration);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String classPath() throws IOException, URISyntaxException {
        Set<String> brought = classes(jobJar());
        List<String> path = new ArrayList<>();
        path.add(
                Path.of(
                                FlinkProcess.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI())
                        .toString());
        try (Stream<Path> jars = Files.list(Checkout.root().resolve("flink-job/target/lib"))) {
            for (Path jar : (Iterable<Path>) jars.sorted()::iterator) {
                if (jar.getFileName().toString().startsWith(YAML_READER)
                        || classes(jar).stream().noneMatch(brought::contains)) {
                    path.add(jar.toString());
                }
            }
        }
        return String.join(System.getProperty("path.separator"), path);
    }

    private static Set<String> classes(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .collect(Collectors.toCollection(HashSet::new));
        }
    }

    private void launch(String name, String heap, String main) throws IOException {
        List<String> command = java(heap, "warn");
        command.addAll(List.of(main, "--configDir", folder.toString()));
        servers.add(ChildProcess.start(name, command, Map.of(), folder));
    }

    private List<String> java(String heap, String logLevel) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        heap,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + folder.resolve("tmp"),
                        LOG_LEVEL + logLevel));
        command.addAll(OPENED);
        command.addAll(List.of("-cp", classPath, FlinkProcess.class.getName()));
        return command;
    }

    private void awaitSlots(int slots) throws Exception {
        long deadlineNs = System.nanoTime() + START_LIMIT.toNanos();
        while (!overview().contains("\"slots-available\":" + slots)) {
            boolean alive = servers.stream().allMatch(ChildProcess::isAlive);
            if (!alive || System.nanoTime() > deadlineNs) {
                throw new AssertionError("no cluster: " + log());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS); // a server in another process
        }
    }

    /** What its processes have logged. */
    String log() {
        return servers.stream().map(ChildProcess::log).collect(Collectors.joining());
    }

    private String overview() throws InterruptedException {
        try {
            return get("/overview");
        } catch (IOException e) {
            return ""; // it does not listen yet
        }
    }

    /** Asks the cluster's REST interface; the answer is JSON. */
    String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(restAddress + path)).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Runs a command of {@code flink} to its end. */
    Answer flink(Map<String, String> environment, List<String> arguments) throws Exception {
        List<String> command = java("-Xmx128m", "off"); // as by itself it logs to a file
        command.add("org.apache.flink.client.cli.CliFrontend");
        command.addAll(arguments);
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("FLINK_CONF_DIR", folder.toString());
        String name = "flink-" + ++commands;
        try (ChildProcess client = ChildProcess.start(name, command, variables, folder)) {
            int exitCode = client.awaitEnd(COMMAND_LIMIT);
            return new Answer(exitCode, client.output(), client.log());
        }
    }

    @Override
    public void close() {
        for (int i = servers.size() - 1; i >= 0; i--) {
            servers.get(i).close();
        }
    }
}
