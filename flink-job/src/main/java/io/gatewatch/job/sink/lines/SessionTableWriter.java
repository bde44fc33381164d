package io.gatewatch.job.sink.lines;

import io.gatewatch.traffic.session.SessionRow;
import io.gatewatch.wire.address.IpAddress;

/** A row as one line for people: the few fields that fit a screen, in columns. */
final class SessionTableWriter implements LineWriter<SessionRow> {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final String NOTHING = "-";
    private static final int TIME = 27;
    private static final int SECONDS = 10;
    private static final int PROTOCOL = 6;
    private static final int ENDPOINT = 27;
    private static final int PACKETS = 9;
    private static final int BYTES = 12;
    private static final int STATE = 7;
    private static final int END = 13;

    private final TableLine line = new TableLine();

    @Override
    public byte[] heading() {
        line.begin();
        line.left("START", TIME);
        line.right("SECONDS", SECONDS);
        line.left("PROTO", PROTOCOL);
        line.left("CLIENT", ENDPOINT);
        line.left("SERVER", ENDPOINT);
        line.right("PACKETS", PACKETS);
        line.right("IP BYTES", BYTES);
        line.left("STATE", STATE);
        line.left("END", END);
        return line.end("HOST");
    }

    @Override
    public byte[] line(SessionRow row) {
        line.begin();
        line.left(IsoTime.text(row.startTimeNs), TIME);
        line.right(seconds(row.endTimeNs - row.startTimeNs), SECONDS);
        line.left(row.protocolName(), PROTOCOL);
        line.left(endpoint(row.clientIp, row.clientPort), ENDPOINT);
        line.left(endpoint(row.serverIp, row.serverPort), ENDPOINT);
        line.right(Long.toString(row.clientPackets + row.serverPackets), PACKETS);
        line.right(Long.toString(row.clientIpBytes + row.serverIpBytes), BYTES);
        line.left(row.tcpState == null ? NOTHING : row.tcpState, STATE);
        line.left(row.endReason.text(), END);
        return line.end(row.host == null ? NOTHING : row.host);
    }

    private static String seconds(long durationNs) {
        long millis = Math.max(0, durationNs) / NANOS_PER_MILLI;
        String fraction = Long.toString(1000 + millis % 1000).substring(1);
        return millis / 1000 + "." + fraction;
    }

    private static String endpoint(byte[] address, int port) {
        String text = IpAddress.ofBytes(address).toString();
        return address.length == IpAddress.IPV6_LENGTH
                ? "[" + text + "]:" + port
                : text + ":" + port;
    }
}
