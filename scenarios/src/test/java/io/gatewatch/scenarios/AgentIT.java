package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatewatch.demo.ChildProcess;
import io.gatewatch.testing.CaptureFileBuilder;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.PcapFileBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * An agent that reads capture files, when there are more flows than it remembers, when Kafka is
 * away for a while, and when it is killed and started again. Live capture is in {@link
 * LiveCaptureIT}.
 *
 * <p>{@code -Dgatewatch.outage.seconds=60} is the long form of the outage.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AgentIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final long MOST_RESIDENT_KB = 160 * 1024;
    private static final int FLOOD_PACKETS = 1_000_000;
    private static final int OUTAGE_PACKETS = 300_000;
    private static final long START_NS = 1_767_225_600_000_000_000L;
    private static final long STEP_NS = 100_000; // over two minutes in all

    @TempDir private static Path folder;

    private static Chain chain;

    @BeforeAll
    static void start() throws Exception {
        chain = Chain.startWithoutJob(folder);
        Gatewatch.Result topics = Gatewatch.run("topics", "create", "--kafka", chain.kafka());
        assertThat(topics.exitCode()).as(topics.toString()).isZero();
    }

    @AfterAll
    static void stop() {
        if (chain != null) {
            chain.close();
        }
    }

    @Test
    void shouldStayWithinItsMemoryForAMillionFlowsOfOnePacket() throws Exception {
        Path flood = writeFlood(FLOOD_PACKETS);
        Path totalsFile = folder.resolve("million.json");
        try (ChildProcess agent = agent("million", flood, "--totals", totalsFile.toString())) {
            long memoryKb = 0;
            while (agent.isAlive()) {
                memoryKb = Math.max(memoryKb, peakResidentKb(agent));
                TimeUnit.MILLISECONDS.sleep(50); // another process works
            }
            assertThat(agent.awaitExit(LIMIT)).as(agent.log()).isZero();
            System.out.println("a million flows: resident at most " + memoryKb + " kB");
            assertThat(memoryKb).isPositive().isLessThanOrEqualTo(MOST_RESIDENT_KB);
        }

        JsonNode totals = MinuteAccounts.requireExact(chain.kafka(), "million", totalsFile);
        assertThat(totals.get("shipped").longValue()).isEqualTo(FLOOD_PACKETS);
        assertThat(totals.get("evicted_flows").longValue())
                .isEqualTo(totals.get("flows").longValue() - 131_072)
                .isPositive();
    }

    @Test
    void shouldWaitForKafkaAndLoseNothingOfAFile() throws Exception {
        long outageSeconds = Long.getLong("gatewatch.outage.seconds", 3);
        Path flood = writeFlood(OUTAGE_PACKETS);
        Path totalsFile = folder.resolve("outage.json");
        ChildProcess broker = chain.broker();
        long before = records();
        try (ChildProcess agent =
                agent(
                        "outage",
                        flood,
                        "--queue-bytes",
                        "1m",
                        "--kafka-property",
                        "buffer.memory=1048576",
                        "--totals",
                        totalsFile.toString())) {
            awaitRecords(before + 10);
            Processes.signal(broker, "STOP");
            try {
                TimeUnit.SECONDS.sleep(outageSeconds); // without Kafka
                agent.requireAlive();
            } finally {
                Processes.signal(broker, "CONT");
            }
            assertThat(agent.awaitExit(LIMIT)).as(agent.log()).isZero();
        }

        JsonNode totals = MinuteAccounts.requireExact(chain.kafka(), "outage", totalsFile);
        assertThat(totals.get("shipped").longValue()).isEqualTo(OUTAGE_PACKETS);
        assertThat(totals.get("queue_dropped").longValue()).isZero();
    }

    /** First, since the job reads all that is in Kafka. */
    @Test
    @Order(1)
    void shouldStoreTheSameRowsAlthoughTheAgentWasKilled() throws Exception {
        Path capture = Cases.bundled();
        String name = capture.getFileName().toString();
        Path totalsFile = folder.resolve("killed.json");
        SortedMap<String, SortedMap<String, String>> expected =
                AnalyzedSessions.of(folder.resolve("analyzed"), List.of(capture)).of(name);
        // The other agents of this class stay silent, and hold time still for the grace.
        try (ChildProcess job = chain.startJob("--gateway-grace", "5s")) {
            Set<BatchRecords.Batch> untilKilled;
            long before = records();
            try (ChildProcess first = agent(name, capture, "--speed", "4", "--close-at-end")) {
                awaitRecords(before + 10);
                first.kill();
                untilKilled = batches(name);
            }

            try (ChildProcess second =
                    agent(name, capture, "--close-at-end", "--totals", totalsFile.toString())) {
                assertThat(second.awaitExit(LIMIT)).as(second.log()).isZero();
            }

            Set<BatchRecords.Batch> all = batches(name);
            assertThat(untilKilled)
                    .as("it was killed while it shipped")
                    .hasSizeLessThan(all.size());
            assertThat(all).as("the second run made the same batches").containsAll(untilKilled);
            assertThat(all).extracting(BatchRecords.Batch::boot).containsOnly(boot(untilKilled));
            MinuteAccounts.requireExact(chain.kafka(), name, totalsFile);
            chain.awaitNumber(
                    expected.size(),
                    "SELECT COUNT(*) FROM sessions WHERE gateway = ? AND end_reason <> 'open'",
                    name);
            chain.awaitNumber(
                    AnalyzedSessions.packets(expected),
                    "SELECT SUM(client_packets + server_packets) FROM sessions WHERE gateway = ?",
                    name);
            new StoredLedger(chain).awaitBalance(name, AnalyzedSessions.packets(expected));
            job.requireAlive();
        }
        try (StoredSessions sessions = chain.sessions()) {
            assertThat(sessions.lastingDifferences(expected, name)).isEmpty();
        }
    }

    private static ChildProcess agent(String gateway, Path capture, String... options)
            throws IOException {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "agent",
                                "--kafka",
                                chain.kafka(),
                                "--read",
                                capture.toString(),
                                "--gateway",
                                gateway));
        arguments.addAll(List.of(options));
        return chain.process("agent-" + gateway, arguments.toArray(String[]::new));
    }

    private static long records() {
        return new TopicContents(chain.kafka(), "gatewatch.packets").size();
    }

    /** Waits until there are so many records of packets. */
    private static void awaitRecords(long count) throws Exception {
        long deadlineNs = System.nanoTime() + LIMIT.toNanos();
        while (records() < count) {
            assertThat(System.nanoTime()).as("time").isLessThan(deadlineNs);
            TimeUnit.MILLISECONDS.sleep(20); // another process works
        }
    }

    private static Set<BatchRecords.Batch> batches(String gateway) {
        return BatchRecords.of(chain.kafka(), "gatewatch.packets", gateway);
    }

    private static String boot(Set<BatchRecords.Batch> batches) {
        Set<String> boots = new HashSet<>();
        batches.forEach(batch -> boots.add(batch.boot()));
        assertThat(boots).hasSize(1);
        return boots.iterator().next();
    }

    /** 0 when it has just ended. */
    private static long peakResidentKb(ChildProcess process) {
        try {
            return Processes.peakResidentKb(process);
        } catch (IOException | java.util.NoSuchElementException e) {
            return 0;
        }
    }

    /** SYNs from random addresses and ports; all but a few are flows of their own. */
    private static Path writeFlood(int packets) {
        Random random = new Random(1);
        byte[] syn =
                FrameBuilder.ethernet()
                        .ipv4("192.0.2.1", "198.51.100.1")
                        .tcp(1, 443)
                        .flags("S")
                        .build();
        ByteBuffer frame = ByteBuffer.wrap(syn);
        PcapFileBuilder capture = CaptureFileBuilder.pcap();
        for (int i = 0; i < packets; i++) {
            frame.putInt(26, random.nextInt()); // source address
            frame.putShort(34, (short) random.nextInt()); // source port
            frame.putInt(38, random.nextInt()); // sequence number
            capture.packet(START_NS + i * STEP_NS, syn);
        }
        return capture.writeTo(folder.resolve("flood-" + packets + ".pcap"));
    }
}
