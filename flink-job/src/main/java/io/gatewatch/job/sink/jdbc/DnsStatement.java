package io.gatewatch.job.sink.jdbc;

import io.gatewatch.dns.log.DnsLogRow;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.apache.flink.connector.jdbc.datasource.statements.JdbcQueryStatement;

/** Inserts into the table {@code dns_log}; a row that is there already is the same and stays. */
public final class DnsStatement implements JdbcQueryStatement<DnsLogRow> {
    private static final long serialVersionUID = 1L;

    private static final String QUERY =
            "INSERT INTO dns_log (dns_id, time, site, gateway, client_mac, client_ip, server_ip,"
                    + " transport, transaction_id, `transaction`, name, type, rcode, rdata, ttl)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    + " ON DUPLICATE KEY UPDATE dns_id = dns_id";

    private transient Parameters parameters;

    @Override
    public String query() {
        return QUERY;
    }

    @Override
    public void statement(PreparedStatement statement, DnsLogRow row) throws SQLException {
        if (parameters == null) {
            parameters = new Parameters();
        }
        Parameters to = parameters.of(statement);
        to.bytes(row.dnsId).timeNs(row.timeNs).text(row.site).text(row.gateway);
        to.mac(row.clientMac, DnsLogRow.NO_MAC).bytes(row.clientIp).bytes(row.serverIp);
        to.text(row.transport.text()).number(row.transactionId).text(row.transaction());
        to.text(row.name).text(row.type);
        to.numberOrNull(row.rcode, DnsLogRow.NO_VALUE).text(row.rdata);
        to.numberOrNull(row.ttl, DnsLogRow.NO_VALUE);
    }
}
