package io.gatewatch.job.sink.lines;

import io.gatewatch.dns.log.DnsLogRow;
import io.gatewatch.wire.address.IpAddress;

/** A row of the DNS log as one line for people. */
final class DnsTableWriter implements LineWriter<DnsLogRow> {
    private static final String NOTHING = "-";
    private static final int TIME = 27;
    private static final int ADDRESS = 21;
    private static final int TRANSPORT = 5;
    private static final int TRANSACTION = 8;
    private static final int TYPE = 6;
    private static final int NUMBER = 6;
    private static final int NAME = 40;

    private final TableLine line = new TableLine();

    @Override
    public byte[] heading() {
        line.begin();
        line.left("TIME", TIME);
        line.left("CLIENT", ADDRESS);
        line.left("SERVER", ADDRESS);
        line.left("OVER", TRANSPORT);
        line.left("MESSAGE", TRANSACTION);
        line.left("TYPE", TYPE);
        line.right("RCODE", NUMBER);
        line.right("TTL", NUMBER);
        line.left("NAME", NAME);
        return line.end("RDATA");
    }

    @Override
    public byte[] line(DnsLogRow row) {
        line.begin();
        line.left(IsoTime.text(row.timeNs), TIME);
        line.left(IpAddress.ofBytes(row.clientIp).toString(), ADDRESS);
        line.left(IpAddress.ofBytes(row.serverIp).toString(), ADDRESS);
        line.left(row.transport.text(), TRANSPORT);
        line.left(row.transaction(), TRANSACTION);
        line.left(row.type, TYPE);
        line.right(number(row.rcode), NUMBER);
        line.right(number(row.ttl), NUMBER);
        line.left(row.name, NAME);
        return line.end(row.rdata == null ? NOTHING : row.rdata);
    }

    private static String number(long value) {
        return value == DnsLogRow.NO_VALUE ? NOTHING : Long.toString(value);
    }
}
