package io.gatewatch.job.sink.lines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.job.Rows;
import io.gatewatch.traffic.session.SessionRow;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The forms of output, to the letter: other programs read them. */
class SessionLinesTest {
    @Test
    void shouldWriteEveryFieldAsJson() throws IOException {
        assertThat(line(LineFormat.JSONL, Rows.full()))
                .isEqualTo(
                        """
                        {"session_id":"01000000000000000000000000000001",\
                        "community_id":"1:LQU9qZlK+B5F3KDmev6m5PMibrg=",\
                        "site":"site","gateway":"gateway","protocol":"tcp",\
                        "client_mac":"02:00:00:00:00:01","server_mac":"02:00:00:00:00:fe",\
                        "vlan_id":7,"client_ip":"192.0.2.1","client_port":50000,\
                        "server_ip":"2001:db8::1","server_port":443,\
                        "start_time":"2026-01-01T00:00:00.123456Z",\
                        "end_time":"2026-01-01T00:00:02.623456Z",\
                        "client_packets":4,"client_payload_bytes":100,"client_ip_bytes":260,\
                        "server_packets":3,"server_payload_bytes":900,"server_ip_bytes":1080,\
                        "client_retransmitted_packets":1,"client_retransmitted_bytes":50,\
                        "server_retransmitted_packets":0,"server_retransmitted_bytes":0,\
                        "client_missed_bytes":0,"server_missed_bytes":1400,\
                        "handshake_rtt_us":1500,"tcp_state":"SF","history":"ShADadFf",\
                        "end_reason":"fin","tunnel":"vxlan:42",\
                        "host":null,"host_source":null,"host_age_s":null,"host_ttl_s":null,\
                        "tls_version":null,"tls_alpn":null,"ja3":null,"ja4":null,"ja3s":null,\
                        "application":null,"application_category":null,"application_reason":null,\
                        "anomalies":["ip_length_exceeds_frame","ip_length_zero"],\
                        "flags":["midstream","gap"],\
                        "packets":[{"d":1,"l":0,"f":"S","t":0},{"d":2,"l":0,"f":"SA","t":1000}]}
                        """);
    }

    @Test
    void shouldWriteNullForWhatIsMissing() throws IOException {
        assertThat(line(LineFormat.JSONL, Rows.sparse()))
                .contains("\"client_mac\":null,\"server_mac\":null,\"vlan_id\":null")
                .contains("\"handshake_rtt_us\":null,\"tcp_state\":null,\"history\":null")
                .contains("\"tunnel\":null")
                .contains("\"anomalies\":[],\"flags\":[],\"packets\":[]}");
    }

    @Test
    void shouldEscapeNamesInJson() throws IOException {
        SessionRow row = Rows.sparse();
        row.site = "a \"site\"\n\u00fc";

        assertThat(line(LineFormat.JSONL, row)).contains("\"site\":\"a \\\"site\\\"\\n\u00fc\"");
    }

    @Test
    void shouldWriteAsManyFieldsOfCsvAsItsHeadingNames() throws IOException {
        String heading = new String(LineFormat.CSV.sessionWriter().heading(), UTF_8);
        String line = line(LineFormat.CSV, Rows.sparse());

        assertThat(heading)
                .startsWith("session_id,community_id,site,")
                .endsWith(",anomalies,flags,packets\n");
        assertThat(line.split(",", -1)).hasSameSizeAs(heading.split(",", -1));
    }

    @Test
    void shouldQuoteFieldsOfCsvThatNeedIt() throws IOException {
        SessionRow row = Rows.full();
        row.site = "a, \"b\"";

        assertThat(line(LineFormat.CSV, row))
                .contains(",\"a, \"\"b\"\"\",gateway,")
                .contains(",ip_length_exceeds_frame|ip_length_zero,midstream|gap,")
                .endsWith(
                        "\"[{\"\"d\"\":1,\"\"l\"\":0,\"\"f\"\":\"\"S\"\",\"\"t\"\":0},"
                                + "{\"\"d\"\":2,\"\"l\"\":0,\"\"f\"\":\"\"SA\"\",\"\"t\"\":1000}]\"\n");
    }

    @Test
    void shouldAlignTheTable() throws IOException {
        String heading = new String(LineFormat.TABLE.sessionWriter().heading(), UTF_8);
        String line = line(LineFormat.TABLE, Rows.full());

        assertThat(heading + line)
                .isEqualTo(
                        """
                        START                           SECONDS  PROTO   CLIENT                       SERVER                         PACKETS      IP BYTES  STATE    END            HOST
                        2026-01-01T00:00:00.123456Z       2.500  tcp     192.0.2.1:50000              [2001:db8::1]:443                    7          1340  SF       fin            -
                        """);
    }

    @ParameterizedTest
    @EnumSource(LineFormat.class)
    void shouldGiveTheSameLineAgain(LineFormat format) throws IOException {
        LineWriter<SessionRow> writer = format.sessionWriter();
        byte[] first = writer.line(Rows.full());
        writer.line(Rows.sparse());

        assertThat(writer.line(Rows.full())).isEqualTo(first);
    }

    private static String line(LineFormat format, SessionRow row) throws IOException {
        return new String(format.sessionWriter().line(row), UTF_8);
    }
}
