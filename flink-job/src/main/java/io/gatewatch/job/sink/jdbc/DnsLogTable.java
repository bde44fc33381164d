package io.gatewatch.job.sink.jdbc;

import io.gatewatch.dns.log.DnsLogRow;
import io.gatewatch.job.deadletter.DeadLetter;
import io.gatewatch.job.sink.DnsLogRowSerializer;
import io.gatewatch.job.sink.lines.JsonLineWriter;
import java.io.IOException;
import java.util.HexFormat;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.connector.jdbc.datasource.statements.JdbcQueryStatement;

/** The table {@code dns_log}. A refused row is kept as the JSON object that analyze would write. */
public final class DnsLogTable implements Table<DnsLogRow> {
    private static final long serialVersionUID = 1L;
    private static final String NAME = "dns_log";
    private static final HexFormat HEX = HexFormat.of();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public TypeSerializer<DnsLogRow> serializer() {
        return new DnsLogRowSerializer();
    }

    @Override
    public JdbcQueryStatement<DnsLogRow> statement() {
        return new DnsStatement();
    }

    @Override
    public DeadLetter deadLetter(DnsLogRow row, String reason) throws IOException {
        String key = HEX.formatHex(row.dnsId);
        return DeadLetter.ofRow(NAME, key, JsonLineWriter.ofDnsLog().object(row), reason);
    }
}
