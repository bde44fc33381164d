package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.demo.ChildProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run of the live job that is killed three times and asked to end once, while an agent ships a
 * capture over four partitions; each time the job goes on at another parallelism, with fewer
 * subtasks and with more than there are partitions. {@code -Dgatewatch.seed} repeats the moments of
 * a run.
 */
class RecoveryIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String OPEN_SESSIONS = "flink_taskmanager_job_task_operator_openSessions";
    private static final int LEAST_OPEN = 100;
    private static final double MOST_READ_AGAIN = 0.6;

    @TempDir private Path folder;

    private final long seed = Long.getLong("gatewatch.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<Double> readAgain = new ArrayList<>();
    private Chain chain;
    private Path state;
    private GroupOffsets offsets;

    @BeforeEach
    void startServers() throws Exception {
        System.out.println("RecoveryIT: seed " + seed);
        chain = Chain.startWithoutJob(folder);
        state = folder.resolve("state");
        Gatewatch.Result topics =
                Gatewatch.run(
                        "topics",
                        "create",
                        "--kafka",
                        chain.kafka(),
                        "--partitions",
                        "4",
                        "--dns-partitions",
                        "2");
        assertThat(topics.exitCode()).as(topics.toString()).isZero();
        offsets = new GroupOffsets(chain.kafka());
    }

    @AfterEach
    void stopServers() {
        if (offsets != null) {
            offsets.close();
        }
        if (chain != null) {
            chain.close();
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldStoreTheRowsOfAnUndisturbedRunAlthoughTheJobIsKilledThreeTimes() throws Exception {
        Path capture = LongConnections.write(folder.resolve("long-connections.pcap"));
        String name = capture.getFileName().toString();
        AnalyzedSessions analyzed =
                AnalyzedSessions.of(folder.resolve("analyzed"), List.of(capture));
        SortedMap<String, SortedMap<String, String>> expected = analyzed.of(name);
        assertThat(LongConnections.namesOf(expected)).isEqualTo(LongConnections.NAMED);

        ChildProcess job = startJob(2);
        try (CapturePipe pipe = CapturePipe.of(capture);
                ChildProcess agent = ship(pipe, name)) {
            job = kill(job, pipe, 0.15, 2);
            job = kill(job, pipe, 0.40, 6);
            job = kill(job, pipe, 0.65, 1);
            stopAndGoOn(job, pipe, 0.85, 4);
            pipe.finish();
            assertThat(agent.awaitExit(LIMIT)).as(agent.log()).isZero();
        }

        assertThat(readAgain.stream().mapToDouble(Double::doubleValue).sum())
                .as("read again after each kill, as parts of what was sent: %s", readAgain)
                .isLessThan(MOST_READ_AGAIN);
        chain.awaitNumber(
                expected.size(), "SELECT COUNT(*) FROM sessions WHERE end_reason <> 'open'");
        chain.awaitNumber(
                AnalyzedSessions.packets(expected),
                "SELECT SUM(client_packets + server_packets) FROM sessions");
        SortedMap<String, SortedMap<String, String>> expectedLog = analyzed.dnsLogOf(name);
        chain.awaitNumber(expectedLog.size(), "SELECT COUNT(*) FROM dns_log");
        try (StoredSessions sessions = chain.sessions()) {
            assertThat(sessions.lastingDifferences(expected, name)).isEmpty();
            assertThat(AnalyzedSessions.differences(expectedLog, sessions.dnsLogOf(name)))
                    .isEmpty();
            assertThat(
                            sessions.number(
                                    "SELECT COUNT(*) FROM sessions WHERE revision <>"
                                            + " 4 * (client_packets + server_packets) + 1"))
                    .isZero();
        }
        StoredLedger ledger = new StoredLedger(chain);
        ledger.awaitBalance(name, AnalyzedSessions.packets(expected));
        Gatewatch.Result result = ledger.run("--against-sessions");
        assertThat(result.exitCode()).as(result.out()).isZero();
    }

    private ChildProcess ship(CapturePipe pipe, String name) throws Exception {
        return chain.agent(
                "--read",
                pipe.path().toString(),
                "--site",
                name,
                "--gateway",
                name,
                "--close-at-end");
    }

    private ChildProcess startJob(int parallelism, String... options) throws Exception {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "--state-dir",
                                state.toString(),
                                "--parallelism",
                                Integer.toString(parallelism),
                                "--checkpoint-interval",
                                "1s",
                                "--first-update",
                                "500ms"));
        all.addAll(List.of(options));
        return chain.startJob(all.toArray(String[]::new));
    }

    /** Kills the job while it reads what comes behind this part of the capture; starts it again. */
    private ChildProcess kill(ChildProcess job, CapturePipe pipe, double part, int parallelism)
            throws Exception {
        pipe.writeUpTo(part);
        long kept = offsets.awaitCheckpointOfAll();
        pipe.writeUpTo(part + 0.01 + random.nextDouble() / 10);
        long sent = offsets.awaitMoreThan(kept);
        job.kill();
        readAgain.add((offsets.sent() - offsets.committed()) / (double) sent);
        return restart(parallelism, state.resolve("checkpoints"));
    }

    /** Starts the job with what was open at the snapshot, and lets it go on. */
    private ChildProcess restart(int parallelism, Path origin) throws Exception {
        int port = freePort();
        ChildProcess job = startJob(parallelism, "--metrics-port", Integer.toString(port));
        assertThat(job.log()).contains("running, restored from " + origin);
        assertThat(new MetricsPage("127.0.0.1:" + port).sum(OPEN_SESSIONS))
                .as("sessions open across the restart")
                .isGreaterThanOrEqualTo(LEAST_OPEN);
        return job;
    }

    private void stopAndGoOn(ChildProcess job, CapturePipe pipe, double part, int parallelism)
            throws Exception {
        pipe.writeUpTo(part);
        Processes.signal(job, "TERM");
        assertThat(job.awaitExit(LIMIT)).as(job.log()).isZero();

        String said = job.awaitLine("stopped, savepoint at ", LIMIT);
        Path savepoint = Path.of(said.substring(said.indexOf(" at ") + 4).strip());
        assertThat(savepoint).startsWith(state.resolve("savepoints"));
        assertThat(Files.size(savepoint.resolve("_metadata"))).isPositive();
        restart(parallelism, savepoint);
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
