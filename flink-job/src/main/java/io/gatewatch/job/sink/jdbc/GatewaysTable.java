package io.gatewatch.job.sink.jdbc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.gatewatch.job.deadletter.DeadLetter;
import io.gatewatch.job.gateways.GatewayRow;
import io.gatewatch.job.gateways.GatewayRowSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.connector.jdbc.datasource.statements.JdbcQueryStatement;

/** The table {@code gateways}. Of a refused row is kept what names the report. */
public final class GatewaysTable implements Table<GatewayRow> {
    private static final long serialVersionUID = 1L;
    private static final String NAME = "gateways";
    private static final JsonFactory JSON = new JsonFactory();
    private static final HexFormat HEX = HexFormat.of();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public TypeSerializer<GatewayRow> serializer() {
        return new GatewayRowSerializer();
    }

    @Override
    public JdbcQueryStatement<GatewayRow> statement() {
        return new GatewayStatement();
    }

    @Override
    public DeadLetter deadLetter(GatewayRow row, String reason) throws IOException {
        return DeadLetter.ofRow(NAME, row.gateway + "-" + row.seenMs, json(row), reason);
    }

    private static byte[] json(GatewayRow row) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("gateway", row.gateway);
            json.writeStringField("site", row.site);
            json.writeStringField("version", row.version);
            json.writeStringField("boot_id", HEX.toHexDigits(row.bootId));
            json.writeStringField("last_report", row.lastReport);
            json.writeStringField("last_seen", Instant.ofEpochMilli(row.seenMs).toString());
            json.writeStringField("counters", row.counters);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
