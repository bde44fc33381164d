package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What an agent says of its capture minutes on the agents topic, against what it says in its totals
 * and what of it lies in Kafka.
 */
final class MinuteAccounts {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String kafka;
    private final String gateway;

    /** The newest report of each minute. */
    private final Map<Instant, JsonNode> minutes = new TreeMap<>();

    private MinuteAccounts(String kafka, String gateway) {
        this.kafka = kafka;
        this.gateway = gateway;
    }

    /**
     * Requires that each minute of a gateway balances, that all of them add up to its totals, and
     * that as many packets lie in Kafka as each minute shipped.
     *
     * @return the counters of the totals
     */
    static JsonNode requireExact(String kafka, String gateway, Path totalsFile) throws IOException {
        MinuteAccounts accounts = new MinuteAccounts(kafka, gateway);
        JsonNode totals = JSON.readTree(totalsFile.toFile()).get("counters");
        accounts.read();
        accounts.requireBalance();
        accounts.requireSums(totals);
        accounts.requireDelivery();
        return totals;
    }

    private void read() throws IOException {
        for (ConsumerRecord<byte[], byte[]> record :
                new TopicContents(kafka, "gatewatch.agents").read()) {
            JsonNode report = JSON.readTree(record.value());
            if (report.get("gateway").textValue().equals(gateway)
                    && report.get("type").textValue().equals("minute")) {
                Instant minute = Instant.parse(report.get("minute").textValue());
                minutes.put(minute, report.get("in_minute"));
            }
        }
    }

    private void requireBalance() {
        assertThat(minutes).isNotEmpty();
        minutes.forEach(
                (minute, in) ->
                        assertThat(number(in, "captured") + number(in, "decapsulated"))
                                .as("%s: %s", minute, in)
                                .isEqualTo(
                                        number(in, "shipped")
                                                + number(in, "queue_dropped")
                                                + number(in, "own_traffic")
                                                + sum(in.get("undecodable"))
                                                + sum(in.get("ignored"))));
    }

    private void requireSums(JsonNode totals) {
        for (String counter :
                new String[] {
                    "captured",
                    "decapsulated",
                    "shipped",
                    "kernel_dropped",
                    "queue_dropped",
                    "own_traffic"
                }) {
            assertThat(minutes.values().stream().mapToLong(in -> number(in, counter)).sum())
                    .as("%s in %s", counter, minutes)
                    .isEqualTo(number(totals, counter));
        }
        for (String reasons : new String[] {"undecodable", "ignored"}) {
            assertThat(minutes.values().stream().mapToLong(in -> sum(in.get(reasons))).sum())
                    .as(reasons)
                    .isEqualTo(sum(totals.get(reasons)));
        }
    }

    private void requireDelivery() {
        Map<Instant, Long> delivered = new HashMap<>();
        for (String topic : new String[] {"gatewatch.packets", "gatewatch.dns"}) {
            for (BatchRecords.Batch batch : BatchRecords.of(kafka, topic, gateway)) {
                delivered.merge(
                        Instant.ofEpochSecond(60 * batch.minute()), batch.packets(), Long::sum);
            }
        }
        minutes.forEach(
                (minute, in) ->
                        assertThat(delivered.getOrDefault(minute, 0L))
                                .as("packets of %s in Kafka", minute)
                                .isEqualTo(number(in, "shipped")));
    }

    private static long number(JsonNode counters, String name) {
        return counters.get(name).longValue();
    }

    private static long sum(JsonNode reasons) {
        long sum = 0;
        for (JsonNode count : reasons) {
            sum += count.longValue();
        }
        return sum;
    }
}
