package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatewatch.demo.ChildProcess;
import io.gatewatch.testing.CaptureFileBuilder;
import io.gatewatch.testing.TcpConversation;
import io.gatewatch.testing.TimedFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names on their way to the reader: what is meant to break a log, a database or a terminal comes
 * out escaped and unharmed, and an answer that comes after its session is not too late.
 */
class NamesIT {
    private static final String HOSTILE = "hostile";
    private static final List<String> COLUMNS =
            List.of("transport", "transaction", "name", "type", "rdata");
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int NEXT_BYTES = 500;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private static Path folder;

    private static Path hostile;
    private static Chain chain;

    @BeforeAll
    static void start() throws Exception {
        hostile =
                CaptureFileBuilder.pcap()
                        .packets(HostileNames.frames())
                        .writeTo(folder.resolve("hostile.pcap"));
        chain = Chain.start(folder, "--first-update", "1s", "--update-interval", "5s");
    }

    @AfterAll
    static void stop() {
        if (chain != null) {
            chain.close();
        }
    }

    @Test
    void shouldWriteHostileNamesUnharmedAsJson() throws Exception {
        Path output = analyze("jsonl");

        List<List<String>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(output.resolve("dns.jsonl"))) {
            rows.add(row(JSON.readTree(line)));
        }
        assertThat(rows).containsExactlyInAnyOrderElementsOf(HostileNames.rows());
        List<List<String>> hosts = new ArrayList<>();
        for (String line : Files.readAllLines(output.resolve("sessions.jsonl"))) {
            JsonNode session = JSON.readTree(line);
            if (session.path("server_port").asInt() == HostileNames.WEB_PORT) {
                hosts.add(List.of(session.path("server_ip").asText(), text(session, "host")));
            }
        }
        assertThat(hosts).containsExactlyInAnyOrderElementsOf(HostileNames.hosts());
    }

    @Test
    void shouldWriteHostileNamesUnharmedAsCsv() throws Exception {
        Path output = analyze("csv");

        assertThat(csv(output.resolve("dns.csv"), COLUMNS))
                .containsExactlyInAnyOrderElementsOf(HostileNames.rows());
        assertThat(csv(output.resolve("sessions.csv"), List.of("server_ip", "host")))
                .containsAll(HostileNames.hosts());
    }

    @Test
    void shouldWriteEveryHostileNameInOnePlainLineOfATable() throws Exception {
        Path output = analyze("table");

        List<String> lines = Files.readAllLines(output.resolve("dns.txt"));
        assertThat(lines).hasSize(1 + HostileNames.rows().size());
        assertThat(String.join("", lines)).isPrintable().isASCII();
        for (List<String> row : HostileNames.rows()) {
            String rdata = row.get(4).isEmpty() ? "-" : row.get(4);
            assertThat(lines)
                    .as("%s", row)
                    .anyMatch(
                            line ->
                                    line.contains(" " + row.get(2) + " ")
                                            && line.endsWith(" " + rdata));
        }
        List<String> sessions = Files.readAllLines(output.resolve("sessions.txt"));
        assertThat(String.join("", sessions)).isPrintable().isASCII();
        for (List<String> host : HostileNames.hosts()) {
            String name = host.get(1).isEmpty() ? "-" : host.get(1);
            assertThat(sessions)
                    .anyMatch(
                            line -> line.contains(host.get(0) + ":") && line.endsWith(" " + name));
        }
    }

    private static Path analyze(String format) throws Exception {
        Path output = folder.resolve(format);
        Gatewatch.Result result =
                Gatewatch.run(
                        "analyze",
                        hostile.toString(),
                        "--format",
                        format,
                        "--output",
                        output.toString());
        assertThat(result.exitCode()).as(result.toString()).isZero();
        return output;
    }

    private static List<List<String>> csv(Path file, List<String> columns) throws IOException {
        List<List<String>> rows = CsvRows.of(Files.readString(file));
        List<String> heading = rows.get(0);
        return rows.stream()
                .skip(1)
                .map(row -> columns.stream().map(c -> row.get(heading.indexOf(c))).toList())
                .toList();
    }

    private static List<String> row(JsonNode row) {
        return COLUMNS.stream().map(column -> text(row, column)).toList();
    }

    private static String text(JsonNode row, String column) {
        return row.get(column).isNull() ? "" : row.get(column).asText();
    }

    @Test
    void shouldStoreHostileNamesUnharmed() throws Exception {
        ship(hostile, HOSTILE);

        chain.awaitNumber(
                HostileNames.rows().size(),
                "SELECT COUNT(*) FROM dns_log WHERE gateway = ?",
                HOSTILE);
        chain.awaitNumber(
                HostileNames.hosts().stream().filter(host -> !host.get(1).isEmpty()).count(),
                "SELECT COUNT(host) FROM sessions WHERE gateway = ? AND end_reason <> 'open'",
                HOSTILE);
        List<List<String>> rows = new ArrayList<>();
        List<List<String>> hosts = new ArrayList<>();
        try (StoredSessions stored = chain.sessions()) {
            for (ObjectNode row : stored.dnsLog(HOSTILE)) {
                rows.add(row(row));
            }
            for (List<String> host : HostileNames.hosts()) {
                String name =
                        stored.text(
                                "SELECT COALESCE(host, '') FROM sessions WHERE gateway = ?"
                                        + " AND server_port = ? AND server_ip = INET6_ATON(?)",
                                HOSTILE,
                                HostileNames.WEB_PORT,
                                host.get(0));
                hosts.add(List.of(host.get(0), name));
            }
        }
        assertThat(rows).containsExactlyInAnyOrderElementsOf(HostileNames.rows());
        assertThat(hosts).isEqualTo(HostileNames.hosts());
        assertThat(new TopicContents(chain.kafka(), "gatewatch.dead-letters").read()).isEmpty();
    }

    @Test
    void shouldNameSessionsWhoseAnswerIsReadAfterTheirRow() throws Exception {
        TcpConversation open =
                LateAnswers.conversation(LateAnswers.OPEN).handshake().clientSends(10);
        int shipped = open.frames().size();
        List<TimedFrame> frames = new ArrayList<>(open.frames());
        frames.addAll(
                LateAnswers.conversation(LateAnswers.CLOSED)
                        .handshake()
                        .clientSends(10)
                        .close()
                        .frames());
        Path answers = capture(LateAnswers.answers(), "late-dns");
        try (CapturePipe pipe = CapturePipe.of(answers);
                ChildProcess agent =
                        chain.agent(
                                "--read",
                                pipe.path().toString(),
                                "--site",
                                "home",
                                "--gateway",
                                "late-dns")) {
            ship(capture(frames, "late"), "late");
            chain.awaitNumber(1, nameless("open"), LateAnswers.OPEN.octets());
            chain.awaitNumber(1, nameless("fin"), LateAnswers.CLOSED.octets());
            String openId = sessionId(LateAnswers.OPEN);
            String closedId = sessionId(LateAnswers.CLOSED);

            pipe.finish();
            agent.awaitSuccess(LIMIT);

            // The closed one by itself, the open one with its next row.
            awaitName(LateAnswers.CLOSED, closedId, 0);
            List<TimedFrame> more = open.serverSends(NEXT_BYTES).clientAcknowledges().frames();
            ship(capture(more.subList(shipped, more.size()), "next"), "late");
            awaitName(LateAnswers.OPEN, openId, NEXT_BYTES);
        }
    }

    private static String nameless(String endReason) {
        return "SELECT COUNT(*) FROM sessions WHERE gateway = 'late' AND server_ip = ?"
                + " AND host IS NULL AND end_reason = '%s'".formatted(endReason);
    }

    private static String sessionId(LateAnswers.Server server) throws Exception {
        try (StoredSessions stored = chain.sessions()) {
            return stored.text(
                    "SELECT HEX(session_id) FROM sessions WHERE gateway = 'late' AND server_ip = ?",
                    server.octets());
        }
    }

    /** The one row of the server, under its old id, is named. */
    private static void awaitName(LateAnswers.Server server, String sessionId, int serverBytes)
            throws Exception {
        chain.awaitNumber(
                1,
                "SELECT COUNT(*) FROM sessions WHERE session_id = UNHEX(?) AND host = ?"
                        + " AND host_source = 'dns' AND host_age_s = 0 AND host_ttl_s = ?"
                        + " AND server_payload_bytes = ?",
                sessionId,
                server.name(),
                LateAnswers.TTL,
                serverBytes);
        chain.awaitNumber(
                1,
                "SELECT COUNT(*) FROM sessions WHERE gateway = 'late' AND server_ip = ?",
                server.octets());
    }

    private static Path capture(List<TimedFrame> frames, String name) {
        return CaptureFileBuilder.pcap().packets(frames).writeTo(folder.resolve(name + ".pcap"));
    }

    private static void ship(Path capture, String gateway) throws Exception {
        Gatewatch.Result agent =
                Gatewatch.run(
                        "agent",
                        "--read",
                        capture.toString(),
                        "--kafka",
                        chain.kafka(),
                        "--site",
                        "home",
                        "--gateway",
                        gateway);
        assertThat(agent.exitCode()).as(agent.toString()).isZero();
    }
}
