package io.gatewatch.job.sink.jdbc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.gatewatch.job.deadletter.DeadLetter;
import io.gatewatch.job.ledger.LedgerRow;
import io.gatewatch.job.ledger.LedgerRowSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.connector.jdbc.datasource.statements.JdbcQueryStatement;

/** The table {@code ledger}. */
public final class LedgerTable implements Table<LedgerRow> {
    private static final long serialVersionUID = 1L;
    private static final String NAME = "ledger";
    private static final JsonFactory JSON = new JsonFactory();
    private static final HexFormat HEX = HexFormat.of();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public TypeSerializer<LedgerRow> serializer() {
        return new LedgerRowSerializer();
    }

    @Override
    public JdbcQueryStatement<LedgerRow> statement() {
        return new LedgerStatement();
    }

    @Override
    public DeadLetter deadLetter(LedgerRow row, String reason) throws IOException {
        String boot = HEX.toHexDigits(row.key().bootId());
        String key = boot + "-" + row.minute() + "-" + row.reason() + "-" + row.packets();
        return DeadLetter.ofRow(NAME, key, json(row, boot), reason);
    }

    private static byte[] json(LedgerRow row, String boot) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("gateway", row.key().gateway());
            json.writeStringField("site", row.key().site());
            json.writeStringField("boot_id", boot);
            json.writeNumberField("minute", row.minute());
            json.writeStringField("place", row.place());
            json.writeStringField("reason", row.reason());
            json.writeStringField("detail", row.detail());
            json.writeNumberField("packets", row.packets());
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
