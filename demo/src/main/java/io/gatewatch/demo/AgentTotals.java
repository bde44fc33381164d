package io.gatewatch.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an agent counted from its start to the end of its capture, as {@code agent --totals} wrote
 * it.
 *
 * @param captured frames read
 * @param decapsulated packets found inside tunnels, counted beside the frames that carried them
 * @param shipped packets in batches
 * @param setAside packets that were not shipped, by reason: own traffic, queue drops, what was
 *     undecodable or ignored
 */
public record AgentTotals(
        long captured, long decapsulated, long shipped, Map<String, Long> setAside) {

    /** Reads the file that {@code --totals} names. */
    public static AgentTotals read(Path file) throws IOException {
        Map<String, Long> counters = new LinkedHashMap<>();
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.START_OBJECT
                        && "counters".equals(json.currentName())) {
                    readCounters(json, "", counters);
                }
            }
        }
        Map<String, Long> setAside = new LinkedHashMap<>();
        counters.forEach(
                (name, packets) -> {
                    boolean byReason = name.indexOf('.') >= 0;
                    boolean dropped = name.equals("own_traffic") || name.equals("queue_dropped");
                    if (packets > 0 && (byReason || dropped)) {
                        setAside.put(name.replace('.', ' '), packets);
                    }
                });
        return new AgentTotals(
                counters.getOrDefault("captured", 0L),
                counters.getOrDefault("decapsulated", 0L),
                counters.getOrDefault("shipped", 0L),
                setAside);
    }

    /** Numbers by name; those of an inner object as {@code outer.inner}. */
    private static void readCounters(JsonParser json, String prefix, Map<String, Long> counters)
            throws IOException {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                readCounters(json, prefix + json.currentName() + ".", counters);
            } else if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                counters.put(prefix + json.currentName(), json.getLongValue());
            }
        }
    }

    /** Packets that have to be in sessions in the end. */
    public long expectedInSessions() {
        return captured + decapsulated - setAside.values().stream().mapToLong(n -> n).sum();
    }
}
