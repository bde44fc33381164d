package io.gatewatch.sql.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.util.List;

/** One JSON object a line, in ASCII; {@code type} says what it is. Times are UTC. */
final class LedgerLines implements LedgerWriter {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final PrintWriter out;
    private final String step;

    LedgerLines(PrintWriter out, String step) {
        this.out = out;
        this.step = step;
    }

    private interface Fields {
        void to(JsonGenerator json) throws IOException;
    }

    private void line(String type, Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("type", type);
            fields.to(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println(text);
    }

    @Override
    public void totals(TimeTotals line) {
        Totals totals = line.totals();
        line(
                step,
                json -> {
                    json.writeStringField("site", line.site());
                    json.writeStringField("gateway", line.gateway());
                    json.writeStringField("time", line.time().toInstant(ZoneOffset.UTC).toString());
                    json.writeNumberField("captured", totals.captured());
                    json.writeNumberField("decapsulated", totals.inTunnels());
                    json.writeNumberField("in_sessions", totals.inSessions());
                    json.writeNumberField("ignored", totals.ignored());
                    json.writeNumberField("queue_dropped", totals.queueDropped());
                    json.writeNumberField("kernel_dropped", totals.kernelDropped());
                    json.writeNumberField("missing", totals.missing());
                    json.writeNumberField("agent_died", totals.died());
                    json.writeNumberField("unreadable", totals.unreadable());
                    json.writeNumberField("unexplained", totals.rest());
                });
    }

    @Override
    public void losses(List<Loss> losses) {
        for (Loss loss : losses) {
            line(
                    "loss",
                    json -> {
                        json.writeStringField("site", loss.site());
                        json.writeStringField("gateway", loss.gateway());
                        json.writeStringField("place", loss.place());
                        json.writeStringField("reason", loss.reason());
                        json.writeNumberField("packets", loss.packets());
                        json.writeStringField(
                                "first_minute", loss.first().toInstant(ZoneOffset.UTC).toString());
                        json.writeStringField(
                                "last_minute", loss.last().toInstant(ZoneOffset.UTC).toString());
                        json.writeBooleanField("accounted_for", loss.isAccountedFor());
                    });
        }
    }

    @Override
    public void sessions(List<SiteCheck> checks) {
        for (SiteCheck check : checks) {
            line(
                    "sessions",
                    json -> {
                        json.writeStringField("site", check.site());
                        json.writeNumberField("ledger", check.ledger());
                        json.writeNumberField("sessions_least", check.least());
                        json.writeNumberField("sessions_most", check.most());
                        json.writeNumberField("unwritten", check.unwritten());
                        json.writeNumberField("uncounted", check.uncounted());
                        json.writeBooleanField("balanced", check.isBalanced());
                    });
        }
    }

    @Override
    public void result(boolean balanced) {
        line("result", json -> json.writeBooleanField("balanced", balanced));
    }
}
