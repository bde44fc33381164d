package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatewatch.demo.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Known numbers of packets are lost at each place, and the ledger names exactly these. An agent
 * ships the demo's capture to a broker of its own; what it sent is handed on to the job's broker,
 * with something lost on the way. What the kernel and the full queue drop is added to the agent's
 * reports on the way too; real drops, as far as the agent's own accounts, are in {@link LiveFlood}.
 */
class LedgerIT {
    private static final int VERSION_AT = 4;
    private static final int KERNEL_DROPPED = 11;
    private static final int QUEUE_DROPPED = 7;

    @TempDir private static Path folder;

    private static Chain chain;
    private static StoredLedger ledger;
    private static EmbeddedBroker agents;

    @BeforeAll
    static void start() throws Exception {
        chain = Chain.start(folder, "--parallelism", "2");
        ledger = new StoredLedger(chain);
        agents = EmbeddedBroker.start(folder.resolve("agents"));
    }

    @AfterAll
    static void stop() {
        if (agents != null) {
            agents.close();
        }
        if (chain != null) {
            chain.close();
        }
    }

    @Test
    void shouldBalanceAndNoticeThatARowOfTheSessionsIsGone() throws Exception {
        Relay relay = shipped("whole");
        relay.sendTo(chain.kafka());
        ledger.awaitBalance("whole", relay.packets());
        awaitSessions("whole", relay.packets());

        Gatewatch.Result balanced = ledger.run("--site", "whole", "--against-sessions");
        assertThat(balanced.exitCode()).as(balanced.toString()).isZero();
        assertThat(balanced.out()).contains("Every packet is accounted for.");

        try (Connection connection = chain.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM sessions WHERE site = 'whole' LIMIT 1");
        }

        Gatewatch.Result unnoticed = ledger.run("--site", "whole");
        assertThat(unnoticed.exitCode()).as(unnoticed.toString()).isZero();
        Gatewatch.Result noticed = ledger.run("--site", "whole", "--against-sessions");
        assertThat(noticed.exitCode()).as(noticed.toString()).isEqualTo(4);
        assertThat(noticed.out()).contains("LOST behind the job's counting");
    }

    @Test
    void shouldNameADeletedRecord() throws Exception {
        Relay relay = shipped("deleted");
        long packets = Relay.packets(relay.takeBatch());

        relay.sendTo(chain.kafka());

        ledger.await("deleted", "missing", packets);
        assertLosses(4, "deleted", "kafka missing " + packets);
    }

    @Test
    void shouldNameARecordThatCannotBeRead() throws Exception {
        Relay relay = shipped("broken");
        long packets =
                Relay.packets(
                        relay.changeBatch(
                                bytes -> {
                                    byte[] future = bytes.clone();
                                    future[VERSION_AT] = 99;
                                    return future;
                                }));

        relay.sendTo(chain.kafka());

        ledger.await("broken", "unreadable", packets);
        ledger.awaitBalance("broken", relay.packets() - packets);
        assertLosses(0, "broken", "job unreadable " + packets);
    }

    @Test
    void shouldSayWhatDiedWithAnAgent() throws Exception {
        Relay relay = shipped("killed");
        relay.takeReports();
        long packets = Relay.packets(relay.takeBatch());

        relay.sendTo(chain.kafka());

        ledger.await("killed", "agent_died", packets);
        ledger.awaitBalance("killed", relay.packets());
        assertLosses(0, "killed", "agent agent_died " + packets);
    }

    @Test
    void shouldNameWhatKernelAndQueueDropped() throws Exception {
        Relay relay = shipped("dropped");
        relay.changeReports(LedgerIT::withDrops);

        relay.sendTo(chain.kafka());

        ledger.await("dropped", "kernel_dropped", KERNEL_DROPPED);
        ledger.awaitBalance("dropped", relay.packets());
        assertLosses(
                0,
                "dropped",
                "agent kernel_dropped " + KERNEL_DROPPED,
                "agent queue_dropped " + QUEUE_DROPPED);
    }

    @Test
    void shouldCountWhatIsSentAgainOnce() throws Exception {
        Relay relay = shipped("again");
        relay.sendTo(chain.kafka());
        ledger.awaitBalance("again", relay.packets());

        relay.sendTo(chain.kafka());

        ledger.await("again", "repeated", relay.packets());
        ledger.awaitBalance("again", relay.packets());
        assertLosses(0, "again");
    }

    /** The report of an agent that was too slow, and that the kernel could not wait for. */
    private static byte[] withDrops(byte[] report) {
        ObjectMapper json = new ObjectMapper();
        try {
            ObjectNode node = (ObjectNode) json.readTree(report);
            ObjectNode minute = (ObjectNode) node.get("in_minute");
            minute.put("kernel_dropped", minute.get("kernel_dropped").asLong() + KERNEL_DROPPED);
            minute.put("queue_dropped", minute.get("queue_dropped").asLong() + QUEUE_DROPPED);
            minute.put("captured", minute.get("captured").asLong() + QUEUE_DROPPED);
            return json.writeValueAsBytes(node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Relay shipped(String site) throws Exception {
        Gatewatch.Result agent =
                Gatewatch.run(
                        "agent",
                        "--read",
                        Cases.bundled().toString(),
                        "--close-at-end",
                        "--kafka",
                        agents.address(),
                        "--site",
                        site,
                        "--gateway",
                        site);
        assertThat(agent.exitCode()).as(agent.toString()).isZero();
        Relay relay = Relay.of(agents.address(), site);
        assertThat(relay.packets()).isGreaterThan(2_000);
        return relay;
    }

    private static void awaitSessions(String site, long packets) throws Exception {
        chain.awaitNumber(
                packets,
                "SELECT SUM(client_packets + server_packets) FROM sessions WHERE site = ?",
                site);
    }

    private static void assertLosses(int exitCode, String site, String... losses) throws Exception {
        Gatewatch.Result result = ledger.run("--site", site, "--format", "jsonl");

        assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
        assertThat(StoredLedger.losses(result)).containsExactlyInAnyOrder(losses);
    }
}
