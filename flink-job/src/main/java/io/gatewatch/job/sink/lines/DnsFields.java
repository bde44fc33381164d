package io.gatewatch.job.sink.lines;

import io.gatewatch.dns.log.DnsLogRow;
import io.gatewatch.dns.log.DnsTransport;
import io.gatewatch.wire.address.IpAddress;
import io.gatewatch.wire.address.MacAddress;
import java.io.IOException;
import java.util.HexFormat;

/** The fields of a row of the DNS log: names and order of the table {@code dns_log}. */
final class DnsFields implements RowFields<DnsLogRow> {
    private static final HexFormat HEX = HexFormat.of();

    @Override
    public void write(DnsLogRow row, FieldWriter out) throws IOException {
        out.text("dns_id", HEX.formatHex(row.dnsId));
        out.text("site", row.site);
        out.text("gateway", row.gateway);
        out.text("time", IsoTime.text(row.timeNs));
        out.text(
                "client_mac",
                row.clientMac == DnsLogRow.NO_MAC ? null : MacAddress.text(row.clientMac));
        out.text("client_ip", IpAddress.ofBytes(row.clientIp).toString());
        out.text("server_ip", IpAddress.ofBytes(row.serverIp).toString());
        out.text("transport", row.transport.text());
        out.number("transaction_id", row.transactionId);
        out.text("transaction", row.transaction());
        out.text("name", row.name);
        out.text("type", row.type);
        number("rcode", row.rcode, out);
        out.text("rdata", row.rdata);
        number("ttl", row.ttl, out);
    }

    private static void number(String name, long value, FieldWriter out) throws IOException {
        if (value == DnsLogRow.NO_VALUE) {
            out.nothing(name);
        } else {
            out.number(name, value);
        }
    }

    @Override
    public DnsLogRow empty() {
        DnsLogRow row = new DnsLogRow();
        row.dnsId = new byte[0];
        row.clientIp = new byte[IpAddress.IPV4_LENGTH];
        row.serverIp = new byte[IpAddress.IPV4_LENGTH];
        row.transport = DnsTransport.UDP;
        return row;
    }
}
