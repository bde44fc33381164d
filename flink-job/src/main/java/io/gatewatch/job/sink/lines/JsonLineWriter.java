package io.gatewatch.job.sink.lines;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.gatewatch.dns.log.DnsLogRow;
import io.gatewatch.traffic.session.SessionRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** A row as one JSON object; null where there is no value. */
public final class JsonLineWriter<T> implements LineWriter<T>, FieldWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private final RowFields<T> fields;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(2048);
    private JsonGenerator json;

    JsonLineWriter(RowFields<T> fields) {
        this.fields = fields;
    }

    public static JsonLineWriter<SessionRow> ofSessions() {
        return new JsonLineWriter<>(new SessionFields());
    }

    public static JsonLineWriter<DnsLogRow> ofDnsLog() {
        return new JsonLineWriter<>(new DnsFields());
    }

    @Override
    public byte[] heading() {
        return new byte[0];
    }

    @Override
    public byte[] line(T row) throws IOException {
        write(row, true);
        return buffer.toByteArray();
    }

    /** The row without a line's end. */
    public byte[] object(T row) throws IOException {
        write(row, false);
        return buffer.toByteArray();
    }

    private void write(T row, boolean lineEnd) throws IOException {
        buffer.reset();
        json = JSON.createGenerator(buffer);
        json.writeStartObject();
        fields.write(row, this);
        json.writeEndObject();
        if (lineEnd) {
            json.writeRaw('\n');
        }
        json.close();
    }

    @Override
    public void text(String name, String value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, value);
        }
    }

    @Override
    public void number(String name, long value) throws IOException {
        json.writeNumberField(name, value);
    }

    @Override
    public void nothing(String name) throws IOException {
        json.writeNullField(name);
    }

    @Override
    public void names(String name, String[] values, int count) throws IOException {
        json.writeArrayFieldStart(name);
        for (int i = 0; i < count; i++) {
            json.writeString(values[i]);
        }
        json.writeEndArray();
    }

    @Override
    public void json(String name, String value) throws IOException {
        json.writeFieldName(name);
        json.writeRawValue(value);
    }
}
