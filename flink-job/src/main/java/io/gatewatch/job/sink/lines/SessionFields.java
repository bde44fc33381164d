package io.gatewatch.job.sink.lines;

import io.gatewatch.job.sink.PacketListJson;
import io.gatewatch.traffic.session.EndReason;
import io.gatewatch.traffic.session.SessionAnomaly;
import io.gatewatch.traffic.session.SessionFlag;
import io.gatewatch.traffic.session.SessionRow;
import io.gatewatch.wire.address.IpAddress;
import io.gatewatch.wire.address.MacAddress;
import java.io.IOException;
import java.util.HexFormat;

/**
 * The fields of a session as text outputs show them: names and order of the table {@code sessions},
 * without {@code revision}. One instance per writer; not thread safe.
 */
final class SessionFields implements RowFields<SessionRow> {
    private static final HexFormat HEX = HexFormat.of();
    private static final SessionFlag[] FLAGS = SessionFlag.values();

    private final PacketListJson packets = new PacketListJson();
    private final StringBuilder text = new StringBuilder(64);
    private final String[] names = new String[Math.max(SessionAnomaly.count(), FLAGS.length)];

    @Override
    public SessionRow empty() {
        SessionRow row = new SessionRow();
        row.sessionId = new byte[0];
        row.clientIp = new byte[IpAddress.IPV4_LENGTH];
        row.serverIp = new byte[IpAddress.IPV4_LENGTH];
        row.endReason = EndReason.OPEN;
        return row;
    }

    @Override
    public void write(SessionRow row, FieldWriter out) throws IOException {
        identity(row, out);
        time("start_time", row.startTimeNs, out);
        time("end_time", row.endTimeNs, out);
        counters(row, out);
        assembly(row, out);
        host(row, out);
        application(row, out);
        out.names("anomalies", names, SessionAnomaly.names(row.anomalies, names));
        out.names("flags", names, flags(row));
        out.json("packets", packets.of(row.packets));
    }

    private void identity(SessionRow row, FieldWriter out) throws IOException {
        out.text("session_id", HEX.formatHex(row.sessionId));
        out.text("community_id", row.communityId);
        out.text("site", row.site);
        out.text("gateway", row.gateway);
        out.text("protocol", row.protocolName());
        mac("client_mac", row.clientMac, out);
        mac("server_mac", row.serverMac, out);
        number("vlan_id", row.vlanId, out);
        out.text("client_ip", address(row.clientIp));
        out.number("client_port", row.clientPort);
        out.text("server_ip", address(row.serverIp));
        out.number("server_port", row.serverPort);
    }

    private static void counters(SessionRow row, FieldWriter out) throws IOException {
        out.number("client_packets", row.clientPackets);
        out.number("client_payload_bytes", row.clientPayloadBytes);
        out.number("client_ip_bytes", row.clientIpBytes);
        out.number("server_packets", row.serverPackets);
        out.number("server_payload_bytes", row.serverPayloadBytes);
        out.number("server_ip_bytes", row.serverIpBytes);
        out.number("client_retransmitted_packets", row.clientRetransmittedPackets);
        out.number("client_retransmitted_bytes", row.clientRetransmittedBytes);
        out.number("server_retransmitted_packets", row.serverRetransmittedPackets);
        out.number("server_retransmitted_bytes", row.serverRetransmittedBytes);
        out.number("client_missed_bytes", row.clientMissedBytes);
        out.number("server_missed_bytes", row.serverMissedBytes);
    }

    private static void assembly(SessionRow row, FieldWriter out) throws IOException {
        if (row.handshakeRttUs == SessionRow.NO_LONG_VALUE) {
            out.nothing("handshake_rtt_us");
        } else {
            out.number("handshake_rtt_us", row.handshakeRttUs);
        }
        out.text("tcp_state", row.tcpState);
        out.text("history", row.history);
        out.text("end_reason", row.endReason.text());
        out.text("tunnel", row.tunnel);
    }

    private static void host(SessionRow row, FieldWriter out) throws IOException {
        out.text("host", row.host);
        out.text("host_source", row.hostSource);
        number("host_age_s", row.hostAgeS, out);
        number("host_ttl_s", row.hostTtlS, out);
        out.text("tls_version", row.tlsVersion);
        out.text("tls_alpn", row.tlsAlpn);
        out.text("ja3", row.ja3);
        out.text("ja4", row.ja4);
        out.text("ja3s", row.ja3s);
    }

    private static void application(SessionRow row, FieldWriter out) throws IOException {
        out.text("application", row.application);
        out.text("application_category", row.applicationCategory);
        out.text("application_reason", row.applicationReason);
    }

    private int flags(SessionRow row) {
        int count = 0;
        for (SessionFlag flag : FLAGS) {
            if ((row.flags & flag.bit()) != 0) {
                names[count++] = flag.text();
            }
        }
        return count;
    }

    private void time(String name, long timeNs, FieldWriter out) throws IOException {
        text.setLength(0);
        IsoTime.append(text, timeNs);
        out.text(name, text.toString());
    }

    private static void mac(String name, long mac, FieldWriter out) throws IOException {
        out.text(name, mac == SessionRow.NO_LONG_VALUE ? null : MacAddress.text(mac));
    }

    private static String address(byte[] bytes) {
        return IpAddress.ofBytes(bytes).toString();
    }

    private static void number(String name, int value, FieldWriter out) throws IOException {
        if (value == SessionRow.NO_VALUE) {
            out.nothing(name);
        } else {
            out.number(name, value);
        }
    }
}
