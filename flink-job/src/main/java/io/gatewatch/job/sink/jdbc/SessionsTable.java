package io.gatewatch.job.sink.jdbc;

import io.gatewatch.job.deadletter.DeadLetter;
import io.gatewatch.job.sink.SessionRowSerializer;
import io.gatewatch.job.sink.lines.JsonLineWriter;
import io.gatewatch.traffic.session.SessionRow;
import java.io.IOException;
import java.util.HexFormat;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.connector.jdbc.datasource.statements.JdbcQueryStatement;

/**
 * The table {@code sessions}. A refused row is kept as the JSON object that analyze would write.
 */
public final class SessionsTable implements Table<SessionRow> {
    private static final long serialVersionUID = 1L;
    private static final String NAME = "sessions";
    private static final HexFormat HEX = HexFormat.of();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public TypeSerializer<SessionRow> serializer() {
        return new SessionRowSerializer();
    }

    @Override
    public JdbcQueryStatement<SessionRow> statement() {
        return new SessionStatement();
    }

    @Override
    public JdbcQueryStatement<SessionRow> refusal() {
        return new RefusedSessionStatement();
    }

    @Override
    public DeadLetter deadLetter(SessionRow row, String reason) throws IOException {
        String key = HEX.formatHex(row.sessionId) + "-" + row.revision;
        return DeadLetter.ofRow(NAME, key, JsonLineWriter.ofSessions().object(row), reason);
    }
}
