package io.gatewatch.agent.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.gatewatch.wire.BatchHead;
import io.gatewatch.wire.CaptureInterface;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What an agent says about itself, as one JSON object: a heartbeat, the report on a capture minute,
 * the totals at the end.
 *
 * @param time when it was made
 * @param clockNs the capture clock, {@link BatchHead#NO_CLOCK} before the first packet
 * @param interfaces what is captured from; of a capture file as far as it was read
 * @param counters cumulative since the agent's start; in a minute report as of the minute's end
 * @param minute of a minute report; null otherwise
 */
public record AgentReport(
        Type type,
        AgentIdentity agent,
        Instant time,
        long clockNs,
        List<CaptureInterface> interfaces,
        CounterSnapshot counters,
        CaptureMinute minute) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_INTERFACES = 32;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Kinds of reports and their names in JSON. */
    public enum Type {
        HEARTBEAT("heartbeat"),
        MINUTE("minute"),
        END_OF_CAPTURE("end_of_capture");

        private final String text;

        Type(String text) {
            this.text = text;
        }
    }

    /** One line of UTF-8 without a line end. */
    public byte[] toJson() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("type", type.text);
            json.writeStringField("site", agent.site());
            json.writeStringField("gateway", agent.gateway());
            json.writeStringField("version", agent.version());
            json.writeStringField("boot", agent.boot());
            json.writeStringField("time", time.toString());
            writeClock(json);
            writeInterfaces(json);
            writeCounters(json);
            if (minute != null) {
                writeMinute(json);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void writeClock(JsonGenerator json) throws IOException {
        if (clockNs == BatchHead.NO_CLOCK) {
            json.writeNullField("clock");
            return;
        }
        Instant clock =
                Instant.ofEpochSecond(
                        Math.floorDiv(clockNs, NANOS_PER_SECOND),
                        Math.floorMod(clockNs, NANOS_PER_SECOND));
        json.writeStringField("clock", clock.toString());
    }

    /** The first ones: a capture file may describe thousands, and every report repeats them. */
    private void writeInterfaces(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("interfaces");
        for (CaptureInterface each :
                interfaces.subList(0, Math.min(MAX_INTERFACES, interfaces.size()))) {
            json.writeStartObject();
            json.writeStringField("name", each.name());
            json.writeNumberField("link_type", each.linkType());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeCounters(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("counters");
        json.writeNumberField("captured", counters.captured());
        json.writeNumberField("decapsulated", counters.decapsulated());
        json.writeNumberField("shipped", counters.shipped());
        json.writeNumberField("shipped_batches", counters.shippedBatches());
        json.writeNumberField("shipped_bytes", counters.shippedBytes());
        json.writeNumberField("kernel_dropped", counters.kernelDropped());
        json.writeNumberField("queue_dropped", counters.queueDropped());
        json.writeNumberField("own_traffic", counters.ownTraffic());
        json.writeNumberField("flows", counters.flows());
        json.writeNumberField("evicted_flows", counters.evictedFlows());
        json.writeNumberField("evicted_datagrams", counters.evictedDatagrams());
        writeReasons(json, "undecodable", counters.undecodable());
        writeReasons(json, "ignored", counters.ignored());
        json.writeEndObject();
    }

    private static void writeReasons(JsonGenerator json, String name, Map<String, Long> reasons)
            throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, Long> reason : reasons.entrySet()) {
            json.writeNumberField(reason.getKey(), reason.getValue());
        }
        json.writeEndObject();
    }

    private void writeMinute(JsonGenerator json) throws IOException {
        json.writeStringField("minute", minute.start().toString());
        writeCounts(json, minute.counts());
        json.writeObjectFieldStart("last_sequences");
        for (Map.Entry<String, long[]> topic : minute.lastSequences().entrySet()) {
            json.writeFieldName(topic.getKey());
            json.writeArray(topic.getValue(), 0, topic.getValue().length);
        }
        json.writeEndObject();
    }

    private static void writeCounts(JsonGenerator json, MinuteCounts counts) throws IOException {
        json.writeObjectFieldStart("in_minute");
        json.writeNumberField("captured", counts.captured());
        json.writeNumberField("decapsulated", counts.decapsulated());
        json.writeNumberField("shipped", counts.shipped());
        json.writeNumberField("kernel_dropped", counts.kernelDropped());
        json.writeNumberField("queue_dropped", counts.queueDropped());
        json.writeNumberField("own_traffic", counts.ownTraffic());
        writeReasons(json, "undecodable", counts.undecodable());
        writeReasons(json, "ignored", counts.ignored());
        json.writeEndObject();
    }
}
