package io.gatewatch.job.gateways;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.job.ledger.BatchArrival;
import io.gatewatch.job.ledger.HeadCounters;
import io.gatewatch.job.ledger.LedgerKey;
import io.gatewatch.job.ledger.MinuteFigures;
import io.gatewatch.job.ledger.MinuteReport;
import io.gatewatch.job.ledger.Reasons;
import io.gatewatch.job.ledger.TopicSequences;
import io.gatewatch.topics.Topics;
import java.io.IOException;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the fields of a report that say what was counted in one minute. Their sizes are bounded:
 * they are kept as state, and become rows.
 */
final class MinuteReader {
    private static final long NO_MINUTE = Long.MIN_VALUE;
    private static final long SECONDS_PER_MINUTE = 60;
    private static final long MAX_COUNT = 1L << 53;
    private static final int MAX_REASONS = 128;

    private final SortedMap<String, Long> leftOut = new TreeMap<>();
    private final TopicSequences last = new TopicSequences();
    private long minute = NO_MINUTE;
    private boolean counted;
    private long captured;
    private long decapsulated;
    private long shipped;
    private long kernelDropped;
    private long queueDropped;
    private long ownTraffic;

    void minute(String text) throws IOException {
        minute = Math.floorDiv(Instant.parse(text).getEpochSecond(), SECONDS_PER_MINUTE);
        if (minute < 0 || minute > BatchArrival.MAX_MINUTE) {
            throw new IOException("minute is " + text + ": must be from 1970 to 2262");
        }
    }

    void inMinute(JsonParser json) throws IOException {
        requireObject("in_minute", json);
        counted = true;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "captured" -> captured = count(name, json);
                case "decapsulated" -> decapsulated = count(name, json);
                case "shipped" -> shipped = count(name, json);
                case "kernel_dropped" -> kernelDropped = count(name, json);
                case "queue_dropped" -> queueDropped = count(name, json);
                case "own_traffic" -> ownTraffic = count(name, json);
                case "undecodable", "ignored" -> reasons(name, json);
                default -> json.skipChildren();
            }
        }
    }

    private static long count(String name, JsonParser json) throws IOException {
        long count = json.getLongValue();
        if (count < 0 || count > MAX_COUNT) {
            throw new IOException(name + " is " + count + ": must be 0 to " + MAX_COUNT);
        }
        return count;
    }

    private void reasons(String name, JsonParser json) throws IOException {
        requireObject(name, json);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String reason = json.currentName();
            json.nextToken();
            if (!Reasons.isFree(reason)) {
                throw new IOException("a reason of " + name + " has a name that cannot be one");
            }
            leftOut.merge(reason, count(reason, json), Long::sum);
            if (leftOut.size() > MAX_REASONS) {
                throw new IOException("more than " + MAX_REASONS + " reasons");
            }
        }
    }

    void lastSequences(JsonParser json) throws IOException {
        requireObject("last_sequences", json);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String topic = json.currentName();
            json.nextToken();
            switch (topic) {
                case Topics.PACKETS -> lastSequences(BatchTopic.PACKETS, json);
                case Topics.DNS -> lastSequences(BatchTopic.DNS, json);
                default -> json.skipChildren();
            }
        }
    }

    private void lastSequences(BatchTopic topic, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new IOException("last_sequences of a topic are no array");
        }
        for (int partition = 0; json.nextToken() != JsonToken.END_ARRAY; partition++) {
            if (partition == TopicSequences.MAX_PARTITIONS) {
                throw new IOException(
                        "last_sequences of more than "
                                + TopicSequences.MAX_PARTITIONS
                                + " partitions");
            }
            long sequence = json.getLongValue();
            if (sequence != TopicSequences.NONE) {
                last.raise(topic, partition, sequence);
            }
        }
    }

    private static void requireObject(String name, JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new IOException(name + " is no object");
        }
    }

    /** The report for the ledger, or null if it was not all there. */
    MinuteReport report(GatewayRow row) {
        if (minute == NO_MINUTE || !counted) {
            return null;
        }
        HeadCounters total =
                new HeadCounters(
                        row.captured,
                        row.decapsulated,
                        row.kernelDropped,
                        row.queueDropped,
                        row.undecodable,
                        row.ignored);
        MinuteFigures figures =
                new MinuteFigures(
                        captured,
                        decapsulated,
                        shipped,
                        kernelDropped,
                        queueDropped,
                        ownTraffic,
                        leftOut,
                        total,
                        last);
        return new MinuteReport(new LedgerKey(row.site, row.gateway, row.bootId), minute, figures);
    }
}
