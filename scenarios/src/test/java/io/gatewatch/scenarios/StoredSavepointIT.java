package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gatewatch.demo.ChildProcess;
import io.gatewatch.testing.CaptureFileBuilder;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.TcpConversation;
import io.gatewatch.testing.TimedFrame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A savepoint that an earlier build of the job has taken in the middle of a capture is stored
 * beside the tests: the job of today goes on from it with the capture's second half. {@code
 * -Dgatewatch.savepoint=rewrite} has the job of today take the one to be stored instead.
 */
class StoredSavepointIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Path STORED =
            Checkout.root().resolve("scenarios/src/test/resources/savepoint");
    private static final long MOST_BYTES = 300 * 1024;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long START_NS = TcpConversation.DEFAULT_START_NS;
    private static final long HALF_NS = START_NS + 30 * SECOND_NS;
    private static final String NAME = "whole.pcap";

    @TempDir private Path folder;
    private Chain chain;

    @AfterEach
    void stopServers() {
        if (chain != null) {
            chain.close();
        }
    }

    private static boolean rewrites() {
        return "rewrite".equals(System.getProperty("gatewatch.savepoint"));
    }

    @Test
    void shouldGoOnFromASavepointOfAnEarlierBuild() throws Exception {
        assumeFalse(rewrites(), "the savepoint is being rewritten");
        chain = Chain.startWithoutJob(folder);
        SortedMap<String, SortedMap<String, String>> expected = expected();
        ChildProcess job = chain.startJob("--restore", STORED.toString(), "--parallelism", "3");
        assertThat(job.log()).contains("running, restored from " + STORED);

        ship("second.pcap", secondHalf(), "--close-at-end");

        chain.awaitNumber(
                expected.size(), "SELECT COUNT(*) FROM sessions WHERE end_reason <> 'open'");
        try (StoredSessions sessions = chain.sessions()) {
            assertThat(sessions.lastingDifferences(expected, NAME)).isEmpty();
        }
    }

    @Test
    void shouldTakeTheSavepointToBeStored() throws Exception {
        assumeTrue(rewrites(), "the stored savepoint stays as it is");
        chain = Chain.startWithoutJob(folder);
        ChildProcess job = chain.startJob("--first-update", "1s");
        ship("first.pcap", firstHalf());
        chain.awaitNumber(
                firstHalf().size(),
                "SELECT COALESCE(SUM(client_packets + server_packets), 0) FROM sessions");

        Processes.signal(job, "TERM");
        assertThat(job.awaitExit(LIMIT)).as(job.log()).isZero();

        String said = job.awaitLine("stopped, savepoint at ", LIMIT);
        store(Path.of(said.substring(said.indexOf(" at ") + 4).strip()));
    }

    private static void store(Path savepoint) throws Exception {
        List<Path> files;
        try (var entries = Files.list(savepoint)) {
            files = entries.toList();
        }
        assertThat(files).extracting(file -> file.getFileName().toString()).contains("_metadata");
        Files.createDirectories(STORED);
        try (var old = Files.list(STORED)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        long bytes = 0;
        for (Path file : files) {
            Path copy = STORED.resolve(file.getFileName().toString());
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            bytes += Files.size(copy);
        }
        assertThat(bytes).isLessThan(MOST_BYTES);
    }

    private SortedMap<String, SortedMap<String, String>> expected() throws Exception {
        Path capture = write(NAME, whole());
        return AnalyzedSessions.of(folder.resolve("analyzed"), List.of(capture)).of(NAME);
    }

    private void ship(String file, List<TimedFrame> frames, String... options) throws Exception {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "agent",
                                "--read",
                                write(file, frames).toString(),
                                "--kafka",
                                chain.kafka(),
                                "--site",
                                NAME,
                                "--gateway",
                                NAME));
        arguments.addAll(List.of(options));
        Gatewatch.Result agent = Gatewatch.run(arguments.toArray(String[]::new));
        assertThat(agent.exitCode()).as(agent.toString()).isZero();
    }

    private Path write(String file, List<TimedFrame> frames) throws Exception {
        return CaptureFileBuilder.pcap()
                .nanoseconds()
                .packets(frames)
                .writeTo(folder.resolve(file));
    }

    /** What was captured before the savepoint. */
    private static List<TimedFrame> firstHalf() {
        return whole().stream().filter(frame -> frame.timeNs() < HALF_NS).toList();
    }

    private static List<TimedFrame> secondHalf() {
        return whole().stream().filter(frame -> frame.timeNs() >= HALF_NS).toList();
    }

    /** Sessions in all states that a savepoint can find them in, and what comes of each later. */
    private static List<TimedFrame> whole() {
        List<TimedFrame> frames = new ArrayList<>();
        frames.addAll(beginning(40_000).frames());
        frames.addAll(beginning(40_001).at(HALF_NS).clientSends(700).frames());
        frames.addAll(beginning(40_002).at(HALF_NS).serverSends(2_000).close().frames());
        frames.addAll(beginning(40_003).clientCloses().at(HALF_NS).serverCloses().frames());
        frames.addAll(beginning(40_004).close().at(HALF_NS).repeatLast().frames());
        frames.addAll(beginning(40_005).serverResets().at(HALF_NS).clientResets().frames());
        frames.addAll(conversation(40_006).clientSyn().at(HALF_NS).clientSyn().frames());
        frames.addAll(beginning(40_007).at(HALF_NS + 700 * SECOND_NS).clientSends(1).frames());
        for (long timeNs : new long[] {START_NS, HALF_NS}) {
            frames.add(new TimedFrame(timeNs, packet().udp(30_000, 53).payload(40).build()));
            frames.add(new TimedFrame(timeNs, packet().icmp(8, 0).payload(8).build()));
        }
        frames.sort(Comparator.comparingLong(TimedFrame::timeNs));
        return frames;
    }

    private static TcpConversation beginning(int port) {
        return conversation(port).handshake().clientSends(100).serverSends(3_000);
    }

    private static TcpConversation conversation(int port) {
        return TcpConversation.between("192.0.2.1", port, "198.51.100.7", 443);
    }

    private static FrameBuilder packet() {
        return FrameBuilder.ethernet().ipv4("192.0.2.1", "192.0.2.254");
    }
}
