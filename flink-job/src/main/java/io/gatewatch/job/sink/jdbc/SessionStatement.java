package io.gatewatch.job.sink.jdbc;

import io.gatewatch.job.sink.PacketListJson;
import io.gatewatch.traffic.session.SessionAnomaly;
import io.gatewatch.traffic.session.SessionFlag;
import io.gatewatch.traffic.session.SessionRow;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.apache.flink.connector.jdbc.datasource.statements.JdbcQueryStatement;

/** Upserts into the table {@code sessions}: a row changes only if the revision is not lower. */
public final class SessionStatement implements JdbcQueryStatement<SessionRow> {
    private static final long serialVersionUID = 1L;
    private static final SessionFlag[] FLAGS = SessionFlag.values();

    private static final String QUERY =
            Upsert.into("sessions", "revision")
                    .key("session_id", "start_time")
                    .newest("end_time", "community_id", "site", "gateway", "protocol")
                    .newest("client_mac", "server_mac", "vlan_id")
                    .newest("client_ip", "client_port", "server_ip", "server_port")
                    .newest("client_packets", "client_payload_bytes", "client_ip_bytes")
                    .newest("client_retransmitted_packets", "client_retransmitted_bytes")
                    .newest("client_missed_bytes")
                    .newest("server_packets", "server_payload_bytes", "server_ip_bytes")
                    .newest("server_retransmitted_packets", "server_retransmitted_bytes")
                    .newest("server_missed_bytes", "handshake_rtt_us")
                    .newest("tcp_state", "history", "end_reason", "tunnel")
                    .newest("host", "host_source", "host_age_s", "host_ttl_s")
                    .newest("tls_version", "tls_alpn", "ja3", "ja4", "ja3s")
                    .newest("application", "application_category", "application_reason")
                    .newest("anomalies", "flags", "packets")
                    .sql();

    private transient Parameters parameters;
    private transient PacketListJson packets;
    private transient String[] anomalies;

    @Override
    public String query() {
        return QUERY;
    }

    @Override
    public void statement(PreparedStatement statement, SessionRow row) throws SQLException {
        if (parameters == null) {
            parameters = new Parameters();
            packets = new PacketListJson();
            anomalies = new String[SessionAnomaly.count()];
        }
        Parameters to = parameters.of(statement);
        identity(to, row);
        counters(to, row);
        to.text(row.tcpState).text(row.history).text(row.endReason.text()).text(row.tunnel);
        names(to, row);
        to.text(anomalies(row)).text(flags(row)).text(packets.of(row.packets));
        to.number(row.revision);
    }

    private static void identity(Parameters to, SessionRow row) throws SQLException {
        to.bytes(row.sessionId).timeNs(row.startTimeNs);
        to.timeNs(row.endTimeNs).text(row.communityId).text(row.site).text(row.gateway);
        to.text(row.protocolName());
        to.mac(row.clientMac, SessionRow.NO_LONG_VALUE);
        to.mac(row.serverMac, SessionRow.NO_LONG_VALUE);
        to.numberOrNull(row.vlanId, SessionRow.NO_VALUE);
        to.bytes(row.clientIp).number(row.clientPort);
        to.bytes(row.serverIp).number(row.serverPort);
    }

    private static void counters(Parameters to, SessionRow row) throws SQLException {
        to.number(row.clientPackets).number(row.clientPayloadBytes).number(row.clientIpBytes);
        to.number(row.clientRetransmittedPackets).number(row.clientRetransmittedBytes);
        to.number(row.clientMissedBytes);
        to.number(row.serverPackets).number(row.serverPayloadBytes).number(row.serverIpBytes);
        to.number(row.serverRetransmittedPackets).number(row.serverRetransmittedBytes);
        to.number(row.serverMissedBytes);
        to.numberOrNull(row.handshakeRttUs, SessionRow.NO_LONG_VALUE);
    }

    private static void names(Parameters to, SessionRow row) throws SQLException {
        to.text(row.host).text(row.hostSource);
        to.numberOrNull(row.hostAgeS, SessionRow.NO_VALUE);
        to.numberOrNull(row.hostTtlS, SessionRow.NO_VALUE);
        to.text(row.tlsVersion).text(row.tlsAlpn).text(row.ja3).text(row.ja4).text(row.ja3s);
        to.text(row.application).text(row.applicationCategory).text(row.applicationReason);
    }

    private String anomalies(SessionRow row) {
        int count = SessionAnomaly.names(row.anomalies, anomalies);
        StringBuilder names = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            append(names, anomalies[i]);
        }
        return names.append(']').toString();
    }

    private static String flags(SessionRow row) {
        StringBuilder names = new StringBuilder("[");
        for (SessionFlag flag : FLAGS) {
            if ((row.flags & flag.bit()) != 0) {
                append(names, flag.text());
            }
        }
        return names.append(']').toString();
    }

    /** Names are ours: letters and underscores, nothing to escape. */
    private static void append(StringBuilder names, String name) {
        names.append(names.length() == 1 ? "\"" : ",\"").append(name).append('"');
    }
}
