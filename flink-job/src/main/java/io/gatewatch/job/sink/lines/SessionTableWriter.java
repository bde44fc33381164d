package io.gatewatch.job.sink.lines;

import io.gatewatch.traffic.session.SessionRow;
import io.gatewatch.wire.address.IpAddress;
import java.nio.charset.StandardCharsets;

/**
 * A row as one line for people: the few fields that fit a screen, in columns. What is wider than
 * its column moves the rest of the line.
 */
final class SessionTableWriter implements SessionLineWriter {
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

    private final StringBuilder line = new StringBuilder(256);
    private int column;

    @Override
    public byte[] heading() {
        begin();
        left("START", TIME);
        right("SECONDS", SECONDS);
        left("PROTO", PROTOCOL);
        left("CLIENT", ENDPOINT);
        left("SERVER", ENDPOINT);
        right("PACKETS", PACKETS);
        right("IP BYTES", BYTES);
        left("STATE", STATE);
        left("END", END);
        return end("HOST");
    }

    @Override
    public byte[] line(SessionRow row) {
        begin();
        left(IsoTime.text(row.startTimeNs), TIME);
        right(seconds(row.endTimeNs - row.startTimeNs), SECONDS);
        left(row.protocolName(), PROTOCOL);
        left(endpoint(row.clientIp, row.clientPort), ENDPOINT);
        left(endpoint(row.serverIp, row.serverPort), ENDPOINT);
        right(Long.toString(row.clientPackets + row.serverPackets), PACKETS);
        right(Long.toString(row.clientIpBytes + row.serverIpBytes), BYTES);
        left(row.tcpState == null ? NOTHING : row.tcpState, STATE);
        left(row.endReason.text(), END);
        return end(row.host == null ? NOTHING : row.host);
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

    private void begin() {
        line.setLength(0);
        column = 0;
    }

    private void left(String value, int width) {
        line.append(value);
        column += width + 2;
        pad();
    }

    private void right(String value, int width) {
        line.append(" ".repeat(Math.max(0, column + width - value.length() - line.length())));
        left(value, width);
    }

    private void pad() {
        do {
            line.append(' ');
        } while (line.length() < column);
    }

    private byte[] end(String lastValue) {
        line.append(lastValue).append('\n');
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }
}
