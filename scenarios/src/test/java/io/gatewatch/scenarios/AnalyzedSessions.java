package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What {@code analyze} gives for captures, each with its file name as site and gateway: what the
 * database is to hold after they were shipped under these names.
 */
final class AnalyzedSessions {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    private AnalyzedSessions(Path folder) {
        this.folder = folder;
    }

    /** Analyses the captures, with results in this folder. */
    static AnalyzedSessions of(Path folder, List<Path> captures) throws Exception {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "analyze",
                                "--per-file",
                                "--site",
                                "{file}",
                                "--gateway",
                                "{file}",
                                "--output",
                                folder.toString()));
        captures.forEach(capture -> arguments.add(capture.toString()));
        Gatewatch.Result result = Gatewatch.run(arguments.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.toString()).isZero();
        return new AnalyzedSessions(folder);
    }

    /** Sessions of a capture by id, each by column. */
    SortedMap<String, SortedMap<String, String>> of(String capture) throws Exception {
        return rows(capture, "sessions.jsonl", "session_id");
    }

    /** Rows of a capture's DNS log by id, each by column. */
    SortedMap<String, SortedMap<String, String>> dnsLogOf(String capture) throws Exception {
        return rows(capture, "dns.jsonl", "dns_id");
    }

    private SortedMap<String, SortedMap<String, String>> rows(
            String capture, String file, String id) throws Exception {
        SortedMap<String, SortedMap<String, String>> rows = new TreeMap<>();
        try (Stream<String> lines = Files.lines(folder.resolve(capture).resolve(file))) {
            for (String line : (Iterable<String>) lines::iterator) {
                ObjectNode row = (ObjectNode) JSON.readTree(line);
                for (String field : List.of("client_ip", "server_ip")) {
                    row.put(field, StoredSessions.normalized(row.path(field).textValue()));
                }
                SortedMap<String, String> columns = StoredSessions.columns(row);
                rows.put(columns.get(id), columns);
            }
        }
        assertThat(rows).as("%s of %s", file, capture).isNotEmpty();
        return rows;
    }

    /** Packets of all rows. */
    static long packets(SortedMap<String, SortedMap<String, String>> rows) {
        return rows.values().stream()
                .mapToLong(
                        row ->
                                Long.parseLong(row.get("client_packets"))
                                        + Long.parseLong(row.get("server_packets")))
                .sum();
    }

    /** Each difference as a line; where analysis ended with the input, the job ended as idle. */
    static List<String> differences(
            SortedMap<String, SortedMap<String, String>> expected,
            SortedMap<String, SortedMap<String, String>> stored) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> ids = new TreeSet<>(expected.keySet());
        ids.addAll(stored.keySet());
        for (String id : ids) {
            SortedMap<String, String> wanted =
                    expected.getOrDefault(id, Collections.emptySortedMap());
            SortedMap<String, String> found = stored.getOrDefault(id, Collections.emptySortedMap());
            TreeSet<String> columns = new TreeSet<>(wanted.keySet());
            columns.addAll(found.keySet());
            for (String column : columns) {
                String want = wanted.get(column);
                String have = found.get(column);
                boolean documented =
                        column.equals("end_reason")
                                && "\"end_of_input\"".equals(want)
                                && "\"idle\"".equals(have);
                if (!Objects.equals(want, have) && !documented) {
                    differences.add(id + " " + column + ": " + have + ", expected " + want);
                }
            }
        }
        return differences;
    }
}
