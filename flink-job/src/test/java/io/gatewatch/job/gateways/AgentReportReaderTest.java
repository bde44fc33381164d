package io.gatewatch.job.gateways;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatewatch.testing.FuzzBytes;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentReportReaderTest {
    private static final long APPENDED_MS = Instant.parse("2026-01-01T00:00:10Z").toEpochMilli();
    private static final String HEARTBEAT =
            """
            {"type":"heartbeat","site":"home","gateway":"gw-1","version":"1.2.3",
             "boot":"fedcba9876543210","time":"2026-01-01T00:00:09.250Z",
             "clock":"2026-01-01T00:00:08.123456789Z",
             "interfaces":[{"name":"eth0","link_type":1}],
             "counters":{"captured":100,"decapsulated":3,"shipped":90,"shipped_batches":7,
               "shipped_bytes":4000,"kernel_dropped":1,"queue_dropped":2,"own_traffic":4,
               "undecodable":{"bad_ipv4_header":2,"truncated_vlan_header":1},
               "ignored":{"not_ip":5}},
             "future":{"nested":[1,{"deep":true}]}}
            """;

    @Test
    void shouldReadAHeartbeat() throws IOException {
        GatewayRow row = read(HEARTBEAT);

        assertThat(row.gateway).isEqualTo("gw-1");
        assertThat(row.site).isEqualTo("home");
        assertThat(row.version).isEqualTo("1.2.3");
        assertThat(row.bootId).isEqualTo(0xFEDC_BA98_7654_3210L);
        assertThat(row.lastReport).isEqualTo("heartbeat");
        assertThat(row.seenMs).isEqualTo(APPENDED_MS);
        assertThat(row.clockSkewMs).isEqualTo(-750);
        assertThat(row.captureClockNs).isEqualTo(1_767_225_608_123_456_789L);
        assertThat(row.interfaces).isEqualTo("[{\"name\":\"eth0\",\"link_type\":1}]");
        assertThat(row.captured).isEqualTo(100);
        assertThat(row.shipped).isEqualTo(90);
        assertThat(row.kernelDropped).isEqualTo(1);
        assertThat(row.ownTraffic).isEqualTo(4);
        assertThat(row.undecodable).isEqualTo(3);
        assertThat(row.ignored).isEqualTo(5);
        assertThat(row.counters).startsWith("{\"captured\":100,").endsWith("{\"not_ip\":5}}");
    }

    @Test
    void shouldReadAReportFromBeforeTheFirstPacket() throws IOException {
        GatewayRow row = read("{\"gateway\":\"g\",\"clock\":null}");

        assertThat(row.captureClockNs).isEqualTo(GatewayRow.NO_CLOCK);
    }

    @Test
    void shouldKeepARowThroughTheShuffle() throws IOException {
        GatewayRow row = read(HEARTBEAT);
        DataOutputSerializer out = new DataOutputSerializer(64);

        new GatewayRowSerializer().serialize(row, out);

        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        assertThat(new GatewayRowSerializer().deserialize(in))
                .usingRecursiveComparison()
                .isEqualTo(row);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[1]",
                "{",
                "{}",
                "{\"site\":\"without a gateway\"}",
                "{\"gateway\":\"g\",\"time\":\"yesterday\"}",
                "{\"gateway\":\"g\",\"boot\":\"not hex\"}",
                "{\"gateway\":\"g\",\"counters\":{\"captured\":\"many\"}}"
            })
    void shouldRefuseWhatIsNoReport(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
    }

    @Test
    void shouldRefuseOrReadWhateverComes() {
        FuzzBytes fuzz = FuzzBytes.forTest(getClass());
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = fuzz.mutate(HEARTBEAT.getBytes(UTF_8));
            try {
                assertThat(AgentReportReader.read(bytes, APPENDED_MS).row().gateway).isNotEmpty();
            } catch (IOException e) {
                assertThat(e).hasMessageNotContaining("Exception");
            }
        }
    }

    private static GatewayRow read(String text) throws IOException {
        return AgentReportReader.read(text.getBytes(UTF_8), APPENDED_MS).row();
    }
}
