package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatewatch.demo.ChildProcess;
import io.gatewatch.demo.EmbeddedDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job's jar on a Flink cluster, by Flink's own command line. */
class ClusterIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern JOB = Pattern.compile("JobID ([0-9a-f]{32})");
    private static final Pattern SAVEPOINT = Pattern.compile("Savepoint completed. Path: (\\S+)");
    private static final int FLINK_FAILED = 1;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String OLD = "1900-01-01 00:00:00";
    private static final String CENTURY_AGO = "1920-01-01";

    @TempDir private static Path folder;

    private static Chain chain;
    private static FlinkCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        chain = Chain.startWithoutJob(folder);
        cluster = FlinkCluster.start(folder.resolve("flink"), 2);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
        if (chain != null) {
            chain.close();
        }
    }

    @Test
    void shouldStoreTheRowsThatAnalyzeGivesAlsoAfterRescaling() throws Exception {
        Path first = capture("tcp-close.pcap");
        Path second = capture("many-clients.pcap");
        Path third = Cases.bundled();
        AnalyzedSessions analyzed =
                AnalyzedSessions.of(folder.resolve("analyzed"), List.of(first, second, third));

        chain.dropNewestDay();
        storeAnOldSession();
        String job = submit("-p", "1");
        chain.awaitNewestDay();
        chain.awaitNumber(0, "SELECT COUNT(*) FROM sessions WHERE start_time < ?", CENTURY_AGO);
        ship(first, "--close-at-end");
        assertStored(analyzed, first);
        assertSettingsOfTheJobCommand(job);

        ship(second);
        awaitPackets(analyzed, second);
        String savepoint = throughTheJobCommand(stopWithSavepoint(job));
        assertThat(openSessionsOf(second)).isPositive();

        String restored = submit("-p", "2", "-s", savepoint);
        ship(third, "--close-at-end");
        assertStored(analyzed, second);
        assertStored(analyzed, third);
        assertThat(parallelism(restored)).isEqualTo(2);
        flink("cancel", restored);
    }

    @Test
    void shouldSayWhatIsWrongInOneLine() throws Exception {
        assertThat(refusal("--jdbc-user", "nobody"))
                .contains("gatewatch job: ", "refuses user nobody")
                .hasLineCount(1);
    }

    /** Of what no capture can hold, so that the longest retention has something to remove. */
    private static void storeAnOldSession() throws Exception {
        try (Connection connection = chain.database().connect();
                PreparedStatement insert =
                        connection.prepareStatement(
                                "INSERT INTO sessions SET session_id = UNHEX(REPEAT('0', 32)),"
                                        + " start_time = ?, end_time = start_time, revision = 0,"
                                        + " community_id = '1:', site = '', gateway = '',"
                                        + " protocol = 'tcp', client_ip = '', client_port = 0,"
                                        + " server_ip = '', server_port = 0, client_packets = 0,"
                                        + " client_payload_bytes = 0, client_ip_bytes = 0,"
                                        + " client_retransmitted_packets = 0,"
                                        + " client_retransmitted_bytes = 0, client_missed_bytes = 0,"
                                        + " server_packets = 0, server_payload_bytes = 0,"
                                        + " server_ip_bytes = 0, server_retransmitted_packets = 0,"
                                        + " server_retransmitted_bytes = 0, server_missed_bytes = 0,"
                                        + " end_reason = 'idle', packets = '[]'")) {
            insert.setString(1, OLD);
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
    }

    private static Path capture(String name) throws Exception {
        return Cases.captures().stream()
                .filter(path -> path.endsWith(name))
                .findFirst()
                .orElseThrow();
    }

    /** Submits the job detached, with these options of {@code flink run}. */
    private static String submit(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("run", "-d"));
        command.addAll(List.of(options));
        command.add(FlinkCluster.jobJar().toString());
        command.addAll(jobOptions());
        return found(JOB, flink(command.toArray(String[]::new)));
    }

    private static List<String> jobOptions() {
        return List.of(
                "--kafka",
                chain.kafka(),
                "--jdbc-url",
                chain.database().jdbcUrl(),
                "--retention-days",
                "36500",
                "--first-update",
                "2s",
                "--update-interval",
                "20s");
    }

    private static String stopWithSavepoint(String job) throws Exception {
        Path savepoints = folder.resolve("savepoints");
        return found(SAVEPOINT, flink("stop", "--savepointPath", savepoints.toString(), job));
    }

    /** Restores in one process what the cluster saved, and saves it there for the cluster. */
    private static String throughTheJobCommand(String savepoint) throws Exception {
        List<String> command =
                chain.jobCommand("--restore", Path.of(URI.create(savepoint)).toString());
        try (ChildProcess job = chain.process("job", command.toArray(String[]::new))) {
            job.awaitLine("running, restored from ", LIMIT);
            Processes.signal(job, "TERM");
            assertThat(job.awaitExit(LIMIT)).as(job.log()).isZero();
            String said = job.awaitLine("stopped, savepoint at ", LIMIT);
            return said.substring(said.indexOf(" at ") + 4).strip();
        }
    }

    private static String flink(String... command) throws Exception {
        Map<String, String> password =
                Map.of(EmbeddedDatabase.PASSWORD_VARIABLE, chain.database().password());
        FlinkCluster.Answer answer = cluster.flink(password, List.of(command));
        assertThat(answer.exitCode()).as(answer.toString()).isZero();
        return answer.out();
    }

    /** What {@code flink run} says with these options of the job added. */
    private static String refusal(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("run", FlinkCluster.jobJar().toString()));
        command.addAll(jobOptions());
        command.addAll(List.of(options));
        FlinkCluster.Answer answer = cluster.flink(Map.of(), command);
        assertThat(answer.exitCode()).as(answer.toString()).isEqualTo(FLINK_FAILED);
        return answer.err().strip();
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }

    private static void ship(Path capture, String... options) throws Exception {
        String name = name(capture);
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "agent",
                                "--read",
                                capture.toString(),
                                "--kafka",
                                chain.kafka(),
                                "--site",
                                name,
                                "--gateway",
                                name));
        command.addAll(List.of(options));
        Gatewatch.Result agent = Gatewatch.run(command.toArray(String[]::new));
        assertThat(agent.exitCode()).as(agent.toString()).isZero();
    }

    private static void awaitPackets(AnalyzedSessions analyzed, Path capture) throws Exception {
        chain.awaitNumber(
                AnalyzedSessions.packets(analyzed.of(name(capture))),
                "SELECT SUM(client_packets + server_packets) FROM sessions WHERE gateway = ?",
                name(capture));
    }

    private static void assertStored(AnalyzedSessions analyzed, Path capture) throws Exception {
        SortedMap<String, SortedMap<String, String>> expected = analyzed.of(name(capture));
        chain.awaitNumber(
                expected.size(),
                "SELECT COUNT(*) FROM sessions WHERE gateway = ? AND end_reason <> 'open'",
                name(capture));
        awaitPackets(analyzed, capture);
        try (StoredSessions sessions = chain.sessions()) {
            assertThat(sessions.lastingDifferences(expected, name(capture))).isEmpty();
        }
    }

    private static long openSessionsOf(Path capture) throws Exception {
        try (StoredSessions sessions = chain.sessions()) {
            return sessions.number(
                    "SELECT COUNT(*) FROM sessions WHERE gateway = ? AND end_reason = 'open'",
                    name(capture));
        }
    }

    private static String name(Path capture) {
        return capture.getFileName().toString();
    }

    private static void assertSettingsOfTheJobCommand(String job) throws Exception {
        JsonNode execution = JSON.readTree(cluster.get("/jobs/" + job + "/config"));
        assertThat(execution.at("/execution-config/object-reuse-mode").booleanValue()).isTrue();
        JsonNode checkpoints = JSON.readTree(cluster.get("/jobs/" + job + "/checkpoints/config"));
        assertThat(checkpoints.path("interval").longValue())
                .as(checkpoints.toString())
                .isEqualTo(Duration.ofSeconds(10).toMillis());
        assertThat(checkpoints.path("mode").textValue()).isEqualTo("exactly_once");
        assertThat(checkpoints.path("tolerable_failed_checkpoints").intValue()).isEqualTo(5);
        assertThat(checkpoints.at("/externalization/delete_on_cancellation").booleanValue())
                .isFalse();
        for (JsonNode vertex : JSON.readTree(cluster.get("/jobs/" + job)).path("vertices")) {
            assertThat(vertex.path("maxParallelism").intValue()).isEqualTo(720);
        }
    }

    private static int parallelism(String job) throws Exception {
        int most = 0;
        for (JsonNode vertex : JSON.readTree(cluster.get("/jobs/" + job)).path("vertices")) {
            most = Math.max(most, vertex.path("parallelism").intValue());
        }
        return most;
    }
}
