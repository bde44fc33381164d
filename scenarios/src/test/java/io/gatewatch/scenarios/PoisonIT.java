package io.gatewatch.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records that cannot be read and rows that the database refuses end on the dead-letter topic, each
 * once and with its reason; all else comes out as without them, and the job never starts again.
 */
class PoisonIT {
    private static final String PACKETS = "gatewatch.packets";
    private static final String DNS = "gatewatch.dns";
    private static final String AGENTS = "gatewatch.agents";
    private static final String DEAD_LETTERS = "gatewatch.dead-letters";

    /** Of a client port: sessions of these are refused. */
    private static final String LAST_DIGIT = "3";

    private static final int VERSION_AT = 4;

    @TempDir private static Path folder;

    private static Chain chain;
    private static List<Path> captures;
    private static AnalyzedSessions analyzed;

    private final ObjectMapper json = new ObjectMapper();

    @BeforeAll
    static void start() throws Exception {
        captures = List.of(Cases.captures().get(0), Cases.captures().get(1), Cases.bundled());
        analyzed = AnalyzedSessions.of(folder.resolve("analyzed"), captures);
        chain =
                Chain.start(
                        folder,
                        "--parallelism",
                        "2",
                        "--checkpoint-interval",
                        "1s",
                        "--first-update",
                        "60s");
    }

    @AfterAll
    static void stop() {
        if (chain != null) {
            chain.close();
        }
    }

    @Test
    void shouldSetAsideRecordsThatCannotBeRead() throws Exception {
        ship(captures.get(0));
        byte[] batch = new TopicContents(chain.kafka(), PACKETS).await(1).get(0).value();

        Map<String, byte[]> poison = poison(batch);
        ship(captures.get(1));

        assertStored(captures.get(0), analyzed.of(name(captures.get(0))));
        assertStored(captures.get(1), analyzed.of(name(captures.get(1))));
        Map<String, ConsumerRecord<byte[], byte[]>> letters = letters(poison.size(), "topic ");
        assertThat(letters.keySet()).isEqualTo(poison.keySet());
        poison.forEach(
                (key, value) -> {
                    assertThat(letters.get(key).value()).as(key).isEqualTo(value);
                    Map<String, String> headers = TopicContents.headers(letters.get(key));
                    assertThat(headers)
                            .as(key)
                            .containsEntry("gateway", "attic")
                            .containsKeys("origin", "partition", "offset", "reason");
                    assertThat(key)
                            .isEqualTo(
                                    headers.get("origin").substring("topic ".length())
                                            + "-"
                                            + headers.get("partition")
                                            + "-"
                                            + headers.get("offset"));
                });
        assertThat(chain.jobLog()).doesNotContain("failed, starts again");
    }

