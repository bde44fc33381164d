package io.gatewatch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The views for the pages of TrafficAnalyzer, asked as these ask: quoted names, LIKE, pages. */
abstract class CompatibilityContract extends DatabaseContract {
    private static final String DNS_ROW =
            "INSERT INTO dns_log SET site = 'home', gateway = 'gw', client_ip = x'0a000009',"
                    + " server_ip = x'0a000035', client_mac = x'02005e10000f',"
                    + " transaction_id = 1, ";

    private Connection connection;

    @BeforeEach
    void fill() throws SQLException {
        SchemaMigration.migrate(jdbc);
        connection = jdbc.connect();
        execute(connection, "SET SESSION sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES')");
        insertSession(connection, "01", "2026-03-10 12:00:00.900000");
        insertSession(connection, "02", "2026-03-10 12:00:05.000000");
        insertSession(connection, "03", "2026-03-10 12:00:09.000000");
        execute(
                connection,
                "UPDATE sessions SET client_mac = x'02005e10000f', host = 'www.example',"
                        + " client_payload_bytes = 3, server_payload_bytes = 4,"
                        + " packets = '[{\"d\":1,\"l\":3,\"f\":\"PA\",\"t\":0}]'"
                        + " WHERE session_id = x'02000000000000000000000000000000'");
        execute(
                connection,
                "UPDATE sessions SET protocol = 'icmp'"
                        + " WHERE session_id = x'03000000000000000000000000000000'");
        dns("01", "udp", "query", "www.example", "A", "NULL");
        dns("02", "udp", "response", "www.example", "CNAME", "'edge.example'");
        dns("03", "tcp", "response", "edge.example", "A", "'192.0.2.1'");
        dns("04", "udp", "response", "nowhere.example", "A", "NULL");
        dns("05", "mdns", "response", "printer.local", "A", "'10.0.0.7'");
        dns("06", "udp", "response", "x.example", "TYPE65280", "'\\\\# 1 00'");
    }

    private void dns(
            String id, String transport, String transaction, String name, String type, String data)
            throws SQLException {
        execute(
                connection,
                DNS_ROW
                        + "dns_id = x'"
                        + id
                        + "000000000000000000000000000000', time = '2026-03-10 12:00:0"
                        + id.charAt(1)
                        + ".5', transport = '"
                        + transport
                        + "', `transaction` = '"
                        + transaction
                        + "', name = '"
                        + name
                        + "', type = '"
                        + type
                        + "', rdata = "
                        + data);
    }

    @Test
    void shouldShowSessionsOfTcpAndUdp() throws SQLException {
        assertThat(
                        rows(
                                connection,
                                "SELECT \"id\",\"type\",\"client_mac\",\"ip_src\",\"port_src\",\"ip_dst\","
                                        + "\"port_dst\",\"host\",\"time_start\",\"time_end\",\"len\",\"pkt_list\""
                                        + " FROM \"log_netflow\" ORDER BY \"id\" DESC LIMIT 0,10"))
                .containsExactly(
                        "144115188075855872 6 02:00:5e:10:00:0f 10.0.0.1 1 10.0.0.2 2 www.example"
                                + " 1773144005 1773144005 7 [{\"d\":1,\"l\":3,\"f\":\"PA\",\"t\":0}]",
                        "72057594037927936 6  10.0.0.1 1 10.0.0.2 2  1773144000 1773144000 0 []");
    }

    @Test
    void shouldFilterSessionsByText() throws SQLException {
        for (String filter :
                new String[] {
                    "\"client_mac\" LIKE '%5e:10%'",
                    "\"host\" LIKE '%example%'",
                    "\"ip_src\" LIKE '%10.0.0.1%' AND \"host\" LIKE 'www%'",
                    "\"port_dst\" LIKE '%2%' AND \"len\" > 0",
                    "\"time_start\" >= 1773144001"
                }) {
            assertThat(
                            rows(
                                    connection,
                                    "SELECT \"id\" FROM \"log_netflow\" WHERE "
                                            + filter
                                            + " ORDER BY \"time_start\" DESC LIMIT 20"))
                    .as(filter)
                    .containsExactly("144115188075855872");
        }
        assertThat(rows(connection, "SELECT COUNT(1) FROM \"log_netflow\"")).containsExactly("2");
    }

    @Test
    void shouldShowQueriesAndAnswersOfPort53() throws SQLException {
        assertThat(
                        rows(
                                connection,
                                "SELECT \"id\",\"type\",\"client_mac\",\"domain\",\"rdata\",\"time\""
                                        + " FROM \"log_dns\" ORDER BY \"time\" LIMIT 0,20"))
                .containsExactly(
                        "72057594037927936 null 02:00:5e:10:00:0f www.example null 1773144001",
                        "144115188075855872 5 02:00:5e:10:00:0f www.example edge.example"
                                + " 1773144002",
                        "216172782113783808 1 02:00:5e:10:00:0f edge.example 192.0.2.1 1773144003",
                        "432345564227567616 65280 02:00:5e:10:00:0f x.example \\# 1 00 1773144006");
    }

    @Test
    void shouldPageAndFilterTheDnsLog() throws SQLException {
        assertThat(
                        rows(
                                connection,
                                "SELECT \"rdata\" FROM \"log_dns\" WHERE \"domain\" LIKE '%example%'"
                                        + " AND \"client_mac\" LIKE '%02:00%' ORDER BY \"id\" DESC LIMIT 1,2"))
                .containsExactly("192.0.2.1", "edge.example");
        assertThat(
                        rows(
                                connection,
                                "SELECT \"domain\" FROM \"log_dns\" WHERE \"rdata\"='192.0.2.1'"
                                        + " ORDER BY \"id\" DESC LIMIT 1"))
                .containsExactly("edge.example");
    }
}
