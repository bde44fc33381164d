package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.gatewatch.demo.AgentTotals;
import io.gatewatch.demo.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How the commands that run on start, are refused, stop and recover, as processes against one real
 * broker and one real database.
 */
class OperationsIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int SIGINT_BIT = 1 << 1;
    private static final String TIMESTAMP_TYPE = "message.timestamp.type";

    @TempDir private static Path folder;

    private static Chain chain;
    private static Gatewatch.Result topicsCreated;

    @BeforeAll
    static void start() throws Exception {
        chain = Chain.startWithoutJob(folder);
        topicsCreated =
                Gatewatch.run(
                        "topics",
                        "create",
                        "--kafka",
                        chain.kafka(),
                        "--partitions",
                        "3",
                        "--dns-partitions",
                        "2",
                        "--retention-hours",
                        "5");
    }

    @AfterAll
    static void stop() {
        if (chain != null) {
            chain.close();
        }
    }

    @Test
    void shouldCreateTopicsAsTheyAreAskedFor() throws Exception {
        assertThat(topicsCreated.exitCode()).as(topicsCreated.toString()).isZero();
        assertThat(topicsCreated.out().lines())
                .hasSize(5)
                .allMatch(line -> line.endsWith("created"))
                .anyMatch(line -> line.matches("gatewatch.packets +3 partitions, created"));
        try (Admin admin = admin()) {
            assertThat(setting(admin, "gatewatch.packets", TIMESTAMP_TYPE))
                    .isEqualTo("LogAppendTime");
            assertThat(setting(admin, "gatewatch.packets", "retention.ms"))
                    .isEqualTo(Long.toString(TimeUnit.HOURS.toMillis(5)));
            assertThat(setting(admin, "gatewatch.dns", "retention.ms"))
                    .isEqualTo(Long.toString(TimeUnit.DAYS.toMillis(30)));
            assertThat(setting(admin, "gatewatch.features", "cleanup.policy")).isEqualTo("compact");
        }
    }

    @Test
    void shouldFindNothingToDoForTopicsThatExist() throws Exception {
        Gatewatch.Result again = Gatewatch.run("topics", "create", "--kafka", chain.kafka());

        assertThat(again.exitCode()).as(again.toString()).isZero();
        assertThat(again.out().lines())
                .hasSize(5)
                .allMatch(line -> line.endsWith("existed"))
                .anyMatch(line -> line.matches("gatewatch.packets +3 partitions, existed"));
    }

    @Test
    void shouldNameAnExistingTopicWithAWrongSetting() throws Exception {
        setTimestampType("CreateTime");
        try {
            Gatewatch.Result result = Gatewatch.run("topics", "create", "--kafka", chain.kafka());

            result.assertRefused(
                    USAGE, "gatewatch.agents has message.timestamp.type=CreateTime: must be");
        } finally {
            setTimestampType("LogAppendTime");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "job"})
    void shouldNameThePortThatIsTaken(String command) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            List<String> arguments =
                    command.equals("job")
                            ? chain.jobCommand("--metrics-port", port)
                            : agent("taken", "--metrics-port", port);

            Gatewatch.Result result =
                    Gatewatch.run(chain.password(), arguments.toArray(String[]::new));

            result.assertRefused(USAGE, "--metrics-port is " + port);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"job", "migrate", "maintain"})
    void shouldNameTheUserThatTheDatabaseRefuses(String command) throws Exception {
        List<String> arguments =
                command.equals("job")
                        ? chain.jobCommand()
                        : List.of("database", command, "--jdbc-url", chain.database().jdbcUrl());

        Gatewatch.Result result =
                Gatewatch.run(
                        Map.of("GATEWATCH_JDBC_PASSWORD", "wrong"),
                        arguments.toArray(String[]::new));

        result.assertRefused(USAGE, "refuses user gatewatch");
    }

    @Test
    void shouldSayThatKafkaCannotBeReachedWhenOnlyTheDatabaseIsThere() throws Exception {
        String closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = "127.0.0.1:" + socket.getLocalPort();
        }

        Gatewatch.Result result =
                Gatewatch.run(
                        chain.password(),
                        chain.jobCommand("--kafka", closed, "--connect-timeout", "2s")
                                .toArray(String[]::new));

        result.assertRefused(FAILED, closed);
    }

    @ParameterizedTest
    @CsvSource({"TERM,0", "INT,130"})
    void shouldEndTheAgentInGoodOrderInTheMiddleOfAFile(String signal, int exitCode)
            throws Exception {
        String name = "agent-" + signal;
        Path totals = folder.resolve(name + ".json");
        try (ChildProcess agent =
                chain.process(
                        name,
                        agent(name, "--speed", "1", "--metrics-port", "0", "--totals", "" + totals)
                                .toArray(String[]::new))) {
            assumeDeliverable(agent, signal);
            String line = agent.awaitLine("metrics on ", LIMIT);
            awaitShipped(line.substring(line.indexOf("on ") + 3));

            Processes.signal(agent, signal);

            assertThat(agent.awaitExit(LIMIT)).as(agent.log()).isEqualTo(exitCode);
            AgentTotals counted = AgentTotals.read(totals);
            assertThat(counted.shipped()).isPositive();
            assertThat(Files.readString(totals)).contains("\"heartbeat\"");
            assertThat(agent.log())
                    .contains("totals: captured=" + counted.captured() + " ")
                    .contains(" shipped=" + counted.shipped() + " ")
                    .contains(" undelivered=0 ");
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM,0", "INT,130"})
    void shouldTakeASavepointWhenTheJobIsAskedToEnd(String signal, int exitCode) throws Exception {
        Path state = folder.resolve("state-" + signal);
        try (ChildProcess job = chain.startJob("--state-dir", state.toString())) {
            assumeDeliverable(job, signal);

            Processes.signal(job, signal);

            assertThat(job.awaitExit(LIMIT)).as(job.log()).isEqualTo(exitCode);
            assertThat(job.log()).contains("stopped, savepoint at " + state);
            assertThat(files(state)).anyMatch(file -> file.endsWith("_metadata"));
        }
    }

    @Test
    void shouldEndTheJobWellWhileItStarts() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                ChildProcess job =
                        chain.process(
                                "starting",
                                chain.jobCommand("--kafka", "127.0.0.1:" + silent.getLocalPort())
                                        .toArray(String[]::new))) {
            silent.setSoTimeout((int) LIMIT.toMillis());
            try (Socket connected = silent.accept()) {
                assertThat(connected.isConnected()).isTrue();
                Processes.signal(job, "TERM");

                assertThat(job.awaitExit(LIMIT)).as(job.log()).isZero();
            }
        }
    }

    private static List<String> agent(String gateway, String... options) {
        return Stream.concat(
                        Stream.of(
                                "agent",
                                "--read",
                                Cases.bundled().toString(),
                                "--kafka",
                                chain.kafka(),
                                "--gateway",
                                gateway),
                        Stream.of(options))
                .toList();
    }

    private static Admin admin() {
        Map<String, Object> client = new HashMap<>();
        client.put("bootstrap.servers", chain.kafka());
        return Admin.create(client);
    }

    private static ConfigResource topic(String name) {
        return new ConfigResource(ConfigResource.Type.TOPIC, name);
    }

    private static String setting(Admin admin, String topic, String name) throws Exception {
        Config config = admin.describeConfigs(List.of(topic(topic))).all().get().get(topic(topic));
        return config.get(name).value();
    }

    private static void setTimestampType(String type) throws Exception {
        AlterConfigOp change =
                new AlterConfigOp(new ConfigEntry(TIMESTAMP_TYPE, type), AlterConfigOp.OpType.SET);
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(topic("gatewatch.agents"), List.of(change)))
                    .all()
                    .get();
        }
    }

    private static void assumeDeliverable(ChildProcess process, String signal) throws IOException {
        if (signal.equals("INT")) {
            Path status = Path.of("/proc", Long.toString(process.pid()), "status");
            try (Stream<String> lines = Files.lines(status)) {
                String ignored =
                        lines.filter(line -> line.startsWith("SigIgn:")).findFirst().orElseThrow();
                long mask = Long.parseUnsignedLong(ignored.substring(7).strip(), 16);
                assumeFalse(
                        (mask & SIGINT_BIT) != 0,
                        "SIGINT is ignored here, as in shells' background jobs: not tested");
            }
        }
    }

    private static void awaitShipped(String address) throws Exception {
        MetricsPage page = new MetricsPage(address);
        long deadlineNs = System.nanoTime() + LIMIT.toNanos();
        while (page.value("gatewatch_agent_shipped_packets_total") == 0) {
            assertThat(System.nanoTime()).as("time").isLessThan(deadlineNs);
            TimeUnit.MILLISECONDS.sleep(20); // another process works
        }
    }

    /** Names of all files below; none of what goes while it is looked at. */
    private static List<String> files(Path folder) throws Exception {
        Process find = new ProcessBuilder("find", folder.toString(), "-type", "f").start();
        String found = new String(find.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        find.waitFor();
        return found.lines().toList();
    }
}