    /** Sends what cannot be read to every topic, by the key that its dead letter will have. */
    private static Map<String, byte[]> poison(byte[] batch) throws Exception {
        byte[] future = batch.clone();
        future[VERSION_AT] = 99;
        byte[] tooMany = batch.clone();
        Arrays.fill(tooMany, batch.length / 4, batch.length, (byte) 0xFF);
        List<byte[]> values = new ArrayList<>();
        values.add(null);
        values.add(new byte[0]);
        values.add("neither batch nor report".getBytes(UTF_8));
        values.add(Arrays.copyOf(batch, batch.length - 1));
        values.add(Arrays.copyOf(batch, batch.length + 1));
        values.add(future);
        values.add(tooMany);
        Map<String, byte[]> sent = new TreeMap<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", chain.kafka()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (String topic : List.of(PACKETS, DNS, AGENTS)) {
                for (byte[] value : values) {
                    ProducerRecord<byte[], byte[]> record =
                            new ProducerRecord<>(topic, 0, null, value);
                    record.headers().add("gateway", "attic".getBytes(UTF_8));
                    RecordMetadata place = producer.send(record).get();
                    sent.put(topic + "-0-" + place.offset(), value);
                }
            }
        }
        return sent;
    }

    @Test
    void shouldSetAsideRowsThatTheDatabaseRefuses() throws Exception {
        Path capture = captures.get(2);
        SortedMap<String, SortedMap<String, String>> stored = analyzed.of(name(capture));
        SortedMap<String, SortedMap<String, String>> refused = new TreeMap<>(stored);
        refused.values().removeIf(row -> !row.get("client_port").endsWith(LAST_DIGIT));
        stored.keySet().removeAll(refused.keySet());
        assertThat(refused).as("sessions to refuse").isNotEmpty();
        try (Connection connection = chain.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "ALTER TABLE sessions ADD CONSTRAINT not_these CHECK (gateway <> '"
                            + name(capture)
                            + "' OR client_port % 10 <> "
                            + LAST_DIGIT
                            + ")");
        }

        ship(capture);

        assertStored(capture, stored);
        SortedMap<String, SortedMap<String, String>> letters = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> letter :
                letters(refused.size(), "table sessions").values()) {
            assertThat(TopicContents.headers(letter).get("reason")).contains("not_these");
            ObjectNode row = (ObjectNode) json.readTree(letter.value());
            for (String field : List.of("client_ip", "server_ip")) {
                row.put(field, StoredSessions.normalized(row.path(field).textValue()));
            }
            SortedMap<String, String> columns = StoredSessions.columns(row);
            letters.put(columns.get("session_id"), columns);
        }
        assertThat(AnalyzedSessions.differences(refused, letters)).isEmpty();
        String ofRefused = " FROM ledger WHERE reason = 'row_refused' AND gateway = ?";
        chain.awaitNumber(refused.size(), "SELECT COUNT(*)" + ofRefused, name(capture));
        chain.awaitNumber(
                AnalyzedSessions.packets(refused),
                "SELECT SUM(packets)" + ofRefused,
                name(capture));
        assertThat(chain.jobLog()).doesNotContain("failed, starts again");
    }

    private static void ship(Path capture) throws Exception {
        Gatewatch.Result agent =
                Gatewatch.run(
                        "agent",
                        "--read",
                        capture.toString(),
                        "--close-at-end",
                        "--kafka",
                        chain.kafka(),
                        "--site",
                        name(capture),
                        "--gateway",
                        name(capture));
        assertThat(agent.exitCode()).as(agent.toString()).isZero();
    }

    private static void assertStored(
            Path capture, SortedMap<String, SortedMap<String, String>> expected) throws Exception {
        chain.awaitNumber(
                expected.size(),
                "SELECT COUNT(*) FROM sessions WHERE gateway = ? AND end_reason <> 'open'",
                name(capture));
        chain.awaitNumber(
                AnalyzedSessions.packets(expected),
                "SELECT SUM(client_packets + server_packets) FROM sessions WHERE gateway = ?",
                name(capture));
        try (StoredSessions sessions = chain.sessions()) {
            assertThat(sessions.lastingDifferences(expected, name(capture))).isEmpty();
        }
    }

    private static String name(Path capture) {
        return capture.getFileName().toString();
    }

    /** All dead letters of an origin by key, once there are as many; no key has two. */
    private static Map<String, ConsumerRecord<byte[], byte[]>> letters(int count, String origin) {
        TopicContents topic = new TopicContents(chain.kafka(), DEAD_LETTERS);
        Map<String, ConsumerRecord<byte[], byte[]>> letters = new TreeMap<>();
        for (int records = count; letters.size() < count; records++) {
            letters.clear();
            for (ConsumerRecord<byte[], byte[]> letter : topic.await(records)) {
                if (TopicContents.headers(letter).get("origin").startsWith(origin)) {
                    String key = new String(letter.key(), UTF_8);
                    assertThat(letters.put(key, letter)).as(key).isNull();
                }
            }
        }
        return letters;
    }
}
