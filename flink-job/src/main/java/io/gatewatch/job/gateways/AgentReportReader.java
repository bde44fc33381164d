package io.gatewatch.job.gateways;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * Reads an agent's report, one JSON object. Fields that are not known are skipped: newer agents may
 * say more.
 */
final class AgentReportReader {
    private static final JsonFactory JSON = new JsonFactory();
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int HEXADECIMAL = 16;

    // As wide as the columns of the table gateways; texts in characters of four bytes at most.
    private static final int MAX_NAME_LENGTH = 255;
    private static final int MAX_VERSION_LENGTH = 64;
    private static final int MAX_TYPE_LENGTH = 32;
    private static final int MAX_TEXT_LENGTH = 16_000;

    private AgentReportReader() {}

    /**
     * Reads the report.
     *
     * @param appendTimeMs when the broker took it
     * @throws IOException if it is no report: not JSON, no gateway, a field of another type
     */
    static AgentReport read(byte[] bytes, long appendTimeMs) throws IOException {
        GatewayRow row = new GatewayRow();
        MinuteReader minute = new MinuteReader();
        row.seenMs = appendTimeMs;
        try (JsonParser json = JSON.createParser(bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                field(name, json, row, minute);
            }
        } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
            throw new IOException(e.getMessage(), e);
        }
        if (row.gateway.isEmpty()) {
            throw new IOException("no gateway in it");
        }
        requireLength("gateway", row.gateway, MAX_NAME_LENGTH);
        requireLength("site", row.site, MAX_NAME_LENGTH);
        requireLength("version", row.version, MAX_VERSION_LENGTH);
        requireLength("type", row.lastReport, MAX_TYPE_LENGTH);
        requireLength("interfaces", row.interfaces, MAX_TEXT_LENGTH);
        requireLength("counters", row.counters, MAX_TEXT_LENGTH);
        return new AgentReport(row, minute.report(row));
    }

    /** What the table has no room for would end the job. */
    private static void requireLength(String name, String value, int max) throws IOException {
        if (value != null && value.length() > max) {
            throw new IOException(name + " of " + value.length() + " characters: at most " + max);
        }
    }

    private static void field(String name, JsonParser json, GatewayRow row, MinuteReader minute)
            throws IOException {
        switch (name) {
            case "type" -> row.lastReport = json.getText();
            case "site" -> row.site = json.getText();
            case "gateway" -> row.gateway = json.getText();
            case "version" -> row.version = json.getText();
            case "boot" -> row.bootId = Long.parseUnsignedLong(json.getText(), HEXADECIMAL);
            case "time" ->
                    row.clockSkewMs = Instant.parse(json.getText()).toEpochMilli() - row.seenMs;
            case "clock" -> row.captureClockNs = clock(json);
            case "interfaces" -> row.interfaces = copy(json);
            case "counters" -> counters(json, row);
            case "minute" -> minute.minute(json.getText());
            case "in_minute" -> minute.inMinute(json);
            case "last_sequences" -> minute.lastSequences(json);
            default -> json.skipChildren();
        }
    }

    private static long clock(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return GatewayRow.NO_CLOCK;
        }
        Instant clock = Instant.parse(json.getText());
        return clock.getEpochSecond() * NANOS_PER_SECOND + clock.getNano();
    }

    private static String copy(JsonParser json) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator copy = JSON.createGenerator(text)) {
            copy.copyCurrentStructure(json);
        }
        return text.toString();
    }

    private static void counters(JsonParser json, GatewayRow row) throws IOException {
        row.counters = copy(json);
        try (JsonParser counters = JSON.createParser(row.counters)) {
            counters.nextToken();
            while (counters.nextToken() == JsonToken.FIELD_NAME) {
                String name = counters.currentName();
                counters.nextToken();
                counter(name, counters, row);
            }
        }
    }

    private static void counter(String name, JsonParser json, GatewayRow row) throws IOException {
        switch (name) {
            case "captured" -> row.captured = json.getLongValue();
            case "decapsulated" -> row.decapsulated = json.getLongValue();
            case "shipped" -> row.shipped = json.getLongValue();
            case "kernel_dropped" -> row.kernelDropped = json.getLongValue();
            case "queue_dropped" -> row.queueDropped = json.getLongValue();
            case "own_traffic" -> row.ownTraffic = json.getLongValue();
            case "undecodable" -> row.undecodable = sum(json);
            case "ignored" -> row.ignored = sum(json);
            default -> json.skipChildren();
        }
    }

    /** Sum over the reasons of an object. */
    private static long sum(JsonParser json) throws IOException {
        long sum = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            json.nextToken();
            sum += json.getLongValue();
        }
        return sum;
    }
}
