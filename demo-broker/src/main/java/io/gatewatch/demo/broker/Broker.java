package io.gatewatch.demo.broker;

import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.UUID;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * One Kafka node, broker and controller at once, on 127.0.0.1. Made for one machine and few
 * clients: few threads, small buffers, one replica of everything.
 */
final class Broker implements AutoCloseable {
    static final int FREE_PORT = 0;

    private static final int PORT_ATTEMPTS = 5;
    private static final String HOST = "127.0.0.1";

    private final KafkaRaftServer server;
    private final int port;

    private Broker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker and returns once it takes clients.
     *
     * @param dir folder for its data; made if missing, used again if not
     * @param port port for clients, or {@link #FREE_PORT}
     * @throws BindException if the port is taken
     */
    static Broker start(Path dir, int port) throws IOException {
        Path data = Files.createDirectories(dir.resolve("data")).toAbsolutePath();
        if (port != FREE_PORT) {
            requireFree(port);
        }
        // A port that is free now may be taken a moment later; then others are tried.
        for (int attempt = 1; ; attempt++) {
            int clientPort = port == FREE_PORT ? freePort() : port;
            Properties settings = settings(data, clientPort, freePort());
            format(dir, data, settings);
            KafkaRaftServer server =
                    new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
            try {
                server.startup();
                return new Broker(server, clientPort);
            } catch (RuntimeException e) {
                server.shutdown();
                if (!isPortTaken(e) || attempt == PORT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Where clients connect to. */
    String address() {
        return HOST + ":" + port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static Properties settings(Path data, int clientPort, int controllerPort) {
        Properties settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@" + HOST + ":" + controllerPort);
        settings.put(
                "listeners",
                "CLIENTS://"
                        + HOST
                        + ":"
                        + clientPort
                        + ",CONTROLLER://"
                        + HOST
                        + ":"
                        + controllerPort);
        settings.put("advertised.listeners", "CLIENTS://" + HOST + ":" + clientPort);
        settings.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "CLIENTS");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("log.dirs", data.toString());
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("auto.create.topics.enable", "false");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "2");
        settings.put("num.recovery.threads.per.data.dir", "1");
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        // A start ends with the answer to a heartbeat: with the default of 2 s that is a wait.
        settings.put("broker.heartbeat.interval.ms", "100");
        return settings;
    }

    private static void format(Path dir, Path data, Properties settings) throws IOException {
        if (Files.exists(data.resolve("meta.properties"))) {
            return;
        }
        Path file = Files.createTempFile(dir, "broker", ".properties");
        try (var out = Files.newBufferedWriter(file)) {
            settings.store(out, null);
        }
        String cluster = new Uuid(randomBits(), randomBits()).toString();
        // Standard output belongs to the one line that says where the broker is.
        PrintStream silent =
                new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        int exitCode =
                StorageTool.execute(
                        new String[] {"format", "-t", cluster, "-c", file.toString()}, silent);
        Files.delete(file);
        if (exitCode != 0) {
            throw new IOException(data + " cannot be set up for Kafka");
        }
    }

    private static long randomBits() {
        return UUID.randomUUID().getMostSignificantBits() >>> 1;
    }

    private static void requireFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isPortTaken(Throwable e) {
        return e instanceof BindException
                || (e instanceof KafkaException && String.valueOf(e.getMessage()).contains("bind"))
                || (e.getCause() != null && isPortTaken(e.getCause()));
    }
}
